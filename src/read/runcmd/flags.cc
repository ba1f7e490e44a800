#include "read/runcmd/flags.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.h"

namespace oakum::runcmd {

namespace {

constexpr char kNone = '\0';
constexpr bool kValue = true, kSwitch = false;
constexpr std::uint8_t kDocker = 1, kPodman = 2, kNerdctl = 4;
constexpr std::uint8_t kDockerLike = kDocker | kNerdctl, kAll = kDocker | kPodman | kNerdctl;

// docker: cli/command/container/opts.go of 28; podman: docs/source/markdown of 5; nerdctl: docs/command-reference.md.
constexpr Flag kFlags[] = {
    {"add-host", kNone, kValue, kAll, texts<&Workload::extra_hosts>, true},
    {"annotation", kNone, kValue, kAll, pair<&Workload::annotations>},
    {"arch", kNone, kValue, kPodman, unmodelled},
    {"attach", 'a', kValue, kAll, unmodelled},
    {"authfile", kNone, kValue, kPodman, unmodelled},
    {"blkio-weight", kNone, kValue, kAll, text<&Workload::blkio_weight>},
    {"blkio-weight-device", kNone, kValue, kAll, unmodelled},
    {"cap-add", kNone, kValue, kAll, texts<&Workload::cap_add>, true},
    {"cap-drop", kNone, kValue, kAll, texts<&Workload::cap_drop>, true},
    {"cert-dir", kNone, kValue, kPodman, unmodelled},
    {"cgroup-conf", kNone, kValue, kPodman | kNerdctl, unmodelled},
    {"cgroup-parent", kNone, kValue, kAll, text<&Workload::cgroup_parent>},
    {"cgroupns", kNone, kValue, kAll, text<&Workload::cgroupns_mode>},
    {"cgroups", kNone, kValue, kPodman, unmodelled},
    {"chrootdirs", kNone, kValue, kPodman, unmodelled},
    {"cidfile", kNone, kValue, kAll, unmodelled},
    {"conmon-pidfile", kNone, kValue, kPodman, unmodelled},
    {"cosign-certificate-identity", kNone, kValue, kNerdctl, unmodelled},
    {"cosign-certificate-identity-regexp", kNone, kValue, kNerdctl, unmodelled},
    {"cosign-certificate-oidc-issuer", kNone, kValue, kNerdctl, unmodelled},
    {"cosign-certificate-oidc-issuer-regexp", kNone, kValue, kNerdctl, unmodelled},
    {"cosign-key", kNone, kValue, kNerdctl, unmodelled},
    {"cpu-count", kNone, kValue, kDocker, unmodelled},
    {"cpu-percent", kNone, kValue, kDocker, unmodelled},
    {"cpu-period", kNone, kValue, kAll, cpu_period},
    {"cpu-quota", kNone, kValue, kAll, cpu_quota},
    {"cpu-rt-period", kNone, kValue, kAll, unmodelled},
    {"cpu-rt-runtime", kNone, kValue, kAll, unmodelled},
    {"cpu-shares", 'c', kValue, kAll, number<&Workload::cpu_shares>},
    {"cpus", kNone, kValue, kAll, cpus},
    {"cpuset-cpus", kNone, kValue, kAll, text<&Workload::cpuset>},
    {"cpuset-mems", kNone, kValue, kAll, unmodelled},
    {"creds", kNone, kValue, kPodman, unmodelled},
    {"decryption-key", kNone, kValue, kPodman, unmodelled},
    {"detach", 'd', kSwitch, kAll, unmodelled},
    {"detach-keys", kNone, kValue, kAll, unmodelled},
    {"device", kNone, kValue, kAll, device, true},
    {"device-cgroup-rule", kNone, kValue, kAll, texts<&Workload::device_cgroup_rules>, true},
    {"device-read-bps", kNone, kValue, kAll, unmodelled},
    {"device-read-iops", kNone, kValue, kAll, unmodelled},
    {"device-write-bps", kNone, kValue, kAll, unmodelled},
    {"device-write-iops", kNone, kValue, kAll, unmodelled},
    {"disable-content-trust", kNone, kSwitch, kDocker | kPodman, unmodelled},
    {"dns", kNone, kValue, kAll, texts<&Workload::dns>, true},
    {"dns-opt", kNone, kValue, kAll, texts<&Workload::dns_options>, true, "dns-option"},
    {"dns-option", kNone, kValue, kAll, texts<&Workload::dns_options>, true},
    {"dns-search", kNone, kValue, kAll, unmodelled},
    {"domainname", kNone, kValue, kDockerLike, unmodelled},
    {"entrypoint", kNone, kValue, kAll, entrypoint},
    {"env", 'e', kValue, kAll, environment},
    {"env-file", kNone, kValue, kAll, texts<&Workload::env_files>},
    {"env-host", kNone, kSwitch, kPodman, unmodelled},
    {"env-merge", kNone, kValue, kPodman, unmodelled},
    {"expose", kNone, kValue, kAll, expose, true},
    {"gidmap", kNone, kValue, kPodman, unmodelled},
    {"gpus", kNone, kValue, kAll, texts<&Workload::device_requests>},
    {"group-add", kNone, kValue, kAll, texts<&Workload::extra_groups>, true},
    {"group-entry", kNone, kValue, kPodman, unmodelled},
    {"health-cmd", kNone, kValue, kAll, health},
    {"health-interval", kNone, kValue, kAll, health},
    {"health-log-destination", kNone, kValue, kPodman, unmodelled},
    {"health-max-log-count", kNone, kValue, kPodman, unmodelled},
    {"health-max-log-size", kNone, kValue, kPodman, unmodelled},
    {"health-on-failure", kNone, kValue, kPodman, unmodelled},
    {"health-retries", kNone, kValue, kAll, health},
    {"health-start-interval", kNone, kValue, kDockerLike, health},
    {"health-start-period", kNone, kValue, kAll, health},
    {"health-startup-cmd", kNone, kValue, kPodman, unmodelled},
    {"health-startup-interval", kNone, kValue, kPodman, unmodelled},
    {"health-startup-retries", kNone, kValue, kPodman, unmodelled},
    {"health-startup-success", kNone, kValue, kPodman, unmodelled},
    {"health-startup-timeout", kNone, kValue, kPodman, unmodelled},
    {"health-timeout", kNone, kValue, kAll, health},
    {"help", kNone, kSwitch, kAll, unmodelled},
    {"hostname", 'h', kValue, kAll, text<&Workload::hostname>},
    {"hosts-file", kNone, kValue, kPodman, unmodelled},
    {"hostuser", kNone, kValue, kPodman, unmodelled},
    {"http-proxy", kNone, kSwitch, kPodman, unmodelled},
    {"image-volume", kNone, kValue, kPodman, unmodelled},
    {"init", kNone, kSwitch, kAll, boolean<&Workload::init>},
    {"init-binary", kNone, kValue, kNerdctl, unmodelled},
    {"init-ctr", kNone, kValue, kPodman, unmodelled},
    {"init-path", kNone, kValue, kPodman, unmodelled},
    {"interactive", 'i', kSwitch, kAll, boolean<&Workload::stdin_open>},
    {"io-maxbandwidth", kNone, kValue, kDocker, unmodelled},
    {"io-maxiops", kNone, kValue, kDocker, unmodelled},
    {"ip", kNone, kValue, kAll, network_part},
    {"ip6", kNone, kValue, kAll, network_part},
    {"ipc", kNone, kValue, kAll, text<&Workload::ipc_mode>},
    {"ipfs-address", kNone, kValue, kNerdctl, unmodelled},
    {"isolation", kNone, kValue, kDockerLike, unmodelled},
    {"kernel-memory", kNone, kValue, kAll, unmodelled},
    {"label", 'l', kValue, kAll, pair<&Workload::labels>},
    {"label-file", kNone, kValue, kAll, unmodelled},
    {"link", kNone, kValue, kDocker, texts<&Workload::links>},
    {"link-local-ip", kNone, kValue, kDocker, unmodelled},
    {"log-driver", kNone, kValue, kAll, log_driver},
    {"log-opt", kNone, kValue, kAll, log_option},
    {"mac-address", kNone, kValue, kAll, network_part},
    {"memory", 'm', kValue, kAll, size<&Workload::memory>},
    {"memory-reservation", kNone, kValue, kAll, size<&Workload::memory_reservation>},
    {"memory-swap", kNone, kValue, kAll, size<&Workload::memory_swap>},
    {"memory-swappiness", kNone, kValue, kAll, unmodelled},
    {"mount", kNone, kValue, kAll, mount},
    {"name", kNone, kValue, kAll, text<&Workload::container_name>},
    {"net", kNone, kValue, kAll, network, false, "network"},
    {"net-alias", kNone, kValue, kAll, network_part, false, "network-alias"},
    {"network", kNone, kValue, kAll, network},
    {"network-alias", kNone, kValue, kAll, network_part},
    {"no-healthcheck", kNone, kSwitch, kAll, health},
    {"no-hostname", kNone, kSwitch, kPodman, unmodelled},
    {"no-hosts", kNone, kSwitch, kPodman, unmodelled},
    {"no-trunc", kNone, kSwitch, kPodman, unmodelled},
    {"oom-kill-disable", kNone, kSwitch, kAll, boolean<&Workload::oom_kill_disable>},
    {"oom-score-adj", kNone, kValue, kAll, number<&Workload::oom_score_adj>},
    {"os", kNone, kValue, kPodman, unmodelled},
    {"passwd", kNone, kSwitch, kPodman, unmodelled},
    {"passwd-entry", kNone, kValue, kPodman, unmodelled},
    {"personality", kNone, kValue, kPodman, unmodelled},
    {"pid", kNone, kValue, kAll, text<&Workload::pid_mode>},
    {"pidfile", kNone, kValue, kPodman | kNerdctl, unmodelled},
    {"pids-limit", kNone, kValue, kAll, number<&Workload::pids_limit>},
    {"platform", kNone, kValue, kAll, text<&Workload::platform>},
    {"pod", kNone, kValue, kPodman, unmodelled},
    {"pod-id-file", kNone, kValue, kPodman, unmodelled},
    {"preserve-fd", kNone, kValue, kPodman, unmodelled},
    {"preserve-fds", kNone, kValue, kPodman, unmodelled},
    {"privileged", kNone, kSwitch, kAll, boolean<&Workload::privileged>},
    {"publish", 'p', kValue, kAll, publish, true},
    {"publish-all", 'P', kSwitch, kAll, boolean<&Workload::publish_all>},
    {"pull", kNone, kValue, kAll, text<&Workload::pull_policy>},
    {"quiet", 'q', kSwitch, kAll, unmodelled},
    {"rdt-class", kNone, kValue, kPodman | kNerdctl, unmodelled},
    {"read-only", kNone, kSwitch, kAll, boolean<&Workload::read_only>},
    {"read-only-tmpfs", kNone, kSwitch, kPodman, unmodelled},
    {"replace", kNone, kSwitch, kPodman, unmodelled},
    {"requires", kNone, kValue, kPodman, unmodelled},
    {"restart", kNone, kValue, kAll, restart},
    {"retry", kNone, kValue, kPodman, unmodelled},
    {"retry-delay", kNone, kValue, kPodman, unmodelled},
    {"rm", kNone, kSwitch, kAll, boolean<&Workload::remove>},
    {"rmi", kNone, kSwitch, kPodman, unmodelled},
    {"rootfs", kNone, kSwitch, kPodman | kNerdctl, unmodelled},
    {"runtime", kNone, kValue, kDockerLike, text<&Workload::runtime>},
    {"sdnotify", kNone, kValue, kPodman, unmodelled},
    {"seccomp-policy", kNone, kValue, kPodman, unmodelled},
    {"secret", kNone, kValue, kPodman, secret},
    {"security-opt", kNone, kValue, kAll, security_option},
    {"shm-size", kNone, kValue, kAll, size<&Workload::shm_size>},
    {"shm-size-systemd", kNone, kValue, kPodman, unmodelled},
    {"sig-proxy", kNone, kSwitch, kAll, unmodelled},
    {"signature-policy", kNone, kValue, kPodman, unmodelled},
    {"stop-signal", kNone, kValue, kAll, text<&Workload::stop_signal>},
    {"stop-timeout", kNone, kValue, kAll, stop_timeout},
    {"storage-opt", kNone, kValue, kDocker, text<&Workload::storage_driver_options>},
    {"subgidname", kNone, kValue, kPodman, unmodelled},
    {"subuidname", kNone, kValue, kPodman, unmodelled},
    {"sysctl", kNone, kValue, kAll, pair<&Workload::sysctls>, true},
    {"systemd", kNone, kValue, kPodman | kNerdctl, unmodelled},
    {"timeout", kNone, kValue, kPodman, unmodelled},
    {"tls-verify", kNone, kSwitch, kPodman, unmodelled},
    {"tmpfs", kNone, kValue, kAll, tmpfs},
    {"tty", 't', kSwitch, kAll, boolean<&Workload::tty>},
    {"tz", kNone, kValue, kPodman, unmodelled},
    {"uidmap", kNone, kValue, kPodman, unmodelled},
    {"ulimit", kNone, kValue, kAll, ulimit, true},
    {"umask", kNone, kValue, kPodman | kNerdctl, unmodelled},
    {"unsetenv", kNone, kValue, kPodman, unmodelled},
    {"unsetenv-all", kNone, kSwitch, kPodman, unmodelled},
    {"use-api-socket", kNone, kSwitch, kDocker, api_socket},
    {"user", 'u', kValue, kAll, user},
    {"userns", kNone, kValue, kAll, text<&Workload::userns_mode>},
    {"uts", kNone, kValue, kAll, text<&Workload::uts_mode>},
    {"variant", kNone, kValue, kPodman, unmodelled},
    {"verify", kNone, kValue, kNerdctl, unmodelled},
    {"volume", 'v', kValue, kAll, volume},
    {"volume-driver", kNone, kValue, kDocker, unmodelled},
    {"volumes-from", kNone, kValue, kAll, texts<&Workload::volumes_from>, true},
    {"workdir", 'w', kValue, kAll, text<&Workload::working_dir>},
};
static_assert(std::ranges::is_sorted(kFlags, {}, &Flag::name));

}  // namespace

std::span<const Flag> flags() { return kFlags; }

const Flag* flag_of(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kFlags, name, {}, &Flag::name);
  return found != std::end(kFlags) && found->name == name ? found : nullptr;
}

const Flag* flag_of_letter(char letter, Tool tool) {
  const auto* found =
      std::ranges::find_if(kFlags, [=](const Flag& flag) { return flag.letter == letter && flag.in(tool); });
  return found != std::end(kFlags) ? found : nullptr;
}

std::string_view nearest_flag(std::string_view name, Tool tool) {
  std::vector<std::string_view> names;
  for (const Flag& flag : kFlags) {
    if (flag.in(tool)) names.push_back(flag.name);
  }
  return nearest(name, names);
}

}  // namespace oakum::runcmd
