// The practices that container hardening asks for: every rule serves one, and `oakum checklist` prints a line for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oakum {

enum class Practice : std::uint8_t {
  non_root,
  minimal_base,
  pinned_trusted_base,
  build_hygiene,
  scan_vulnerabilities,
  scan_secrets,
  malicious_content,
  sign,
  ci,
  registry_access,
  daemon_socket,
  rootless_userns,
  seccomp,
  mandatory_access_control,
  capabilities,
  no_new_privileges,
  not_privileged,
  read_only_rootfs,
  resource_limits,
  daemon_config,
  api_parameters,
  host_hardening,
  monitoring,
  secret_delivery,
  data_volumes,
  network_segmentation,
  endpoint,
};

struct PracticeInfo {
  Practice practice;
  std::string_view name;   // "non-root": the value of `practice` in reports
  std::string_view title;  // what the guides ask, one line
};

std::span<const PracticeInfo> practices();  // in the order above
std::string_view to_string(Practice practice);
std::optional<Practice> parse_practice(std::string_view name);

}  // namespace oakum
