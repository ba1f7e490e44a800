// Capabilities, security options, masked paths, devices.
#include <algorithm>
#include <array>
#include <bit>

#include "base/text.h"
#include "model/platform_defaults.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;

// Both engines mask at least these; a list without one of them was chosen by somebody.
constexpr std::array<std::string_view, 4> kMasked{"/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"};
constexpr std::array<std::string_view, 4> kReadOnly{"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sysrq-trigger"};

CapabilityMask mask_of(const std::vector<std::string>& names) {
  CapabilityMask mask = 0;
  for (const std::string& name : names) {
    if (const auto number = capability_number(canonical_capability(name))) mask |= CapabilityMask{1} << *number;
  }
  return mask;
}

void add_names(const Inspection& from, CapabilityMask mask, List<std::string>& to) {
  for (const std::string_view name : capability_names(mask)) to.add(std::string(name), from.at("BoundingCaps"));
}

// Podman does not keep what was asked for, only what came of it. Of the ways to say that the shortest is taken: names
// dropped from and added to the default, ALL dropped and names added, ALL added and names dropped.
void read_podman_capabilities(const Inspection& from, Workload& to) {
  const CapabilityMask standard = default_capabilities(Engine::podman);
  const CapabilityMask bounding = mask_of(net::strings_member(from.document, "BoundingCaps"));
  const CapabilityMask missing = kAllCapabilities & ~bounding;
  const int changes = std::popcount(standard ^ bounding);
  if (changes > 1 + std::popcount(missing)) {
    to.cap_add.add("ALL", from.at("BoundingCaps"));
    add_names(from, missing, to.cap_drop);
  } else if (changes > 1 + std::popcount(bounding)) {
    to.cap_drop.add("ALL", from.at("BoundingCaps"));
    add_names(from, bounding, to.cap_add);
  } else {
    add_names(from, standard & ~bounding, to.cap_drop);
    add_names(from, bounding & ~standard, to.cap_add);
  }
}

void read_capabilities(const Inspection& from, Workload& to) {
  if (from.podman() && member(from.document, "BoundingCaps").is_array()) {
    if (!net::bool_member(from.host(), "Privileged")) read_podman_capabilities(from, to);
    return;
  }
  add_strings(from, from.host(), "CapAdd", "HostConfig", to.cap_add);
  add_strings(from, from.host(), "CapDrop", "HostConfig", to.cap_drop);
}

ProfileChoice choice_of(std::string_view value) {
  if (value == "unconfined") return {ProfileChoice::Kind::unconfined, {}};
  if (value == "builtin" || value == "docker-default" || value == "runtime/default" || value.empty())
    return {ProfileChoice::Kind::runtime_default, {}};
  // The client sends the profile's text, not its name.
  return {ProfileChoice::Kind::custom, value.starts_with('{') ? std::string() : std::string(value)};
}

void read_label(std::string_view value, SelinuxOptions& options) {
  if (value == "disable") options.disabled = true;
  const std::string_view key = next_field(value, ':');
  if (key == "user") options.user = value;
  if (key == "role") options.role = value;
  if (key == "type") options.type = value;
  if (key == "level") options.level = value;
}

void read_option(std::string_view option, const Origin& where, Workload& to, SelinuxOptions& selinux) {
  const std::size_t cut = option.find_first_of("=:");
  const std::string_view key = option.substr(0, cut);
  const std::string_view value = cut == std::string_view::npos ? std::string_view() : option.substr(cut + 1);
  if (key == "no-new-privileges") to.no_new_privileges.state(value.empty() || value == "true" || value == "1", where);
  if (key == "seccomp") to.seccomp.state(choice_of(value), where);
  if (key == "apparmor") to.apparmor.state(choice_of(value), where);
  if (key == "label") read_label(value, selinux);
  if (key == "systempaths") to.unmasked_paths.state(value == "unconfined", where);
  if (key == "unmask" && (value == "all" || value == "ALL")) to.unmasked_paths.state(true, where);
}

// Docker itself switches labels off for a container that shares the host's processes or memory, and for a privileged
// one; asked for or not, it looks the same.
bool is_engines_own(const Inspection& from, std::string_view option) {
  if (option != "label=disable") return false;
  return net::bool_member(from.host(), "Privileged") || net::string_member(from.host(), "PidMode") == "host" ||
         net::string_member(from.host(), "IpcMode") == "host";
}

void read_security_options(const Inspection& from, Workload& to) {
  List<std::string> options;
  add_strings(from, from.host(), "SecurityOpt", "HostConfig", options);
  std::erase_if(options.items, [&](const Stated<std::string>& option) { return is_engines_own(from, option.value); });
  SelinuxOptions selinux;
  for (Stated<std::string>& option : options.items) {
    read_option(option.value, option.origin, to, selinux);
    if (selinux != SelinuxOptions{} && option.value.starts_with("label")) to.selinux.state(selinux, option.origin);
    if (option.value.starts_with("seccomp={")) option.value = "seccomp={…}";
    to.security_opt.add(std::move(option.value), std::move(option.origin));
  }
  // `no-new-privileges` of the daemon's own configuration is in no container's options.
  if (!to.no_new_privileges && from.daemon.no_new_privileges)
    to.no_new_privileges.state(true, from.at("SecurityOptions of the daemon"));
}

void read_paths(const Inspection& from, const char* key, std::span<const std::string_view> standard,
                Field<std::vector<std::string>>& to) {
  const Json& list = member(from.host(), key);
  if (!list.is_array() || list.empty()) return;
  std::vector<std::string> paths = net::strings_member(from.host(), key);
  const auto listed = [&](std::string_view path) { return std::ranges::find(paths, path) != paths.end(); };
  if (!std::ranges::all_of(standard, listed)) to.state(std::move(paths), from.at(std::string("HostConfig.") + key));
}

}  // namespace

void read_privilege(const Inspection& from, Workload& to) {
  if (net::bool_member(from.host(), "Privileged")) to.privileged.state(true, from.at("HostConfig.Privileged"));
  read_capabilities(from, to);
  read_security_options(from, to);
  read_paths(from, "MaskedPaths", kMasked, to.masked_paths);
  read_paths(from, "ReadonlyPaths", kReadOnly, to.readonly_paths);
  // null: the engine's own list. []: nothing is masked, which is what systempaths=unconfined becomes. A privileged
  // container has no masks either, without having asked for that.
  const Json& masked = member(from.host(), "MaskedPaths");
  if (masked.is_array() && masked.empty() && !to.privileged.is(true) && !to.unmasked_paths)
    to.unmasked_paths.state(true, from.at("HostConfig.MaskedPaths"));
}

}  // namespace oakum::engine
