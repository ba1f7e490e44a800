#include "trial/probe.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "base/text.h"
#include "net/http.h"
#include "trial/interrupt.h"
#include "trial/watch.h"

namespace oakum::trial {

namespace {

using net::Json;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kAskedFor{6};
constexpr std::chrono::seconds kOneAnswer{10};
constexpr std::size_t kSaid = 300;

bool is_url_text(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

bool is_service_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

std::string end_of(std::string_view text) {
  text = trim(text);
  return printable(text.size() > kSaid ? text.substr(text.size() - kSaid) : text, kSaid);
}

ProbeResult ask_command(const Client& client, const std::string& id, const ProbeWish& wish) {
  ProbeResult result{.text = wish.text};
  auto done = client.exec(id, {"/bin/sh", "-c", wish.text}, kOneAnswer);
  if (!done) {
    result.said = done.error().message();
    return result;
  }
  result.passed = done->exit_code == 0;
  result.said = "status " + std::to_string(done->exit_code);
  if (const std::string said = end_of(done->output); !said.empty()) result.said += ": " + said;
  return result;
}

std::string address_of(const Client& client, const std::string& id) {
  const auto document = client.get("/containers/" + id + "/json");
  if (!document) return {};
  const Json& networks = net::member(net::member(*document, "NetworkSettings"), "Networks");
  if (!networks.is_object()) return {};
  for (const Json& network : networks) {
    if (std::string address = net::string_member(network, "IPAddress"); !address.empty()) return address;
  }
  return {};
}

// Where this machine has no way into the network, what the container itself has may ask.
ProbeResult ask_inside(const Client& client, const std::string& id, const Workload& workload, const ProbeWish& wish,
                       const std::string& why) {
  const std::string url = url_at(wish.text, workload, "localhost");
  ProbeResult result{.text = wish.text, .said = why};
  for (const std::vector<std::string>& command : {std::vector<std::string>{"wget", "-q", "-O", "/dev/null", url},
                                                  std::vector<std::string>{"curl", "-fsS", "-o", "/dev/null", url}}) {
    const auto done = client.exec(id, command, kOneAnswer);
    if (!done || done->exit_code == 126 || done->exit_code == 127) continue;
    result.passed = done->exit_code == 0;
    result.said = command.front() + " in the container: status " + std::to_string(done->exit_code);
    break;
  }
  return result;
}

ProbeResult ask_url(const Client& client, const std::string& id, const Workload& workload, const ProbeWish& wish) {
  const std::string address = client.is_local() ? address_of(client, id) : std::string();
  if (address.empty()) return ask_inside(client, id, workload, wish, "it has no address");
  net::Request request{.url = url_at(wish.text, workload, address)};
  request.follow_redirects = false;
  request.connect_timeout = std::chrono::seconds(3);
  request.idle_timeout = kOneAnswer;
  request.tls.verify = false;  // its certificate is for a name
  request.stop = &interrupt_flag();
  const auto answer = net::fetch(request);
  if (!answer) return ask_inside(client, id, workload, wish, answer.error().why);
  return {.text = wish.text, .passed = answer->status < 400, .said = "status " + std::to_string(answer->status)};
}

// Scheme and host apart: [begin, end) is "host:port".
struct Authority {
  std::size_t begin = 0, end = 0;
  std::string host, port;
};

Authority authority_of(const std::string& url) {
  Authority found;
  found.begin = url.find("://") + 3;
  found.end = std::min(url.find_first_of("/?#", found.begin), url.size());
  const std::string text = url.substr(found.begin, found.end - found.begin);
  const std::size_t colon = text.rfind(':');
  found.host = text.substr(0, colon);
  if (colon != std::string::npos) found.port = text.substr(colon + 1);
  return found;
}

// The container's port behind a published one; nullopt when it is not published.
std::optional<std::uint32_t> port_behind(const Workload& workload, const std::string& port) {
  const auto number = parse_number<std::uint32_t>(port);
  for (const Stated<PublishedPort>& item : workload.ports) {
    const PublishedPort& published = item.value;
    if (number && published.host_first <= *number && *number <= published.host_last)
      return published.container_first + (*number - published.host_first);
  }
  return std::nullopt;
}

bool is_meant(const ProbeWish& wish, const Workload& workload) {
  if (!wish.is_url) return false;
  const Authority at = authority_of(wish.text);
  const std::string port = !at.port.empty() ? at.port : wish.text.starts_with("https:") ? "443" : "80";
  return at.host == workload.name || port_behind(workload, port).has_value();
}

// The service that a probe is for: the one it names, the one that publishes the port, the first that listens.
std::size_t asked(const ProbeWish& wish, const Project& project, const Side& side) {
  const auto find = [&](const auto& fits) {
    for (std::size_t i = 0; i < side.services.size(); ++i) {
      if (fits(i)) return i;
    }
    return side.services.size();
  };
  if (!wish.service.empty()) return find([&](std::size_t i) { return side.services[i].service == wish.service; });
  std::size_t found = find([&](std::size_t i) { return is_meant(wish, project.services[i].workload); });
  if (found == side.services.size())
    found = find([&](std::size_t i) { return side.services[i].ports && !side.services[i].ports->empty(); });
  return found == side.services.size() ? 0 : found;
}

bool passed(const Side* before, const ProbeWish& wish) {
  if (before == nullptr) return true;
  return std::ranges::any_of(before->services, [&](const Observation& seen) {
    return std::ranges::any_of(seen.probes, [&](const ProbeResult& r) { return r.text == wish.text && r.passed; });
  });
}

ProbeResult ask(const Client& client, const Project& project, const Running& container, const ProbeWish& wish,
                std::size_t index) {
  return wish.is_url ? ask_url(client, container.id, project.services[index].workload, wish)
                     : ask_command(client, container.id, wish);
}

}  // namespace

Result<ProbeWish> parse_probe(std::string_view text) {
  ProbeWish wish;
  const std::size_t equals = text.find('=');
  if (!is_url_text(text) && equals != std::string_view::npos && is_service_name(text.substr(0, equals))) {
    wish.service = text.substr(0, equals);
    text.remove_prefix(equals + 1);
  }
  wish.text = trim(text);
  wish.is_url = is_url_text(wish.text);
  if (wish.text.empty())
    return fail(ErrorCode::usage, "--probe", "there is nothing to ask", "write [SERVICE=]COMMAND or [SERVICE=]URL");
  return wish;
}

std::string url_at(const std::string& url, const Workload& workload, const std::string& address) {
  const Authority at = authority_of(url);
  const bool own = at.host == "localhost" || at.host == "127.0.0.1" || at.host == "0.0.0.0" || at.host == workload.name;
  if (!own) return url;
  const bool secure = url.starts_with("https:");
  const auto behind = port_behind(workload, at.port.empty() ? (secure ? "443" : "80") : at.port);
  const std::string port = behind ? std::to_string(*behind) : at.port;
  return url.substr(0, at.begin) + address + (port.empty() ? "" : ":" + port) + url.substr(at.end);
}

void run_probes(const Client& client, const Project& project, const std::vector<Running>& running,
                const Options& options, const Side* before, Side& side) {
  for (const ProbeWish& wish : options.probes) {
    const std::size_t index = asked(wish, project, side);
    if (index >= side.services.size()) {
      side.notes.push_back("probe \"" + printable(wish.text, 200) + "\": no service \"" + printable(wish.service, 100) +
                           "\"");
      continue;
    }
    const auto limit = Clock::now() + kAskedFor;
    ProbeResult result{.text = wish.text, .said = "its container does not run"};
    while (side.services[index].state == "running") {
      result = ask(client, project, running[index], wish, index);
      if (result.passed || interrupt_flag() || !passed(before, wish) || Clock::now() >= limit) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      look(client, running[index], side.services[index]);
    }
    result.service = side.services[index].service;
    side.services[index].probes.push_back(std::move(result));
  }
  for (std::size_t i = 0; i < running.size() && !options.probes.empty(); ++i)
    look(client, running[i], side.services[i]);  // a probe may have been too much for it
}

}  // namespace oakum::trial
