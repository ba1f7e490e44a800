#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"
#include "rules/kubernetes/permissions.h"
#include "rules/kubernetes/pod_index.h"

namespace oakum::rules {

namespace {

// Names of what was read, by kind. A reference is judged only where some object of the kind it names is here: else the
// others live elsewhere.
class Names {
 public:
  explicit Names(const Subjects& subjects) {
    for (const KubernetesObject& object : subjects.objects) names_[object.kind].emplace(object.name, object.name_space);
  }
  bool knows(std::string_view kind) const { return names_.contains(kind); }
  bool has(std::string_view kind, std::string_view name, std::string_view name_space) const {
    const auto found = names_.find(kind);
    if (found == names_.end()) return false;
    const auto [first, last] = found->second.equal_range(name);
    return std::any_of(first, last, [&](const auto& entry) { return may_share_namespace(entry.second, name_space); });
  }
  bool dangles(std::string_view kind, std::string_view name, std::string_view name_space) const {
    return knows(kind) && !name.empty() && !has(kind, name, name_space);
  }

 private:
  std::map<std::string_view, std::multimap<std::string_view, std::string_view>> names_;
};

struct Selecting {
  std::string_view kind, path, aliases;
};
constexpr Selecting kSelecting[] = {
    {"Service", "spec.selector", "kube-linter:dangling-service kube-score:service-targets-pod"},
    {"NetworkPolicy", "spec.podSelector", "kube-linter:dangling-networkpolicy kube-score:networkpolicy-targets-pod"},
    {"PodDisruptionBudget", "spec.selector", ""},
};

void check_selector(const KubernetesObject& object, PodIndex& pods, Judge& judge) {
  const auto* row = std::ranges::find(kSelecting, object.kind, &Selecting::kind);
  if (row == std::end(kSelecting) || object.selector.empty() || pods.empty()) return;
  if (pods.selects_any(object.selector, object.name_space)) return;
  set_aliases(judge.found(object, place_of(object, row->path), "selects none of the pods here"), row->aliases);
}

void check_target(const KubernetesObject& object, const Names& names, Judge& judge) {
  if (object.kind != "HorizontalPodAutoscaler") return;
  const auto* kind = object.scalar("spec.scaleTargetRef.kind");
  const auto* name = object.scalar("spec.scaleTargetRef.name");
  if (kind == nullptr || name == nullptr || !names.dangles(kind->value.value, name->value.value, object.name_space))
    return;
  Finding& finding =
      judge.found(object, name->origin, join({"scales ", quoted(name->value.value), ", which is not here"}));
  set_aliases(finding, "kube-linter:dangling-horizontalpodautoscaler kube-score:horizontalpodautoscaler-has-target");
}

void check_backends(const KubernetesObject& object, const Names& names, Judge& judge) {
  for (const auto& backend : object.ingress_backends) {
    if (!names.dangles("Service", backend.value, object.name_space)) continue;
    Finding& finding = judge.found(object, backend.origin,
                                   join({"leads to the service ", quoted(backend.value), ", which is not here"}));
    set_aliases(finding, "kube-linter:dangling-ingress kube-score:ingress-targets-service");
  }
}

// admin, edit, view and cluster-admin are in every cluster, and so is all that starts with "system:".
bool is_built_in(std::string_view role) {
  return role.starts_with("system:") || role == "cluster-admin" || role == "admin" || role == "edit" || role == "view";
}

void check_binding(const KubernetesObject& object, const Names& names, Judge& judge) {
  if (!is_binding(object) || !object.role) return;
  const RoleReference& role = *object.role;
  const std::string_view name_space = role.kind == "Role" ? std::string_view(object.name_space) : std::string_view();
  if (!is_built_in(role.name) && names.dangles(role.kind, role.name, name_space))
    set_aliases(
        judge.found(object, object.role.origin(), join({"binds the role ", quoted(role.name), ", which is not here"})),
        "");
  for (const auto& subject : object.subjects) {
    const auto& [kind, name, at] = subject.value;
    if (kind != "ServiceAccount" || name == "default" || !names.dangles(kind, name, at)) continue;
    set_aliases(judge.found(object, subject.origin,
                            join({"gives rights to the account ", quoted(name), ", which is not here"})),
                "");
  }
}

void check_pods(const KubernetesObject& object, const Names& names, Judge& judge) {
  for (const Workload* workload : pods_of(object, judge.subjects())) {
    const Field<std::string>& account = workload->pod->service_account;
    if (!account.known() || *account == "default" || !names.dangles("ServiceAccount", *account, object.name_space))
      continue;
    Finding& finding =
        judge.found(object, account.origin(), join({"uses the account ", quoted(*account), ", which is not here"}));
    set_aliases(finding, "kube-linter:non-existent-service-account");
  }
}

bool is_optional(const KubernetesObject& object, const Origin& variable) {
  constexpr std::string_view kEnd = ".name";
  if (!variable.node.ends_with(kEnd)) return false;
  const std::string from = variable.node.substr(0, variable.node.size() - kEnd.size()) + ".valueFrom.";
  const auto says_so = [&](std::string_view kind) {
    const auto* scalar = object.scalar(from + std::string(kind) + ".optional");
    return scalar != nullptr && scalar->value.value == "true";
  };
  return says_so("secretKeyRef") || says_so("configMapKeyRef");
}

void check_variables(const KubernetesObject& object, const Names& names, Judge& judge) {
  using From = EnvironmentVariable::From;
  for (const Workload* workload : containers_of(object, judge.subjects())) {
    for (const auto& variable : workload->environment) {
      if (variable.value.from != From::secret && variable.value.from != From::config_map) continue;
      const std::string_view kind = variable.value.from == From::secret ? "Secret" : "ConfigMap";
      const std::string& reference = variable.value.reference;
      const std::string name = reference.substr(0, reference.find('/'));
      if (!names.dangles(kind, name, object.name_space) || is_optional(object, variable.origin)) continue;
      Finding& finding = judge.found(*workload, variable.origin,
                                     join({"takes a value from ", kind, " ", quoted(name), ", which is not here"}));
      set_aliases(finding, "kube-linter:env-value-from");
    }
  }
}

// Operators bring volumes of their own; of these kinds everything is said.
constexpr std::string_view kComplete[] = {"CronJob", "DaemonSet",   "Deployment", "Job",
                                          "Pod",     "PodTemplate", "ReplicaSet", "ReplicationController"};

// The first mount of each container that names no volume of its pod: the API server refuses the object. (A StatefulSet
// has claims besides the pod's volumes.)
void check_mounts(const KubernetesObject& object, Judge& judge) {
  if (std::ranges::find(kComplete, object.kind) == std::end(kComplete) || is_fragment(object, judge.subjects())) return;
  for (const Workload* workload : containers_of(object, judge.subjects())) {
    const auto dangling = std::ranges::find_if(workload->mounts, [](const Stated<Mount>& mount) {
      return mount.known && mount.value.type.empty() && !mount.value.name.empty();
    });
    if (dangling == workload->mounts.end()) continue;
    Finding& finding = judge.found(*workload, dangling->origin,
                                   join({"mounts ", quoted(dangling->value.name), ", which is no volume of the pod"}));
    set_aliases(finding, "");
  }
}

void check(const Subjects& subjects, Judge& judge) {
  const Names names(subjects);
  PodIndex pods(subjects);
  for (const KubernetesObject& object : subjects.objects) {
    check_selector(object, pods, judge);
    check_target(object, names, judge);
    check_backends(object, names, judge);
    check_binding(object, names, judge);
    check_pods(object, names, judge);
    check_variables(object, names, judge);
    check_mounts(object, judge);
  }
  if (pods.exhausted() && !pods.empty())
    judge.could_not(pods.pods().front().object->name_origin, "the manifests",
                    "there are too many pods and selectors to compare all of them; check fewer files at a time");
}

}  // namespace

extern constinit const Rule dangling_reference{
    .info = checked({
        .id = "dangling-reference",
        .title = "a reference leads to nothing",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "kube-linter:dangling-horizontalpodautoscaler kube-linter:dangling-ingress "
                   "kube-linter:dangling-networkpolicy kube-linter:dangling-service "
                   "kube-linter:env-value-from kube-linter:non-existent-service-account "
                   "kube-score:horizontalpodautoscaler-has-target kube-score:ingress-targets-service "
                   "kube-score:networkpolicy-targets-pod kube-score:service-targets-pod",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "make the name or the labels agree",
        .why = "A service without pods answers nobody, a network policy or disruption budget without "
               "pods protects nobody, a binding without its role grants nothing until somebody makes "
               "one of that name. Usually a label or a name was changed in one place only.",
        .bad = {Surface::kubernetes,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  selector:\n"
                "    matchLabels:\n"
                "      app: web\n"
                "  template:\n"
                "    metadata:\n"
                "      labels:\n"
                "        app: web\n"
                "    spec:\n"
                "      containers:\n"
                "        - name: app\n"
                "          image: nginx:1.27\n"
                "---\n"
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  selector:\n"
                "    app: shop\n"
                "  ports:\n"
                "    - port: 80\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: apps/v1\n"
                 "kind: Deployment\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  selector:\n"
                 "    matchLabels:\n"
                 "      app: web\n"
                 "  template:\n"
                 "    metadata:\n"
                 "      labels:\n"
                 "        app: web\n"
                 "    spec:\n"
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: nginx:1.27\n"
                 "---\n"
                 "apiVersion: v1\n"
                 "kind: Service\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  selector:\n"
                 "    app: web\n"
                 "  ports:\n"
                 "    - port: 80\n"},
        .references = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
