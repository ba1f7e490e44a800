// --security-opt: docker's key=value and the older key:value; podman's mask and unmask.
#include <string>

#include "base/text.h"
#include "read/runcmd/fill.h"
#include "read/runcmd/values.h"

namespace oakum::runcmd {

namespace {

ProfileChoice profile_of(std::string_view value, std::string_view engines_own) {
  if (value == "unconfined") return {ProfileChoice::Kind::unconfined, {}};
  if (value == engines_own || value.empty()) return {ProfileChoice::Kind::runtime_default, {}};
  return {ProfileChoice::Kind::custom, std::string(value)};
}

// label=disable, label=type:container_t, …
void label(Workload& workload, std::string_view value, const Given& given) {
  SelinuxOptions options = workload.selinux.value_or({});
  const std::size_t colon = value.find(':');
  const std::string_view key = value.substr(0, colon);
  const std::string part(colon == std::string_view::npos ? std::string_view() : value.substr(colon + 1));
  if (key == "disable") options.disabled = true;
  if (key == "user") options.user = part;
  if (key == "role") options.role = part;
  if (key == "type") options.type = part;
  if (key == "level") options.level = part;
  workload.selinux.state(std::move(options), given.origin, given.known);
}

}  // namespace

std::string security_option(Draft& draft, const Given& given) {
  Workload& workload = draft.workload;
  workload.security_opt.add(std::string(given.value), given.origin, given.known);
  std::size_t cut = given.value.find('=');
  if (cut == std::string_view::npos) cut = given.value.find(':');
  const std::string_view key = given.value.substr(0, cut);
  const std::string_view value = cut == std::string_view::npos ? std::string_view() : given.value.substr(cut + 1);
  if (key == "no-new-privileges") {
    const auto on = cut == std::string_view::npos ? true : bool_of(value);
    workload.no_new_privileges.state(on.value_or(false), given.origin, given.known && on.has_value());
    if (!on && given.known) return "\"" + printable(value, 80) + "\" is not a boolean";
  } else if (key == "seccomp") {
    workload.seccomp.state(profile_of(value, "builtin"), given.origin, given.known);
  } else if (key == "apparmor") {
    const bool docker = workload.engine != Engine::podman;
    workload.apparmor.state(profile_of(value, docker ? "docker-default" : "containers-default"), given.origin,
                            given.known);
  } else if (key == "label") {
    label(workload, value, given);
  } else if (key == "systempaths") {
    workload.unmasked_paths.state(value == "unconfined", given.origin, given.known);
  } else if (key == "unmask") {
    workload.unmasked_paths.state(true, given.origin, given.known);
  }
  return {};
}

}  // namespace oakum::runcmd
