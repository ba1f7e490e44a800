#include <string>
#include <string_view>
#include <utility>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// Types the baseline standard knows; since 1.31 container_engine_t too.
bool is_container_type(std::string_view type, const Judge& judge) {
  if (type == "container_engine_t") return kubernetes_at_least(judge, 31);
  return type.empty() || type == "container_t" || type == "container_init_t" || type == "container_kvm_t";
}

// What is wrong with a choice; "" for nothing.
std::string fault_of(const SelinuxOptions& options, const Workload& workload, const Judge& judge) {
  if (options.disabled) {
    return "SELinux separation is switched off";
  } else if (options.type == "spc_t" || (is_kubernetes(workload) && !is_container_type(options.type, judge))) {
    return join({"runs under the SELinux type ", quoted(options.type), ", which is not one for containers"});
  } else if (is_kubernetes(workload) && (!options.user.empty() || !options.role.empty())) {
    return "sets its own SELinux user or role";
  }
  return "";
}

void tell(const Workload& workload, const Origin& where, std::string message, Judge& judge) {
  Finding& finding = judge.found(workload, where, std::move(message));
  if (is_kubernetes(workload)) {
    only_aliases(finding, {"KSV-0025", "gatekeeper:K8sPSPSELinuxV2", "pss-baseline:seLinuxOptions"});
  } else {
    only_aliases(finding, {"CIS-5.3", "CL-0009"});
  }
  for_surface(finding, workload);
}

void check(const Workload& workload, Judge& judge) {
  for (const Stated<SelinuxOptions>* statement : statements_to_judge(workload, judge, &Workload::selinux)) {
    if (!statement->known) continue;
    std::string fault = fault_of(statement->value, workload, judge);
    if (!fault.empty()) tell(workload, statement->origin, std::move(fault), judge);
  }
}

}  // namespace

extern constinit const Rule selinux_disabled{
    .info = checked({
        .id = "selinux-disabled",
        .title = "SELinux separation is switched off or weakened",
        .severity = Severity::medium,
        .practice = Practice::mandatory_access_control,
        .surfaces = "CKRL",
        .aliases = "CIS-5.3 CL-0009 KSV-0025 gatekeeper:K8sPSPSELinuxV2 pss-baseline:seLinuxOptions",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it; give shared files the label `z` or `Z` instead",
        .why = "On hosts with SELinux every container gets a label that keeps it from the host's files and from "
               "other containers. With labelling off, or with a type that is not made for containers, the kernel no "
               "longer holds them apart.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    security_opt:\n"
                "      - label:disable\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    security_opt:\n"
                 "      - label:type:container_t\n"},
        .references = "https://docs.docker.com/engine/containers/run/#security-configuration "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
