#include "trial/relax.h"

#include <array>

#include "base/fd.h"
#include "base/text.h"
#include "model/capabilities.h"

namespace oakum::trial {

namespace {

using net::Json;

// The capabilities that this process could hand on; the engine, run elsewhere, may have more.
std::vector<std::string_view> capabilities_here() {
  const auto status = read_file("/proc/self/status", 1U << 16);
  if (!status) return {};
  std::string_view text = *status;
  while (const auto line = next_line(text)) {
    if (!line->starts_with("CapBnd:")) continue;
    const std::string_view digits = trim(line->substr(7));
    CapabilityMask mask = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), mask, 16);
    return capability_names(mask);
  }
  return {};
}

bool asks_for_all(const Json& host) {
  for (const Json& name : net::member(host, "CapAdd")) {
    if (name == "ALL") return true;
  }
  return false;
}

// Names that older engines do not know.
bool is_recent(std::string_view name) { return name == "BPF" || name == "PERFMON" || name == "CHECKPOINT_RESTORE"; }

void ask_for_those_here(Json& host) {
  host["CapAdd"] = Json::array();
  for (const std::string_view name : capabilities_here()) {
    if (!is_recent(name)) host["CapAdd"].push_back(std::string(name));
  }
}

std::optional<std::string> without_missing_capabilities(Json& host) {
  if (net::bool_member(host, "Privileged")) {
    host["Privileged"] = false;
    host["SecurityOpt"].push_back("seccomp=unconfined");
    host["MaskedPaths"] = Json::array();
    host["ReadonlyPaths"] = Json::array();
    host["DeviceCgroupRules"].push_back("a *:* rwm");
    ask_for_those_here(host);
    return "privileged: this machine lacks a capability of it; tried with all others, unmasked paths and no seccomp";
  }
  if (!asks_for_all(host)) return std::nullopt;
  ask_for_those_here(host);
  return "cap_add ALL: this machine lacks one of them; tried with all others";
}

std::optional<std::string> without_init(Json& host) {
  if (!net::bool_member(host, "Init")) return std::nullopt;
  host.erase("Init");
  return "init: the engine has no docker-init";
}

std::optional<std::string> without_apparmor(Json& host) {
  Json kept = Json::array();
  for (const Json& option : host["SecurityOpt"]) {
    if (!option.get_ref<const std::string&>().starts_with("apparmor")) kept.push_back(option);
  }
  if (kept.size() == host["SecurityOpt"].size()) return std::nullopt;
  host["SecurityOpt"] = std::move(kept);
  return "apparmor: this kernel has no such profile";
}

std::optional<std::string> without_ulimits(Json& host) {
  if (host["Ulimits"].empty()) return std::nullopt;
  host["Ulimits"] = Json::array();
  return "ulimits: the engine itself has less";
}

struct Row {
  std::string_view words;  // in the engine's refusal, lower case
  std::optional<std::string> (*act)(Json& host);
};
constexpr std::array<Row, 6> kRows{{{"unable to apply caps", without_missing_capabilities},
                                    {"docker-init", without_init},
                                    {"apparmor", without_apparmor},
                                    {"error setting rlimit", without_ulimits},
                                    {"setting rlimits", without_ulimits},
                                    {"rlimit_", without_ulimits}}};

}  // namespace

std::optional<std::string> relax(Json& request, const std::string& refusal) {
  const std::string lower = to_lower(refusal);
  for (const Row& row : kRows) {
    if (lower.find(row.words) == std::string::npos) continue;
    if (auto note = row.act(request["HostConfig"])) return note;
  }
  return std::nullopt;
}

}  // namespace oakum::trial
