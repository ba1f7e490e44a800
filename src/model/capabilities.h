// Linux capabilities by name (capabilities(7), linux/capability.h up to Linux 6.x).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// "cap_sys_admin", "SYS_ADMIN", "CAP_SYS_ADMIN" → "SYS_ADMIN"; "all" → "ALL". Unknown names come back upper-cased.
std::string canonical_capability(std::string_view text);

// The number of a canonical name; nullopt for "ALL" and for what the kernel does not have.
std::optional<int> capability_number(std::string_view canonical);
// "" beyond the last one known.
std::string_view capability_name(int number);
inline constexpr int kCapabilityCount = 41;

// Bit n set for capability n, as /proc/PID/status prints it.
using CapabilityMask = std::uint64_t;
std::vector<std::string_view> capability_names(CapabilityMask mask);
inline constexpr CapabilityMask kAllCapabilities = (CapabilityMask{1} << kCapabilityCount) - 1;

}  // namespace oakum
