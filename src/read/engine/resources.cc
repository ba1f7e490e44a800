// Limits. 0 is how the API says "not asked for".
#include "base/text.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;

struct NumberMember {
  const char* key;
  Field<std::int64_t> Workload::* field;
};

constexpr NumberMember kNumbers[] = {
    {"Memory", &Workload::memory},
    {"MemoryReservation", &Workload::memory_reservation},
    {"CpuShares", &Workload::cpu_shares},
    {"PidsLimit", &Workload::pids_limit},
    {"OomScoreAdj", &Workload::oom_score_adj},
};

constexpr std::int64_t kDockerShm = 67'108'864;
constexpr std::int64_t kPodmanShm = 65'536'000;
constexpr std::int64_t kPodmanPids = 2048;
// What Podman sets for nofile and nproc when it may.
constexpr std::int64_t kPodmanFiles = 1'048'576;
constexpr std::int64_t kPodmanProcesses = 4'194'304;

void read_cpus(const Inspection& from, Workload& to) {
  const std::int64_t nano = integer_member(from.host(), "NanoCpus");
  const std::int64_t quota = integer_member(from.host(), "CpuQuota");
  const std::int64_t period = integer_member(from.host(), "CpuPeriod");
  if (nano > 0) {
    to.cpus.state(static_cast<double>(nano) / 1e9, from.at("HostConfig.NanoCpus"));
  } else if (quota > 0) {
    to.cpus.state(static_cast<double>(quota) / static_cast<double>(period > 0 ? period : 100'000),
                  from.at("HostConfig.CpuQuota"));
  }
  std::string set = net::string_member(from.host(), "CpusetCpus");
  if (!set.empty()) to.cpuset.state(std::move(set), from.at("HostConfig.CpusetCpus"));
}

// The engine itself makes swap twice the memory when only memory was given.
void read_swap(const Inspection& from, Workload& to) {
  const std::int64_t swap = integer_member(from.host(), "MemorySwap");
  const std::int64_t memory = integer_member(from.host(), "Memory");
  const bool engines = memory > 0 && memory <= INT64_MAX / 2 && swap == 2 * memory;
  if (swap != 0 && !engines) to.memory_swap.state(swap, from.at("HostConfig.MemorySwap"));
}

bool is_podmans_own(const Inspection& from, const Ulimit& limit) {
  if (!from.podman()) return false;
  return (limit.name == "nofile" && limit.soft == kPodmanFiles) ||
         (limit.name == "nproc" && limit.soft == kPodmanProcesses);
}

void read_ulimits(const Inspection& from, Workload& to) {
  const Json& limits = member(from.host(), "Ulimits");
  if (!limits.is_array()) return;
  for (const Json& entry : limits) {
    if (to.ulimits.items.size() == kMaxItems) return;
    std::string name = to_lower(net::string_member(entry, "Name"));
    if (name.starts_with("rlimit_")) name.erase(0, 7);
    Ulimit limit{name, integer_member(entry, "Soft"), integer_member(entry, "Hard")};
    if (is_podmans_own(from, limit)) continue;
    to.ulimits.add(std::move(limit), from.at("HostConfig.Ulimits[" + std::to_string(to.ulimits.items.size()) + "]"));
  }
}

void read_sysctls(const Inspection& from, Workload& to) {
  const Json& sysctls = member(from.host(), "Sysctls");
  if (!sysctls.is_object()) return;
  for (const auto& [key, value] : sysctls.items()) {
    if (!value.is_string() || to.sysctls.items.size() == kMaxItems) continue;
    to.sysctls.add({key, value.get<std::string>()}, from.at("HostConfig.Sysctls[\"" + key + "\"]"));
  }
}

}  // namespace

void read_resources(const Inspection& from, Workload& to) {
  for (const NumberMember& number : kNumbers) {
    const std::int64_t value = integer_member(from.host(), number.key);
    if (value == 0 || (from.podman() && value == kPodmanPids && number.field == &Workload::pids_limit)) continue;
    (to.*number.field).state(value, from.at(std::string("HostConfig.") + number.key));
  }
  read_swap(from, to);
  read_cpus(from, to);
  if (net::bool_member(from.host(), "OomKillDisable"))
    to.oom_kill_disable.state(true, from.at("HostConfig.OomKillDisable"));
  const std::int64_t shm = integer_member(from.host(), "ShmSize");
  if (shm != 0 && shm != kDockerShm && shm != kPodmanShm) to.shm_size.state(shm, from.at("HostConfig.ShmSize"));
  const std::int64_t weight = integer_member(from.host(), "BlkioWeight");
  if (weight != 0) to.blkio_weight.state(std::to_string(weight), from.at("HostConfig.BlkioWeight"));
  read_ulimits(from, to);
  read_sysctls(from, to);
}

}  // namespace oakum::engine
