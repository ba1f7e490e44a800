#include <string>
#include <string_view>
#include <utility>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kRestricted = "pss-restricted:allowPrivilegeEscalation";

void check(const Workload& workload, Judge& judge) {
  if (effective_no_new_privileges(workload) || !has_linux_controls(workload, judge)) return;
  // A lock on an open door: `privileged` tells. The restricted standard asks for it all the same.
  if (effective_privileged(workload) && !is_kubernetes(workload)) return;
  const Field<bool>& field = workload.no_new_privileges;
  if (field && !field.known()) return;
  const bool stated = field.is(true);
  std::string message =
      is_kubernetes(workload) ? "allowPrivilegeEscalation is not false" : "no-new-privileges is not set";
  if (field && !stated)
    message = is_kubernetes(workload) ? "allowPrivilegeEscalation is true" : "no-new-privileges is switched off";
  if (stated)
    message = workload.kernel
                  ? "the kernel does not hold no-new-privileges, though it was asked for"
                  : "allowPrivilegeEscalation: false has no effect on a container that is privileged or has SYS_ADMIN";
  Finding& finding = judge.found(workload, field ? field.origin() : workload.origin, std::move(message));
  if (field && !stated) finding.fix.safety = FixSafety::unsafe;  // somebody asked for it, and may have a reason
  if (stated && is_kubernetes(workload)) {
    only_aliases(finding, {});
  } else {
    forbidden_by(finding, workload, {kRestricted});
  }
}

}  // namespace

extern constinit const Rule no_new_privileges{
    .info = checked({
        .id = "no-new-privileges",
        .title = "processes may gain privileges",
        .severity = Severity::medium,
        .practice = Practice::no_new_privileges,
        .surfaces = "CKRL",
        .aliases = "C-0016 CIS-5.26 CKV_K8S_20 CKV_K8S_5 CL-0003 KICS-27fcc7d6 KSV-0001 "
                   "gatekeeper:K8sPSPAllowPrivilegeEscalationContainer kube-linter:privilege-escalation-container "
                   "kubesec:AllowPrivilegeEscalation polaris:privilegeEscalationAllowed "
                   "pss-restricted:allowPrivilegeEscalation",
        .fix = FixSafety::safe,
        .fix_summary = "set no-new-privileges",
        .why = "A setuid program or a file with capabilities gives a process more rights than its parent had. With "
               "no_new_privs the kernel ignores both, so an attacker who got in as an ordinary user cannot become "
               "root through sudo, su, mount or a forgotten setuid helper.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    security_opt:\n"
                 "      - no-new-privileges:true\n"},
        .references = "https://docs.docker.com/engine/containers/run/#security-configuration "
                      "https://www.kernel.org/doc/html/latest/userspace-api/no_new_privs.html",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
