#include <string>
#include <string_view>
#include <utility>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// Only what is said: whether the host has AppArmor at all is not in the files, and an absent module is the host's.
void tell(const Workload& workload, const Origin& where, std::string message, Judge& judge) {
  Finding& finding = judge.found(workload, where, std::move(message));
  only_aliases(finding, {"CIS-5.2", "gatekeeper:K8sPSPAppArmor"});
  if (is_kubernetes(workload)) {
    for (const std::string_view alias :
         {"KSV-0002", "kubesec:ApparmorAny", "kubesec:ApparmorUnconfined", "pss-baseline:appArmorProfile"})
      add_alias(finding, alias);
  } else {
    add_alias(finding, "CL-0009");
  }
  for_surface(finding, workload);
}

void check(const Workload& workload, Judge& judge) {
  bool said = false;
  for (const Stated<ProfileChoice>* statement : statements_to_judge(workload, judge, &Workload::apparmor)) {
    if (!statement->known || statement->value.kind != ProfileChoice::Kind::unconfined) continue;
    said = true;
    tell(workload, statement->origin, "AppArmor is switched off", judge);
  }
  const bool seen = workload.kernel && workload.kernel->apparmor.starts_with("unconfined");
  if (seen && !said && !effective_privileged(workload))
    tell(workload, workload.origin, "the kernel confines it by no AppArmor profile", judge);
}

}  // namespace

extern constinit const Rule apparmor{
    .info = checked({
        .id = "apparmor",
        .title = "the AppArmor profile is switched off",
        .severity = Severity::medium,
        .practice = Practice::mandatory_access_control,
        .surfaces = "CKRL",
        .aliases = "CIS-5.2 CL-0009 KSV-0002 gatekeeper:K8sPSPAppArmor kubesec:ApparmorAny kubesec:ApparmorUnconfined "
                   "pss-baseline:appArmorProfile",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it, or name a profile of the program's own",
        .why = "Where the host has AppArmor, engines put each container under a profile that forbids mounts, writes "
               "below /proc and /sys, and tracing across containers, even for root. Unconfined takes that second "
               "wall away.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    security_opt:\n"
                "      - apparmor:unconfined\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    security_opt:\n"
                 "      - apparmor:web-profile\n"},
        .references = "https://docs.docker.com/engine/security/apparmor/ "
                      "https://kubernetes.io/docs/tutorials/security/apparmor/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
