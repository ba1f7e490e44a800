#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

struct SafeSysctl {
  std::string_view name;
  int since;  // minor version of Kubernetes whose baseline allows it
};

constexpr SafeSysctl kSafe[] = {
    {"kernel.shm_rmid_forced", 0},
    {"net.ipv4.ip_local_port_range", 0},
    {"net.ipv4.ip_unprivileged_port_start", 0},
    {"net.ipv4.tcp_syncookies", 0},
    {"net.ipv4.ping_group_range", 0},
    {"net.ipv4.ip_local_reserved_ports", 27},
    {"net.ipv4.tcp_keepalive_time", 29},
    {"net.ipv4.tcp_fin_timeout", 29},
    {"net.ipv4.tcp_keepalive_intvl", 29},
    {"net.ipv4.tcp_keepalive_probes", 29},
    {"net.ipv4.tcp_rmem", 32},
    {"net.ipv4.tcp_wmem", 32},
};

// Settings of the container's own network namespace that make it a router or a trusting host.
constexpr std::string_view kWeak[] = {"accept_source_route", "accept_redirects", "route_localnet", "send_redirects"};

bool is_safe(std::string_view name, const Judge& judge) {
  const SafeSysctl* found = std::ranges::find(kSafe, name, &SafeSysctl::name);
  return found != std::end(kSafe) && kubernetes_at_least(judge, found->since);
}

bool is_weak(const KeyValue& sysctl) {
  const bool named = std::ranges::any_of(kWeak, [&](std::string_view end) { return sysctl.key.ends_with(end); });
  return (named || sysctl.key.ends_with("ip_forward") || sysctl.key.ends_with(".forwarding")) && sysctl.value != "0";
}

// Docker refuses what is not of a namespace; the rest is the container's own, and only some of it is weak.
bool is_own(std::string_view name) {
  return name.starts_with("net.") || name.starts_with("fs.mqueue.") || name.starts_with("kernel.shm") ||
         name.starts_with("kernel.msg") || name == "kernel.sem";
}

void check(const Workload& workload, Judge& judge) {
  if (!first_of_pod(workload, judge)) return;
  for (const Stated<KeyValue>& item : workload.sysctls) {
    if (!item.known) continue;
    std::string name = item.value.key;
    std::ranges::replace(name, '/', '.');
    const bool weak = is_weak({name, item.value.value});
    const bool judged = is_kubernetes(workload) ? !is_safe(name, judge) : weak || !is_own(name);
    if (!judged) continue;
    Finding& finding = judge.found(item.origin, pod_subject(workload),
                                   join({"sets the kernel parameter ", quoted(name),
                                         weak ? ", which weakens its network" : ", which is not known to be safe"}));
    if (!is_kubernetes(workload)) only_aliases(finding, {});
    if (!weak && is_own(name)) finding.severity = Severity::low;
  }
}

}  // namespace

extern constinit const Rule sysctls{
    .info = checked({
        .id = "sysctls",
        .title = "a kernel parameter is set that reaches beyond the container",
        .severity = Severity::medium,
        .practice = Practice::not_privileged,
        .surfaces = "CKRL",
        .aliases = "KSV-0026 gatekeeper:K8sPSPForbiddenSysctls kube-linter:unsafe-sysctls pss-baseline:sysctls",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "Only a few kernel parameters belong to a container's own namespaces. Others weaken its network "
               "(accepting source routes, answering on foreign interfaces) or change limits that all containers on "
               "the node share.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    sysctls:\n"
                "      net.ipv4.conf.all.accept_source_route: 1\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    sysctls:\n"
                 "      net.ipv4.ip_unprivileged_port_start: 1024\n"},
        .references = "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
