#include <algorithm>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/host_mounts.h"

namespace oakum::rules {

namespace {

struct Place {
  std::string_view path;
  bool below;  // what is below it is as sensitive
  Severity written, read;
};

// The first that fits decides.
constexpr Place kPlaces[] = {
    {"/", false, Severity::critical, Severity::critical},
    {"/etc/localtime", false, Severity::low, Severity::unknown},
    {"/etc/timezone", false, Severity::low, Severity::unknown},
    {"/etc/resolv.conf", false, Severity::medium, Severity::unknown},
    {"/etc/hosts", false, Severity::medium, Severity::unknown},
    {"/etc/hostname", false, Severity::medium, Severity::unknown},
    {"/etc/machine-id", false, Severity::medium, Severity::unknown},
    {"/etc/os-release", false, Severity::medium, Severity::unknown},
    {"/etc/ssl/certs", true, Severity::medium, Severity::unknown},
    {"/etc/ca-certificates", true, Severity::medium, Severity::unknown},
    {"/etc/letsencrypt", true, Severity::medium, Severity::low},
    {"/etc/pki/ca-trust", true, Severity::medium, Severity::unknown},
    {"/etc/shadow", false, Severity::critical, Severity::critical},
    {"/etc/passwd", false, Severity::critical, Severity::medium},
    {"/etc/group", false, Severity::critical, Severity::low},
    {"/etc/kubernetes", true, Severity::critical, Severity::critical},
    {"/etc/rancher", true, Severity::critical, Severity::critical},
    {"/etc/ssh", true, Severity::critical, Severity::high},
    {"/etc/ssl/private", true, Severity::critical, Severity::high},
    {"/etc/pki", true, Severity::critical, Severity::high},
    {"/etc/gshadow", false, Severity::critical, Severity::high},
    {"/etc/krb5.keytab", false, Severity::critical, Severity::high},
    {"/etc/wireguard", true, Severity::critical, Severity::high},
    {"/etc/openvpn", true, Severity::critical, Severity::high},
    {"/etc/ipsec.d", true, Severity::critical, Severity::high},
    {"/etc/NetworkManager", true, Severity::critical, Severity::high},
    {"/etc/docker", true, Severity::critical, Severity::medium},
    {"/etc/containerd", true, Severity::critical, Severity::medium},
    {"/etc/containers", true, Severity::critical, Severity::medium},
    {"/etc/cni", true, Severity::critical, Severity::medium},
    {"/etc/sudoers", false, Severity::critical, Severity::medium},
    {"/etc/sudoers.d", true, Severity::critical, Severity::medium},
    {"/etc/pam.d", true, Severity::critical, Severity::low},
    {"/etc/security", true, Severity::critical, Severity::low},
    {"/etc/crontab", false, Severity::critical, Severity::low},
    {"/etc/cron.d", true, Severity::critical, Severity::low},
    {"/etc/cron.hourly", true, Severity::critical, Severity::low},
    {"/etc/cron.daily", true, Severity::critical, Severity::low},
    {"/etc/cron.weekly", true, Severity::critical, Severity::low},
    {"/etc/cron.monthly", true, Severity::critical, Severity::low},
    {"/etc/systemd", true, Severity::critical, Severity::low},
    {"/etc/init.d", true, Severity::critical, Severity::low},
    {"/etc/profile.d", true, Severity::critical, Severity::low},
    {"/etc/ld.so.preload", false, Severity::critical, Severity::low},
    {"/etc/ld.so.conf.d", true, Severity::critical, Severity::low},
    {"/etc", false, Severity::critical, Severity::high},
    {"/etc", true, Severity::high, Severity::low},  // one program's configuration
    {"/root", true, Severity::critical, Severity::high},
    {"/boot", true, Severity::critical, Severity::medium},
    {"/proc", true, Severity::critical, Severity::high},
    {"/sys/fs/cgroup", true, Severity::high, Severity::medium},
    {"/sys", true, Severity::critical, Severity::medium},
    {"/dev/shm", true, Severity::medium, Severity::low},
    {"/dev", true, Severity::critical, Severity::high},
    {"/lib/modules", true, Severity::critical, Severity::low},
    {"/usr/lib/modules", true, Severity::critical, Severity::low},
    {"/usr/share", true, Severity::medium, Severity::unknown},
    {"/usr/src", true, Severity::medium, Severity::unknown},
    {"/usr/local", true, Severity::critical, Severity::low},
    {"/usr", true, Severity::critical, Severity::medium},
    {"/bin", true, Severity::critical, Severity::medium},
    {"/sbin", true, Severity::critical, Severity::medium},
    {"/lib", true, Severity::critical, Severity::medium},
    {"/lib64", true, Severity::critical, Severity::medium},
    {"/home", false, Severity::high, Severity::high},
    {"~/", false, Severity::high, Severity::high},
    {"/var", false, Severity::critical, Severity::high},
    {"/var/lib", false, Severity::critical, Severity::high},
    {"/var/lib/docker/containers", true, Severity::high, Severity::medium},
    {"/var/lib/docker", true, Severity::critical, Severity::high},
    {"/var/lib/containerd", true, Severity::critical, Severity::high},
    {"/var/lib/containers", true, Severity::critical, Severity::high},
    {"/var/lib/kubelet", true, Severity::critical, Severity::critical},
    {"/var/lib/etcd", true, Severity::critical, Severity::critical},
    {"/var/spool/cron", true, Severity::critical, Severity::medium},
    {"/var/log", true, Severity::high, Severity::low},
    {"/run", false, Severity::critical, Severity::critical},
    {"/run/systemd", true, Severity::critical, Severity::medium},
    {"/run/dbus", true, Severity::high, Severity::high},
    {"/run/udev", true, Severity::medium, Severity::low},
};

// Directories of credentials wherever they are.
constexpr std::string_view kCredentials[] = {"/.ssh",    "/.aws",   "/.kube",         "/.gnupg",
                                             "/.docker", "/.azure", "/.config/gcloud"};

bool holds_credentials(std::string_view path) {
  return std::ranges::any_of(kCredentials, [&](std::string_view name) {
    const auto at = path.find(name);
    return at != std::string_view::npos && (at + name.size() == path.size() || path[at + name.size()] == '/');
  });
}

// All that one user of the host has, keys too: /home/ann, but nothing below it.
bool is_home(std::string_view path) {
  for (const std::string_view above : {"/home/", "/Users/"}) {
    if (path.starts_with(above)) return path.find('/', above.size()) == std::string_view::npos;
  }
  return false;
}

// unknown: nothing of note.
Severity severity_of(const HostMount& mount) {
  if (holds_credentials(mount.path)) return Severity::high;
  if (is_home(mount.path)) return Severity::medium;
  for (const Place& place : kPlaces) {
    if (mount.path == place.path || (place.below && is_within(mount.path, place.path)))
      return mount.writable ? place.written : place.read;
  }
  return Severity::unknown;
}

void name_aliases(Finding& finding, const HostMount& mount, bool sensitive, const Workload& workload) {
  if (!is_kubernetes(workload)) return only_aliases(finding, {"CIS-5.6", "CL-0013", "CL-0025", "KICS-1c1325ff"});
  only_aliases(finding, {"C-0048", "KSV-0023", "gatekeeper:K8sPSPHostFilesystem", "polaris:hostPathSet",
                         "pss-baseline:hostPathVolumes", "pss-restricted:restrictedVolumes"});
  if (sensitive) {
    for (const std::string_view alias : {"CIS-5.6", "KSV-0121", "kube-linter:sensitive-host-mounts"})
      add_alias(finding, alias);
  }
  if (mount.writable) {
    for (const std::string_view alias : {"C-0045", "kube-linter:writable-host-mount"}) add_alias(finding, alias);
  }
}

// Pod Security Standards forbid every hostPath; elsewhere only sensitive places are told.
void check(const Workload& workload, Judge& judge) {
  for (const HostMount& mount : host_mounts(workload, judge)) {
    const Severity severity = severity_of(mount);
    const bool sensitive = severity != Severity::unknown;
    if (is_kubernetes(workload) && is_engine_socket(mount.path)) continue;  // runtime-socket tells it
    if (!sensitive && !is_kubernetes(workload)) continue;
    Finding& finding =
        judge.found(*mount.origin, pod_subject(workload),
                    join({mount.disguised ? "its volume is a bind in disguise: it shows " : "shows ",
                          quoted(mount.shown), " of the host", mount.writable ? ", writable" : ", read-only"}));
    finding.severity = sensitive ? severity : (mount.writable ? Severity::medium : Severity::low);
    name_aliases(finding, mount, sensitive, workload);
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule host_path{
    .info = checked({
        .id = "host-path",
        .title = "the container is shown sensitive files of the host",
        .severity = Severity::high,
        .practice = Practice::data_volumes,
        .surfaces = "CKRL",
        .aliases = "C-0045 C-0048 CIS-5.6 CL-0013 CL-0025 KICS-1c1325ff KSV-0023 KSV-0121 "
                   "gatekeeper:K8sPSPHostFilesystem kube-linter:sensitive-host-mounts kube-linter:writable-host-mount "
                   "polaris:hostPathSet pss-baseline:hostPathVolumes pss-restricted:restrictedVolumes",
        .fix = FixSafety::unsafe,
        .fix_summary = "mount only the file that is needed, read-only, or use a volume",
        .why = "Through a mounted /etc, /root or /var/lib/docker a container reads the host's keys and passwords; "
               "where it may also write, it adds a user, a cron job or a kernel module and owns the host. Volumes "
               "whose driver options name a host path are the same thing under another name.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    volumes:\n"
                "      - /etc:/host/etc\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    volumes:\n"
                 "      - ./conf:/etc/nginx/conf.d:ro\n"},
        .references = "https://docs.docker.com/engine/storage/bind-mounts/ "
                      "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
