#include <algorithm>
#include <bit>
#include <string>

#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// Kubernetes hands the names to the runtime as they are: with CAP_ before it, ALL is a capability that does not exist.
bool is_misspelt_all(const Workload& workload, const Stated<std::string>& item) {
  return is_kubernetes(workload) && item.known && canonical_capability(item.value) == "ALL" && item.value.size() > 3;
}

bool drops_all(const Workload& workload) {
  return std::ranges::any_of(workload.cap_drop, [&](const Stated<std::string>& item) {
    return !item.known || (canonical_capability(item.value) == "ALL" && !is_misspelt_all(workload, item));
  });
}

// Runtimes read "all" as ALL; the restricted standard asks for the word as it is.
void check_spelling(const Workload& workload, Judge& judge) {
  if (!is_kubernetes(workload)) return;
  const auto& items = workload.cap_drop.items;
  if (std::ranges::any_of(items, [](const auto& item) { return !item.known || item.value == "ALL"; })) return;
  for (const Stated<std::string>& item : items) {
    if (canonical_capability(item.value) != "ALL" || is_misspelt_all(workload, item)) continue;
    Finding& finding = judge.found(
        workload, item.origin, join({"drops ", quoted(item.value), ", where the restricted standard wants \"ALL\""}));
    finding.severity = Severity::low;
    only_aliases(finding, {"pss-restricted:capabilities"});
    return;
  }
}

// True when it was told.
bool check_prefix(const Workload& workload, Judge& judge) {
  const auto& items = workload.cap_drop.items;
  const auto item = std::ranges::find_if(items, [&](const auto& one) { return is_misspelt_all(workload, one); });
  if (item == items.end()) return false;
  Finding& finding =
      judge.found(workload, item->origin,
                  join({"drops ", quoted(item->value), ", which is no capability here: \"ALL\" is the name"}));
  forbidden_by(finding, workload, {"pss-restricted:capabilities"});
  return true;
}

void check(const Workload& workload, Judge& judge) {
  if (!has_linux_controls(workload, judge)) return;
  if (drops_all(workload)) return check_spelling(workload, judge);
  if (check_prefix(workload, judge)) return;
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
