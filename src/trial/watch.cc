#include "trial/watch.h"

#include <algorithm>
#include <thread>

#include <unistd.h>

#include "base/text.h"
#include "read/engine/engine.h"
#include "read/engine/proc.h"
#include "trial/interrupt.h"
#include "trial/log_errors.h"
#include "trial/sockets.h"
#include "trial/wants.h"

namespace oakum::trial {

namespace {

using net::Json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{150};
constexpr std::size_t kLogLines = 2'000;
// How much longer than before the other side may take.
constexpr double kPatience = 3;
constexpr std::chrono::milliseconds kLeastPatience{8'000};

// A process id means something only on the engine's machine: a socket may lead to another one. 0 when it does not.
int pid_here(const Client& client, const Json& document, const std::string& id) {
  const Json& pid = net::member(net::member(document, "State"), "Pid");
  if (!client.is_local() || !pid.is_number_integer() || pid.get<std::int64_t>() <= 0) return 0;
  const auto membership = engine::Proc("/proc", std::to_string(pid.get<std::int64_t>())).read("cgroup");
  return membership && membership->find(id) != std::string::npos ? pid.get<int>() : 0;
}

std::optional<std::vector<ListeningPort>> ports_of(int pid) {
  std::vector<ListeningPort> ports;
  if (pid == 0 || !read_listening(pid, ports)) return std::nullopt;
  return ports;
}

int integer(const Json& object, const char* key) {
  const Json& value = net::member(object, key);
  return value.is_number_integer() ? value.get<int>() : 0;
}

bool has_ended(const Observation& seen) {
  return !seen.tried || !seen.failure.empty() || seen.state == "exited" || seen.state == "dead";
}

const Observation* of_service(const Side* side, const std::string& name) {
  if (side == nullptr) return nullptr;
  const auto found = std::ranges::find(side->services, name, &Observation::service);
  return found == side->services.end() ? nullptr : &*found;
}

// As the other side was seen; without one, as far as the service says itself.
bool is_ready(const Observation& seen, const Observation* before) {
  if (has_ended(seen)) return true;
  if (seen.state != "running" || seen.health == "starting") return false;
  if (before == nullptr || !before->up()) return true;
  if (before->health == "healthy" && !seen.health.empty() && seen.health != "healthy") return false;
  return !before->ports || !seen.ports || std::ranges::includes(*seen.ports, *before->ports);
}

// What has to stay the same to be settled.
std::string signature(const Side& side) {
  std::string text;
  for (const Observation& seen : side.services) {
    text += seen.state + seen.health + std::to_string(seen.restarts);
    if (!seen.ports) continue;
    for (const ListeningPort& port : *seen.ports) text += "," + port.protocol + std::to_string(port.port);
  }
  return text;
}

std::chrono::milliseconds patience(const Options& options, const Side* before) {
  if (before == nullptr) return options.ready;
  const std::chrono::milliseconds longer(static_cast<std::int64_t>(before->seconds * kPatience * 1000));
  return std::min(options.ready, std::max(kLeastPatience, longer));
}

}  // namespace

void look(const Client& client, const Running& container, Observation& seen) {
  if (container.id.empty() || !container.started) return;
  const auto document = client.get("/containers/" + container.id + "/json");
  if (!document) return;
  const Json& state = net::member(*document, "State");
  seen.state = net::string_member(state, "Status");
  seen.exit_code = integer(state, "ExitCode");
  seen.out_of_memory = net::bool_member(state, "OOMKilled");
  seen.restarts = integer(*document, "RestartCount");
  const std::string health = net::string_member(net::member(state, "Health"), "Status");
  seen.health = health == "none" ? std::string() : health;
  if (seen.state == "running") {
    if (auto ports = ports_of(pid_here(client, *document, container.id))) seen.ports = std::move(ports);
  } else {
    seen.ports = std::vector<ListeningPort>();
  }
}

void await_ready(const Client& client, const std::vector<Running>& running, const Options& options, const Side* before,
                 Side& side) {
  const auto began = Clock::now();
  const auto limit = began + patience(options, before);
  auto changed = began;
  std::string last;
  while (!interrupt_flag()) {
    bool ready = true;
    for (std::size_t i = 0; i < running.size(); ++i) {
      look(client, running[i], side.services[i]);
      ready = ready && is_ready(side.services[i], of_service(before, side.services[i].service));
    }
    const auto now = Clock::now();
    if (std::string current = signature(side); current != last) {
      last = std::move(current);
      changed = now;
      if (ready) side.seconds = std::chrono::duration<double>(now - began).count();
    }
    if ((ready && now - changed >= options.settle) || now >= limit) break;
    std::this_thread::sleep_for(kPause);
  }
}

void look_closely(const Client& client, const Running& container, Observation& seen) {
  if (container.id.empty()) return;
  const auto document = client.get("/containers/" + container.id + "/json");
  if (!document) return;
  if (const int pid = pid_here(client, *document, container.id); pid != 0 && seen.state == "running") {
    KernelFacts facts = engine::read_kernel(pid);
    if (facts.uids.size() == 4) seen.kernel = std::move(facts);
  }
  if (const auto log = client.logs(container.id, container.tty, kLogLines)) seen.errors = find_errors(*log);
  if (const ErrorLine refusal = read_error(seen.failure); !refusal.kind.empty()) seen.errors.push_back(refusal);
  seen.wants = wants_of(client, container, seen);
  // The engine compares every file for it. Where the root is read-only there is nothing to see.
  const bool read_only = seen.kernel && seen.kernel->root_read_only;
  if (!read_only) seen.written = written_by(client, container);
}

}  // namespace oakum::trial
