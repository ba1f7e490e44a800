#include <algorithm>
#include <bit>
#include <string>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

bool drops_all(const Workload& workload) {
  return std::ranges::any_of(workload.cap_drop, [](const Stated<std::string>& item) {
    return !item.known || canonical_capability(item.value) == "ALL";
  });
}

void check(const Workload& workload, Judge& judge) {
  if (drops_all(workload) || !has_linux_controls(workload, judge)) return;
  if (effective_privileged(workload) && !is_kubernetes(workload)) return;  // has them all whatever is dropped
  if (workload.kernel && workload.kernel->bounding == 0) return;
  if (judge.is_open(workload)) return;
  const std::string left = std::to_string(std::popcount(effective_capabilities(workload)));
  const bool some = !workload.cap_drop.empty();
  Finding& finding = judge.found(workload, some ? workload.cap_drop.origin : workload.origin,
                                 some ? join({"drops only some capabilities: ", left, " are left"})
                                      : join({"drops no capability: it has ", left}));
  forbidden_by(finding, workload, {"pss-restricted:capabilities"});
  if (!some) return;
  std::erase_if(finding.aliases,
                [](const std::string& alias) { return alias == "KSV-0004" || alias == "kubesec:CapDropAny"; });
}

}  // namespace

extern constinit const Rule cap_drop_all{
    .info = checked({
        .id = "cap-drop-all",
        .title = "capabilities that the container may not need are kept",
        .severity = Severity::medium,
        .practice = Practice::capabilities,
        .surfaces = "CKRL",
        .aliases = "C-0046 C-0055 CIS-5.4 CKV_K8S_36 CKV_K8S_37 CL-0006 KICS-ce76b7d0 KSV-0003 KSV-0004 KSV-0106 "
                   "gatekeeper:K8sPSPCapabilities kubesec:CapDropAll kubesec:CapDropAny polaris:insecureCapabilities "
                   "pss-restricted:capabilities",
        .fix = FixSafety::unsafe,
        .fix_summary = "drop ALL and add back the capabilities that are used",
        .why = "An engine gives each container about a dozen of root's rights by default: changing owners, raw "
               "sockets, device files and more. Most programs use none of them. Dropping all and adding back what "
               "is used leaves an attacker who is root inside with little.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    cap_drop: [ALL]\n"},
        .references = "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
