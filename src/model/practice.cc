#include "model/practice.h"

#include <algorithm>
#include <iterator>

namespace oakum {

namespace {

constexpr PracticeInfo kPractices[] = {
    {Practice::non_root, "non-root", "nothing runs as root"},
    {Practice::minimal_base, "minimal-base", "small bases, build tools left behind"},
    {Practice::pinned_trusted_base, "pinned-trusted-base", "bases pinned, trusted and current"},
    {Practice::build_hygiene, "build-hygiene", "Dockerfiles that build the same thing, small and clean"},
    {Practice::scan_vulnerabilities, "scan-vulnerabilities", "every package judged against advisories"},
    {Practice::scan_secrets, "scan-secrets", "no credential in files, images or history"},
    {Practice::malicious_content, "malicious-content", "nothing in the image that should not be there"},
    {Practice::sign, "sign", "signatures made and required"},
    {Practice::ci, "ci", "checked in every pipeline"},
    {Practice::registry_access, "registry-access", "registries private, with TLS and authentication"},
    {Practice::daemon_socket, "daemon-socket", "the engine's socket reaches no container"},
    {Practice::rootless_userns, "rootless-userns", "root inside is not root outside"},
    {Practice::seccomp, "seccomp", "system calls filtered"},
    {Practice::mandatory_access_control, "mandatory-access-control", "AppArmor or SELinux in force"},
    {Practice::capabilities, "capabilities", "only the capabilities that are used"},
    {Practice::no_new_privileges, "no-new-privileges", "no way to gain privileges"},
    {Practice::not_privileged, "not-privileged", "no privileged mode, host namespaces, devices or host paths"},
    {Practice::read_only_rootfs, "read-only-rootfs", "a root file system nobody can write to"},
    {Practice::resource_limits, "resource-limits", "memory, CPU, processes and restarts bounded"},
    {Practice::daemon_config, "daemon-config", "the daemon configured as the benchmark asks"},
    {Practice::api_parameters, "api-parameters", "nobody can ask the API for a dangerous container"},
    {Practice::host_hardening, "host-hardening", "host and kernel hardened and current"},
    {Practice::monitoring, "monitoring", "logs kept, health watched, anomalies seen"},
    {Practice::secret_delivery, "secret-delivery", "secrets as files, not in the environment"},
    {Practice::data_volumes, "data-volumes", "data in volumes, read-only where only read"},
    {Practice::network_segmentation, "network-segmentation", "networks split, nothing published without need"},
    {Practice::endpoint, "endpoint", "what is served is served well"},
};
static_assert(std::ranges::is_sorted(kPractices, {}, &PracticeInfo::practice));

}  // namespace

std::span<const PracticeInfo> practices() { return kPractices; }

std::string_view to_string(Practice practice) { return kPractices[static_cast<std::size_t>(practice)].name; }

std::optional<Practice> parse_practice(std::string_view name) {
  const auto* found = std::ranges::find(kPractices, name, &PracticeInfo::name);
  if (found == std::end(kPractices)) return std::nullopt;
  return found->practice;
}

}  // namespace oakum
