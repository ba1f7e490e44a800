#include <string_view>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void unconfined(const Workload& workload, const Stated<ProfileChoice>& statement, Judge& judge) {
  const bool wins = &statement == &workload.seccomp.winner();
  Finding& finding =
      judge.found(workload, statement.origin,
                  wins ? "seccomp is switched off" : "seccomp is switched off for what does not choose otherwise");
  finding.severity = wins ? Severity::high : Severity::low;
  finding.fix.safety = FixSafety::unsafe;  // somebody switched it off, and may have had a reason
  only_aliases(finding, {"C-0055", "CIS-5.22", "gatekeeper:K8sPSPSeccomp"});
  if (is_kubernetes(workload)) {
    for (const std::string_view alias :
         {"CKV_K8S_31", "CKV_K8S_32", "KSV-0030", "KSV-0104", "kube-score:container-seccomp-profile",
          "kubesec:SeccompUnconfined", "polaris:linuxHardening", "pss-baseline:seccompProfile",
          "pss-restricted:seccompProfile"})
      add_alias(finding, alias);
  } else {
    add_alias(finding, "CL-0009");
    add_alias(finding, "KICS-404fde2c");
  }
  for_surface(finding, workload);
}

void unset(const Workload& workload, Judge& judge) {
  Finding& finding = judge.found(workload, "no seccomp profile is set: Kubernetes then filters no system call");
  only_aliases(finding, {"C-0055", "CKV_K8S_31", "CKV_K8S_32", "KSV-0030", "KSV-0104", "gatekeeper:K8sPSPSeccomp",
                         "kube-score:container-seccomp-profile", "kubesec:SeccompAny", "polaris:linuxHardening",
                         "pss-restricted:seccompProfile"});
}

bool is_unconfined(const Stated<ProfileChoice>& statement) {
  return statement.known && statement.value.kind == ProfileChoice::Kind::unconfined;
}

void check(const Workload& workload, Judge& judge) {
  if (!has_linux_controls(workload, judge)) return;
  for (const Stated<ProfileChoice>* statement : statements_to_judge(workload, judge, &Workload::seccomp)) {
    if (is_unconfined(*statement)) unconfined(workload, *statement, judge);
  }
  if (effective_seccomp(workload) != Confinement::none) return;
  if (workload.seccomp) {
    if (is_unconfined(workload.seccomp.winner())) return;
    Finding& finding = judge.found(workload, workload.seccomp.origin(),
                                   "the kernel filters nothing, though a seccomp profile was asked for");
    finding.severity = Severity::high;
    only_aliases(finding, {"CIS-5.22"});
  } else if (is_kubernetes(workload)) {
    unset(workload, judge);
  } else if (workload.kernel && !effective_privileged(workload)) {
    Finding& finding = judge.found(workload, "the kernel filters no system call: the daemon's default profile is off");
    finding.severity = Severity::high;
    only_aliases(finding, {"CIS-5.22"});
  }
}

}  // namespace

extern constinit const Rule seccomp{
    .info = checked({
        .id = "seccomp",
        .title = "system calls are not filtered",
        .severity = Severity::medium,
        .practice = Practice::seccomp,
        .surfaces = "CKRL",
        .aliases = "C-0055 CIS-5.22 CKV_K8S_31 CKV_K8S_32 CL-0009 KICS-404fde2c KSV-0030 KSV-0104 "
                   "gatekeeper:K8sPSPSeccomp kube-score:container-seccomp-profile kubesec:SeccompAny "
                   "kubesec:SeccompUnconfined polaris:linuxHardening pss-baseline:seccompProfile "
                   "pss-restricted:seccompProfile",
        .fix = FixSafety::safe,
        .fix_summary = "use the engine's default profile",
        .why = "The engine's seccomp profile shuts off dozens of system calls that programs do not use and exploits "
               "love: loading kernel code, mounting, tracing, keyrings. Kubernetes leaves it off unless the pod asks "
               "for RuntimeDefault.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    security_opt:\n"
                "      - seccomp:unconfined\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    security_opt:\n"
                 "      - seccomp:./profile.json\n"},
        .references = "https://docs.docker.com/engine/security/seccomp/ "
                      "https://kubernetes.io/docs/tutorials/security/seccomp/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
