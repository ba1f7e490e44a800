#include "read/kubernetes/object.h"

#include "read/kubernetes/pod.h"

namespace oakum::kubernetes {

namespace {

struct KindReader {
  std::string_view group;
  std::string_view kind;
  void (*read)(const Place& document, KubernetesObject& object);
};

void read_service_account(const Place& document, KubernetesObject& object) {
  state(object.automount_token, document.at("automountServiceAccountToken"));
}

// Kinds are told apart by group, too: Knative has a Service of its own.
constexpr KindReader kReaders[] = {
    {"rbac.authorization.k8s.io", "Role", read_rbac},
    {"rbac.authorization.k8s.io", "ClusterRole", read_rbac},
    {"rbac.authorization.k8s.io", "RoleBinding", read_rbac},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", read_rbac},
    {"networking.k8s.io", "NetworkPolicy", read_network_policy},
    {"extensions", "NetworkPolicy", read_network_policy},
    {"networking.k8s.io", "Ingress", read_ingress},
    {"extensions", "Ingress", read_ingress},
    {"", "Service", read_service},
    {"", "ServiceAccount", read_service_account},
    {"", "ConfigMap", read_config_map},
    {"", "Secret", read_secret},
};

void read_metadata(const Place& document, KubernetesObject& object) {
  const Place metadata = document.at("metadata");
  Place name = metadata.at("name");
  if (!name) name = metadata.at("generateName");
  object.name = name.text_or_empty();
  object.name_origin = name ? name.origin() : document.find("kind").origin();
  object.name_space = metadata.at("namespace").text_or_empty();
  object.labels = pairs(metadata.at("labels"));
  state(object.annotations, metadata.at("annotations"));
}

bool is_list(const Place& document, std::string_view kind) {
  const Place items = document.find("items");
  return kind.ends_with("List") && items.node() != nullptr &&
         (!items || items.node()->kind == yaml::Node::Kind::sequence);
}

// Input of kustomize, not of a cluster.
bool is_for_kustomize(std::string_view api_version) { return group_of(api_version) == "kustomize.config.k8s.io"; }

}  // namespace

std::string_view group_of(std::string_view api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view() : api_version.substr(0, slash);
}

void read_object(const Place& document, Subjects& subjects) {
  if (document.node()->kind != yaml::Node::Kind::mapping) {
    document.manifest().tell(document.origin().span, "is not a Kubernetes object: no mapping");
    return;
  }
  KubernetesObject object;
  object.kind = document.at("kind").text_or_empty();
  object.api_version = document.at("apiVersion").text_or_empty();
  if (object.kind.empty() || object.api_version.empty()) {
    document.manifest().tell(document.origin().span, "is not a Kubernetes object: it has no apiVersion or no kind");
    return;
  }
  if (is_list(document, object.kind)) {
    for (const Place& item : document.at("items").items()) {
      if (item) read_object(item, subjects);
    }
    return;
  }
  if (is_for_kustomize(object.api_version)) return;
  object.origin = document.origin();
  read_metadata(document, object);
  read_selector(document, object);
  state(object.replicas, document.find("spec").find("replicas"));
  for (const KindReader& row : kReaders) {
    if (row.kind == object.kind && row.group == group_of(object.api_version)) row.read(document, object);
  }
  read_scalars(document, object);
  read_pods(document, object, subjects);
  subjects.objects.push_back(std::move(object));
}

}  // namespace oakum::kubernetes
