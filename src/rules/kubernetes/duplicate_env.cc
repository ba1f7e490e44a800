#include <map>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  std::map<std::string_view, const Origin*> seen;
  for (const auto& variable : workload.environment) {
    if (variable.value.name.empty() || variable.value.name.ends_with('*')) continue;
    const auto [first, is_new] = seen.emplace(variable.value.name, &variable.origin);
    if (is_new) continue;
    Finding& finding = judge.found(workload, variable.origin,
                                   join({quoted(variable.value.name), " is set more than once: the last one counts"}));
    finding.related.push_back({*first->second, "first set here"});
  }
}

}  // namespace

extern constinit const Rule duplicate_env{
    .info = checked({
        .id = "duplicate-env",
        .title = "a variable is set twice",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "kube-linter:duplicate-env-var kube-score:environment-variable-key-duplication",
        .fix = FixSafety::advice,
        .fix_summary = "keep one of them",
        .why = "Only the last of two values counts, and server-side apply may merge them to either. "
               "Somebody who reads or changes the first one believes a setting that is not in force.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      env:\n"
                "        - name: MODE\n"
                "          value: safe\n"
                "        - name: MODE\n"
                "          value: fast\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      env:\n"
                 "        - name: MODE\n"
                 "          value: safe\n"},
        .references =
            "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
