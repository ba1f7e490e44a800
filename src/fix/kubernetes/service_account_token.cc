#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// A binding of the pod's account: somebody gave it rights, so it uses its token.
const KubernetesObject* binding_of(const PodFacts& pod, const Subjects& subjects) {
  const std::string account = pod.service_account.value_or("default");
  const auto binds = [&](const KubernetesObject& object) {
    return object.kind.ends_with("RoleBinding") &&
           std::ranges::any_of(object.subjects, [&](const Stated<RoleSubject>& subject) {
             return subject.value.kind == "ServiceAccount" && subject.value.name == account &&
                    may_share_namespace(subject.value.name_space, pod.name_space);
           });
  };
  const auto found = std::ranges::find_if(subjects.objects, binds);
  return found == subjects.objects.end() ? nullptr : &*found;
}

// Programs that do nothing but talk to the API server.
bool asks_api_server(const Workload& workload) {
  constexpr std::array<std::string_view, 7> kClients = {
      "kubectl", "helm", "k8s-sidecar", "kube-state-metrics", "metrics-server", "external-dns", "cluster-autoscaler"};
  const std::string_view image = workload.image.known() ? std::string_view(workload.image->repository) : "";
  const std::string_view name = image.substr(image.rfind('/') + 1);
  if (std::ranges::find(kClients, name) != kClients.end()) return true;
  for (const auto* command : {&workload.entrypoint, &workload.command}) {
    if (!command->known()) continue;
    for (const std::string& word : (*command)->arguments) {
      if (word.starts_with("kubectl") || word.find(" kubectl ") != std::string::npos) return true;
    }
  }
  return false;
}

YamlEditor::Done withhold(OpenObject& object, const PodFacts& pod) {
  const auto read = parse_path(pod.pod_spec.node);
  if (!read || !object.has(*read)) return refuse("its place in the document is not known");
  return object.yaml().set(with(*read, {"automountServiceAccountToken"}), YamlValue::boolean(false));
}

// All pods of the object at once: its findings are one at each of them.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  for (const Workload* pod : pods_of(*object->object, context.subjects)) {
    const bool stated = pod->pod->automount_token && pod->pod->automount_token.is(false);
    if (stated) continue;
    for (const Workload& container : context.subjects.workloads) {
      if (container.pod && container.pod->pod_spec == pod->pod->pod_spec && asks_api_server(container))
        return refuse(
            quoted(container.name) +
            " asks the API server, for which it needs the token: bind its account to what it asks, and no more");
    }
    if (const KubernetesObject* binding = binding_of(*pod->pod, context.subjects))
      return refuse("its account has rights by " + binding->kind + " " + quoted(binding->name) +
                    ": it uses the API server, or the binding is not needed");
    if (auto done = withhold(*object, *pod->pod); !done) return std::unexpected(std::move(done.error()));
  }
  return finished(*object, {}, "a program that asks the API server needs its token: leave this out for it");
}

}  // namespace

extern constinit const Remedy service_account_token{"service-account-token", plan};

}  // namespace oakum::fix::kubernetes
