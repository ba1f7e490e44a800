// The Pod Security Standards, control by control: a finding carries a standard's name exactly when the standard forbids
// the pod. https://kubernetes.io/docs/concepts/security/pod-security-standards/
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read/kubernetes/kubernetes.h"
#include "rules/all/all.h"
#include "rules/kit/judge.h"

namespace oakum::check {
namespace {

// What a pod needs to pass the restricted standard; the parts in turn are replaced by a case's.
constexpr std::string_view kPodContext = "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}";
constexpr std::string_view kContext = "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}";

struct Case {
  std::string_view control;
  bool forbidden = true;
  std::string_view context = kContext;         // securityContext of the container in question
  std::string_view pod_context = kPodContext;  // securityContext of the pod
  std::string_view container = "";             // more lines of the container
  std::string_view pod = "";                   // more lines of the pod spec
  int minor = 0;
};

void PrintTo(const Case& made, std::ostream* out) {
  *out << made.control << (made.forbidden ? " forbids " : " allows ") << made.context << " " << made.pod_context << " "
       << made.container << " " << made.pod << " at 1." << made.minor;
}

constexpr std::string_view kNamespaces = "pss-baseline:hostNamespaces";
constexpr std::string_view kPrivileged = "pss-baseline:privileged";
constexpr std::string_view kCapabilities = "pss-baseline:capabilities";
constexpr std::string_view kHostPath = "pss-baseline:hostPathVolumes";
constexpr std::string_view kHostPorts = "pss-baseline:hostPorts";
constexpr std::string_view kProbes = "pss-baseline:hostProbesAndHostLifecycle";
constexpr std::string_view kAppArmor = "pss-baseline:appArmorProfile";
constexpr std::string_view kSelinux = "pss-baseline:seLinuxOptions";
constexpr std::string_view kProcMount = "pss-baseline:procMount";
constexpr std::string_view kSeccomp = "pss-baseline:seccompProfile";
constexpr std::string_view kSysctls = "pss-baseline:sysctls";
constexpr std::string_view kWindows = "pss-baseline:windowsHostProcess";
constexpr std::string_view kVolumes = "pss-restricted:restrictedVolumes";
constexpr std::string_view kEscalation = "pss-restricted:allowPrivilegeEscalation";
constexpr std::string_view kNonRoot = "pss-restricted:runAsNonRoot";
constexpr std::string_view kUser = "pss-restricted:runAsUser";
constexpr std::string_view kSeccompRestricted = "pss-restricted:seccompProfile";
constexpr std::string_view kCapabilitiesRestricted = "pss-restricted:capabilities";
constexpr std::string_view kProcMountRestricted = "pss-restricted:procMount";

constexpr std::string_view kAll[] = {kNamespaces,
                                     kPrivileged,
                                     kCapabilities,
                                     kHostPath,
                                     kHostPorts,
                                     kProbes,
                                     kAppArmor,
                                     kSelinux,
                                     kProcMount,
                                     kSeccomp,
                                     kSysctls,
                                     kWindows,
                                     kVolumes,
                                     kEscalation,
                                     kNonRoot,
                                     kUser,
                                     kSeccompRestricted,
                                     kCapabilitiesRestricted,
                                     kProcMountRestricted};

#define CONTEXT(more) "{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, " more "}"
#define CAPABILITIES(lists) "{allowPrivilegeEscalation: false, capabilities: {" lists "}}"
#define POD_CONTEXT(more) "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}, " more "}"

constexpr Case kCases[] = {
    {.control = kNamespaces, .forbidden = false, .pod = "hostNetwork: false\nhostPID: false\nhostIPC: false\n"},
    {.control = kNamespaces, .pod = "hostNetwork: true\n"},
    {.control = kNamespaces, .pod = "hostPID: true\n"},
    {.control = kNamespaces, .pod = "hostIPC: true\n"},
    {.control = kNamespaces, .forbidden = false, .pod = "shareProcessNamespace: true\n"},

    {.control = kPrivileged, .forbidden = false, .context = CONTEXT("privileged: false")},
    {.control = kPrivileged, .context = "{privileged: true, capabilities: {drop: [ALL]}}"},

    {.control = kCapabilities, .forbidden = false, .context = CAPABILITIES("drop: [ALL], add: [NET_BIND_SERVICE]")},
    {.control = kCapabilities,
     .forbidden = false,
     .context = CAPABILITIES("add: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD]")},
    {.control = kCapabilities,
     .forbidden = false,
     .context = CAPABILITIES("add: [NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]")},
    {.control = kCapabilities, .context = CAPABILITIES("drop: [ALL], add: [NET_RAW]")},
    {.control = kCapabilities, .context = CAPABILITIES("add: [SYS_ADMIN]")},
    {.control = kCapabilities, .context = CAPABILITIES("add: [ALL]")},
    {.control = kCapabilities, .context = CAPABILITIES("add: [WAKE_ALARM]")},

    {.control = kHostPath, .forbidden = false, .pod = "volumes:\n  - name: data\n    emptyDir: {}\n"},
    {.control = kHostPath, .pod = "volumes:\n  - name: data\n    hostPath: {path: /srv/data}\n"},
    {.control = kHostPath,
     .container = "volumeMounts:\n  - name: data\n    mountPath: /data\n    readOnly: true\n",
     .pod = "volumes:\n  - name: data\n    hostPath: {path: /}\n"},
    {.control = kHostPath,
     .pod = "volumes:\n  - name: socket\n    hostPath: {path: /run/containerd/containerd.sock}\n"},

    {.control = kHostPorts, .forbidden = false, .container = "ports:\n  - containerPort: 80\n    hostPort: 0\n"},
    {.control = kHostPorts, .container = "ports:\n  - containerPort: 80\n    hostPort: 8080\n"},

    {.control = kProbes, .forbidden = false, .container = "livenessProbe: {httpGet: {port: 80}}\n"},
    {.control = kProbes, .container = "livenessProbe: {httpGet: {port: 80, host: 127.0.0.1}}\n"},
    {.control = kProbes, .container = "readinessProbe: {tcpSocket: {port: 80, host: db}}\n"},
    {.control = kProbes, .container = "startupProbe: {httpGet: {port: 80, host: db}}\n"},
    {.control = kProbes, .container = "lifecycle: {postStart: {httpGet: {port: 80, host: db}}}\n"},
    {.control = kProbes, .container = "lifecycle: {preStop: {tcpSocket: {port: 80, host: db}}}\n"},
    {.control = kProbes,
     .forbidden = false,
     .container = "livenessProbe: {httpGet: {port: 80, host: db}}\n",
     .minor = 33},
    {.control = kProbes, .container = "livenessProbe: {httpGet: {port: 80, host: db}}\n", .minor = 34},

    {.control = kAppArmor, .forbidden = false, .context = CONTEXT("appArmorProfile: {type: RuntimeDefault}")},
    {.control = kAppArmor,
     .forbidden = false,
     .context = CONTEXT("appArmorProfile: {type: Localhost, localhostProfile: web}")},
    {.control = kAppArmor, .context = CONTEXT("appArmorProfile: {type: Unconfined}")},
    {.control = kAppArmor, .pod_context = POD_CONTEXT("appArmorProfile: {type: Unconfined}")},
    {.control = kAppArmor,
     .context = CONTEXT("appArmorProfile: {type: RuntimeDefault}"),
     .pod_context = POD_CONTEXT("appArmorProfile: {type: Unconfined}")},

    {.control = kSelinux,
     .forbidden = false,
     .context = CONTEXT("seLinuxOptions: {type: container_t, level: \"s0:c1,c2\"}")},
    {.control = kSelinux, .forbidden = false, .context = CONTEXT("seLinuxOptions: {type: container_init_t}")},
    {.control = kSelinux, .forbidden = false, .context = CONTEXT("seLinuxOptions: {type: container_kvm_t}")},
    {.control = kSelinux, .forbidden = false, .context = CONTEXT("seLinuxOptions: {type: container_engine_t}")},
    {.control = kSelinux, .context = CONTEXT("seLinuxOptions: {type: container_engine_t}"), .minor = 30},
    {.control = kSelinux, .context = CONTEXT("seLinuxOptions: {type: spc_t}")},
    {.control = kSelinux, .context = CONTEXT("seLinuxOptions: {user: system_u}")},
    {.control = kSelinux, .pod_context = POD_CONTEXT("seLinuxOptions: {role: system_r}")},
    {.control = kSelinux,
     .context = CONTEXT("seLinuxOptions: {type: container_t}"),
     .pod_context = POD_CONTEXT("seLinuxOptions: {type: unconfined_t}")},

    {.control = kProcMount, .forbidden = false, .context = CONTEXT("procMount: Default")},
    {.control = kProcMount, .context = CONTEXT("procMount: Unmasked")},
    {.control = kProcMount, .context = CONTEXT("procMount: Unmasked"), .pod = "hostUsers: true\n"},
    {.control = kProcMount, .forbidden = false, .context = CONTEXT("procMount: Unmasked"), .pod = "hostUsers: false\n"},
    {.control = kProcMount, .context = CONTEXT("procMount: Unmasked"), .pod = "hostUsers: false\n", .minor = 34},
    {.control = kProcMountRestricted, .context = CONTEXT("procMount: Unmasked"), .pod = "hostUsers: false\n"},
    {.control = kProcMountRestricted, .forbidden = false, .context = CONTEXT("procMount: Unmasked"), .minor = 34},
    {.control = kProcMountRestricted, .forbidden = false, .context = CONTEXT("procMount: Default")},

    {.control = kSeccomp,
     .forbidden = false,
     .context = CONTEXT("seccompProfile: {type: Localhost, localhostProfile: p.json}")},
    {.control = kSeccomp, .forbidden = false, .pod_context = "{runAsNonRoot: true}"},
    {.control = kSeccomp, .context = CONTEXT("seccompProfile: {type: Unconfined}")},
    {.control = kSeccomp, .pod_context = "{runAsNonRoot: true, seccompProfile: {type: Unconfined}}"},
    {.control = kSeccomp,
     .context = CONTEXT("seccompProfile: {type: RuntimeDefault}"),
     .pod_context = "{runAsNonRoot: true, seccompProfile: {type: Unconfined}}"},
    {.control = kSeccompRestricted,
     .forbidden = false,
     .context = CONTEXT("seccompProfile: {type: Localhost, localhostProfile: p.json}")},
    {.control = kSeccompRestricted, .pod_context = "{runAsNonRoot: true}"},
    {.control = kSeccompRestricted, .context = CONTEXT("seccompProfile: {type: Unconfined}")},
    {.control = kSeccompRestricted,
     .forbidden = false,
     .pod_context = "{runAsNonRoot: true}",
     .pod = "os: {name: windows}\n"},
    {.control = kSeccompRestricted, .pod_context = "{runAsNonRoot: true}", .pod = "os: {name: windows}\n", .minor = 24},

    {.control = kSysctls,
     .forbidden = false,
     .pod_context = POD_CONTEXT("sysctls: [{name: net.ipv4.tcp_syncookies, value: \"1\"}]")},
    {.control = kSysctls,
     .forbidden = false,
     .pod_context = POD_CONTEXT("sysctls: [{name: net.ipv4.tcp_rmem, value: \"1\"}]"),
     .minor = 32},
    {.control = kSysctls,
     .pod_context = POD_CONTEXT("sysctls: [{name: net.ipv4.tcp_rmem, value: \"1\"}]"),
     .minor = 31},
    {.control = kSysctls,
     .pod_context = POD_CONTEXT("sysctls: [{name: net.ipv4.tcp_keepalive_time, value: \"1\"}]"),
     .minor = 28},
    {.control = kSysctls,
     .pod_context = POD_CONTEXT("sysctls: [{name: net.ipv4.ip_local_reserved_ports, value: \"1\"}]"),
     .minor = 26},
    {.control = kSysctls, .pod_context = POD_CONTEXT("sysctls: [{name: kernel.msgmax, value: \"65536\"}]")},

    {.control = kWindows, .forbidden = false, .context = CONTEXT("windowsOptions: {hostProcess: false}")},
    {.control = kWindows, .context = CONTEXT("windowsOptions: {hostProcess: true}")},
    {.control = kWindows, .pod_context = POD_CONTEXT("windowsOptions: {hostProcess: true}")},
    {.control = kWindows,
     .context = CONTEXT("windowsOptions: {hostProcess: false}"),
     .pod_context = POD_CONTEXT("windowsOptions: {hostProcess: true}")},

    {.control = kVolumes,
     .forbidden = false,
     .pod = "volumes:\n  - name: a\n    secret: {secretName: x}\n  - name: b\n"},
    {.control = kVolumes,
     .forbidden = false,
     .pod = "volumes:\n  - name: a\n    csi: {driver: x}\n  - name: b\n    ephemeral: {}\n"},
    {.control = kVolumes, .pod = "volumes:\n  - name: a\n    nfs: {server: x, path: /}\n"},
    {.control = kVolumes, .pod = "volumes:\n  - name: a\n    gitRepo: {repository: x}\n"},
    {.control = kVolumes, .pod = "volumes:\n  - name: a\n    hostPath: {path: /srv}\n"},

    {.control = kEscalation, .context = "{capabilities: {drop: [ALL]}}"},
    {.control = kEscalation, .context = "{allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}}"},
    {.control = kEscalation, .context = "{privileged: true, capabilities: {drop: [ALL]}}"},
    {.control = kEscalation,
     .forbidden = false,
     .context = "{capabilities: {drop: [ALL]}}",
     .pod = "os: {name: windows}\n"},
    {.control = kEscalation, .context = "{capabilities: {drop: [ALL]}}", .pod = "os: {name: windows}\n", .minor = 24},

    {.control = kNonRoot, .pod_context = "{seccompProfile: {type: RuntimeDefault}}"},
    {.control = kNonRoot, .forbidden = false, .context = CONTEXT("runAsNonRoot: true")},
    {.control = kNonRoot, .context = CONTEXT("runAsNonRoot: false")},
    {.control = kNonRoot,
     .context = CONTEXT("runAsNonRoot: true"),
     .pod_context = "{runAsNonRoot: false, seccompProfile: {type: RuntimeDefault}}"},
    {.control = kNonRoot, .pod_context = "{seccompProfile: {type: RuntimeDefault}, runAsUser: 1000}"},
    {.control = kNonRoot, .pod_context = "{seccompProfile: {type: RuntimeDefault}}", .pod = "os: {name: windows}\n"},
    {.control = kNonRoot,
     .forbidden = false,
     .pod_context = "{seccompProfile: {type: RuntimeDefault}}",
     .pod = "hostUsers: false\n"},
    {.control = kNonRoot,
     .pod_context = "{seccompProfile: {type: RuntimeDefault}}",
     .pod = "hostUsers: false\n",
     .minor = 34},

    {.control = kUser, .forbidden = false, .context = CONTEXT("runAsUser: 1000")},
    {.control = kUser, .context = CONTEXT("runAsUser: 0")},
    {.control = kUser, .pod_context = POD_CONTEXT("runAsUser: 0")},
    {.control = kUser, .context = CONTEXT("runAsUser: 1000"), .pod_context = POD_CONTEXT("runAsUser: 0")},
    {.control = kUser, .forbidden = false, .context = CONTEXT("runAsUser: 0"), .pod = "hostUsers: false\n"},
    {.control = kUser, .context = CONTEXT("runAsUser: 0"), .pod = "hostUsers: false\n", .minor = 34},

    {.control = kCapabilitiesRestricted,
     .forbidden = false,
     .context = CAPABILITIES("drop: [ALL], add: [NET_BIND_SERVICE]")},
    {.control = kCapabilitiesRestricted, .context = "{allowPrivilegeEscalation: false}"},
    {.control = kCapabilitiesRestricted, .context = CAPABILITIES("drop: [NET_RAW]")},
    {.control = kCapabilitiesRestricted, .context = CAPABILITIES("drop: [ALL], add: [CHOWN]")},
    {.control = kCapabilitiesRestricted, .context = CAPABILITIES("drop: [ALL], add: [SYS_TIME]")},
    {.control = kCapabilitiesRestricted,
     .forbidden = false,
     .context = "{allowPrivilegeEscalation: false}",
     .pod = "os: {name: windows}\n"},
    {.control = kCapabilitiesRestricted,
     .context = "{allowPrivilegeEscalation: false}",
     .pod = "os: {name: windows}\n",
     .minor = 24},
};

std::string indented(std::string_view lines, std::string_view indent) {
  std::string result;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    result += std::string(indent) + std::string(lines.substr(0, end)) + "\n";
    lines.remove_prefix(end + 1);
  }
  return result;
}

std::string container(std::string_view name, std::string_view context, std::string_view more) {
  return "  - name: " + std::string(name) +
         "\n    image: registry.example/app:1.0\n    securityContext: " + std::string(context) + "\n" +
         indented(more, "    ");
}

// The container of the case in one of the lists; another one that passes is always there.
std::string pod_of(const Case& made, std::string_view list) {
  std::string text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n";
  text += indented(made.pod, "  ") + "  securityContext: " + std::string(made.pod_context) + "\n  containers:\n";
  text += container("other", kContext, "");
  if (list != "containers") text += "  " + std::string(list) + ":\n";
  return text + container("this", made.context, made.container);
}

std::set<std::string> standards_against(const std::string& text, int minor) {
  Subjects subjects;
  kubernetes::read("pod.yaml", text, subjects);
  EXPECT_TRUE(subjects.errors.empty()) << subjects.errors.front().message();
  rules::Settings settings;
  settings.kubernetes.minor = minor;
  rules::Outcome outcome;
  for (const rules::Rule* rule : rules::all_rules()) rules::evaluate(*rule, subjects, settings, outcome);
  std::set<std::string> result;
  for (const Finding& finding : outcome.findings) {
    for (const std::string& alias : finding.aliases) {
      if (alias.starts_with("pss-")) result.insert(alias);
    }
  }
  return result;
}

class PodSecurity : public testing::TestWithParam<Case> {};

TEST_P(PodSecurity, NamesTheControlExactlyWhenItForbids) {
  const Case& made = GetParam();
  for (const std::string_view list : {"containers", "initContainers", "ephemeralContainers"}) {
    const std::string text = pod_of(made, list);
    SCOPED_TRACE(text);
    EXPECT_EQ(standards_against(text, made.minor).contains(std::string(made.control)), made.forbidden);
  }
}

INSTANTIATE_TEST_SUITE_P(Controls, PodSecurity, testing::ValuesIn(kCases));

TEST(PodSecurityStandards, APodThatDoesWhatTheRestrictedOneAsksBreaksNone) {
  EXPECT_THAT(standards_against(pod_of({}, "containers"), 0), testing::IsEmpty());
}

TEST(PodSecurityStandards, APlainPodBreaksTheRestrictedOneAndNotTheBaseline) {
  const std::string text =
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - {name: a, image: b}\n";
  EXPECT_THAT(standards_against(text, 0),
              testing::ElementsAre("pss-restricted:allowPrivilegeEscalation", "pss-restricted:capabilities",
                                   "pss-restricted:runAsNonRoot", "pss-restricted:seccompProfile"));
}

TEST(PodSecurityStandards, EveryControlIsSeenToForbidAndToAllow) {
  for (const std::string_view control : kAll) {
    const auto of_it = [&](bool forbidden) {
      return std::ranges::any_of(
          kCases, [&](const Case& made) { return made.control == control && made.forbidden == forbidden; });
    };
    EXPECT_TRUE(of_it(true) && of_it(false)) << control;
  }
}

// What one case of a control does to the other controls is told by nothing else: so that no rule names a standard too
// often, a pod that only breaks one control of the baseline must break no other one of it.
TEST(PodSecurityStandards, BaselineControlsDoNotCryForEachOther) {
  for (const Case& made : kCases) {
    if (!made.control.starts_with("pss-baseline:") || !made.forbidden) continue;
    for (const std::string& alias : standards_against(pod_of(made, "containers"), made.minor)) {
      EXPECT_TRUE(alias == made.control || !alias.starts_with("pss-baseline:"))
          << alias << ": " << testing::PrintToString(made);
    }
  }
}

}  // namespace
}  // namespace oakum::check
