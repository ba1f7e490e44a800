#include "model/capabilities.h"

#include <algorithm>
#include <iterator>

namespace oakum {

namespace {

// linux/capability.h, in the order of their numbers.
constexpr std::string_view kNames[] = {
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
};
static_assert(std::size(kNames) == kCapabilityCount);

}  // namespace

std::string canonical_capability(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (name.starts_with("CAP_")) name.erase(0, 4);
  return name;
}

std::optional<int> capability_number(std::string_view canonical) {
  const auto* found = std::ranges::find(kNames, canonical);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<int>(found - std::begin(kNames));
}

std::string_view capability_name(int number) {
  return number >= 0 && number < kCapabilityCount ? kNames[number] : std::string_view();
}

std::vector<std::string_view> capability_names(CapabilityMask mask) {
  std::vector<std::string_view> names;
  for (int number = 0; number < kCapabilityCount; ++number) {
    if ((mask >> number) & 1U) names.push_back(kNames[number]);
  }
  return names;
}

}  // namespace oakum
