#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

struct Danger {
  std::string_view name;
  Severity severity;
  std::string_view gives;
  std::string_view alias;  // compose-lint's tier, or Trivy's own check for this one
};

constexpr Danger kDangers[] = {
    {"ALL", Severity::critical, "every right of root", "CL-0024"},
    {"SYS_ADMIN", Severity::critical, "mounts, namespaces and much else of root", "CL-0024"},
    {"SYS_MODULE", Severity::critical, "loads code into the host's kernel", "CL-0024"},
    {"SYS_RAWIO", Severity::critical, "reads and writes the host's memory and ports", "CL-0024"},
    {"BPF", Severity::high, "loads programs into the host's kernel", "CL-0027"},
    {"DAC_READ_SEARCH", Severity::high, "opens files of the host by handle", "CL-0027"},
    {"SYS_PTRACE", Severity::high, "reads and changes other processes", "CL-0027"},
    {"SYS_BOOT", Severity::high, "reboots the host or loads another kernel", "CL-0028"},
    {"MAC_ADMIN", Severity::high, "changes the security module's policy", "CL-0028"},
    {"MAC_OVERRIDE", Severity::high, "passes by the security module", "CL-0028"},
    {"NET_ADMIN", Severity::high, "changes interfaces, routes and firewall rules", "CL-0011"},
    {"PERFMON", Severity::high, "watches the whole host", "CL-0028"},
    {"CHECKPOINT_RESTORE", Severity::high, "replaces processes as they run", "CL-0028"},
    {"SYS_TIME", Severity::medium, "sets the host's clock", "CL-0029"},
    {"SYSLOG", Severity::medium, "reads the kernel's log and its addresses", "CL-0029"},
    {"SYS_TTY_CONFIG", Severity::medium, "takes over terminals", "CL-0029"},
    {"LINUX_IMMUTABLE", Severity::medium, "makes files that cannot be removed", "CL-0029"},
    {"AUDIT_CONTROL", Severity::medium, "switches the audit of the host off", "CL-0029"},
    {"AUDIT_READ", Severity::medium, "reads the audit of the host", "CL-0029"},
    {"MKNOD", Severity::medium, "makes device files", "CL-0029"},
    {"SYS_CHROOT", Severity::low, "changes root directories", "CL-0030"},
    {"NET_RAW", Severity::medium, "forges packets and listens to neighbours", "CL-0030"},
    {"NET_BROADCAST", Severity::low, "sends to all", "CL-0030"},
    {"IPC_LOCK", Severity::low, "locks memory without limit", "CL-0030"},
    {"IPC_OWNER", Severity::medium, "passes by the rights of shared memory", "CL-0030"},
    {"DAC_OVERRIDE", Severity::medium, "passes by all file permissions", "CL-0030"},
    {"SETFCAP", Severity::medium, "gives capabilities to files", "CL-0030"},
    {"SYS_RESOURCE", Severity::medium, "passes by limits and quotas", "CL-0030"},
    {"SYS_NICE", Severity::low, "takes processor time from others", "CL-0030"},
    {"SYS_PACCT", Severity::low, "switches process accounting", "CL-0030"},
    {"LEASE", Severity::low, "holds up other programs' file access", "CL-0030"},
    {"BLOCK_SUSPEND", Severity::low, "keeps the host awake", "CL-0030"},
    {"WAKE_ALARM", Severity::low, "wakes the host", "CL-0030"},
};

// What the baseline lets a pod add: the engine's defaults but NET_RAW.
bool in_baseline(std::string_view name) {
  const std::optional<int> number = capability_number(name);
  if (!number || name == "NET_RAW") return false;
  return (default_capabilities(Engine::kubernetes) >> *number) & 1U;
}

void name_aliases(Finding& finding, const Danger& danger, const Workload& workload) {
  only_aliases(finding, {"C-0046", "CIS-5.4", "gatekeeper:K8sPSPCapabilities"});
  if (!is_kubernetes(workload)) {
    add_alias(finding, danger.alias);
    return for_surface(finding, workload);
  }
  const std::string_view name = danger.name;
  if (name == "SYS_ADMIN") {
    for (const std::string_view alias : {"KSV-0005", "CKV_K8S_39", "kubesec:CapSysAdmin"}) add_alias(finding, alias);
  }
  if (name == "SYS_MODULE") add_alias(finding, "KSV-0120");
  if (name == "NET_RAW") {
    for (const std::string_view alias : {"KSV-0119", "CKV_K8S_28", "kube-linter:drop-net-raw-capability"})
      add_alias(finding, alias);
  }
  add_alias(finding, "CKV_K8S_25");
  if (!in_baseline(name)) {
    for (const std::string_view alias : {"KSV-0022", "polaris:dangerousCapabilities", "pss-baseline:capabilities"})
      add_alias(finding, alias);
  }
  add_alias(finding, "pss-restricted:capabilities");
}

// A capability that no engine knows, or one that the list above has not: nothing is said of NET_BIND_SERVICE.
void check(const Workload& workload, Judge& judge) {
  if (!has_linux_controls(workload, judge)) return;
  for (const Stated<std::string>& item : workload.cap_add) {
    if (!item.known) continue;
    const std::string name = canonical_capability(item.value);
    const Danger* danger = std::ranges::find(kDangers, name, &Danger::name);
    if (danger != std::end(kDangers)) {
      Finding& finding = judge.found(workload, item.origin, join({"adds ", name, ", which ", danger->gives}));
      if (name == "ALL") finding.message = "adds every capability";
      finding.severity = danger->severity;
      name_aliases(finding, *danger, workload);
    } else if (is_kubernetes(workload) && name != "NET_BIND_SERVICE") {
      Finding& finding = judge.found(workload, item.origin,
                                     join({"adds ", quoted(name), ", which the restricted standard does not allow"}));
      finding.severity = Severity::low;
      only_aliases(finding, {"CKV_K8S_25", "pss-restricted:capabilities"});
      if (!in_baseline(name)) add_alias(finding, "pss-baseline:capabilities");
    }
  }
}

}  // namespace

extern constinit const Rule cap_dangerous{
    .info = checked({
        .id = "cap-dangerous",
        .title = "a capability is added that gives much of the host",
        .severity = Severity::high,
        .practice = Practice::capabilities,
        .surfaces = "CKRL",
        .aliases = "C-0046 CIS-5.4 CKV_K8S_25 CKV_K8S_28 CKV_K8S_39 CL-0011 CL-0024 CL-0027 CL-0028 CL-0029 CL-0030 "
                   "KSV-0005 KSV-0022 KSV-0119 KSV-0120 gatekeeper:K8sPSPCapabilities "
                   "kube-linter:drop-net-raw-capability kubesec:CapSysAdmin polaris:dangerousCapabilities "
                   "pss-baseline:capabilities pss-restricted:capabilities",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "Some capabilities are as good as root on the host: SYS_ADMIN mounts, SYS_MODULE loads kernel code, "
               "SYS_PTRACE and DAC_READ_SEARCH reach past the container. Others let a container read its "
               "neighbours' traffic or change the host's clock. Each one that is added must be worth that.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    cap_add:\n"
                "      - SYS_ADMIN\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    cap_drop: [ALL]\n"
                 "    cap_add: [NET_BIND_SERVICE]\n"},
        .references = "https://man7.org/linux/man-pages/man7/capabilities.7.html "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
