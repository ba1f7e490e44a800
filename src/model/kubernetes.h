// Kubernetes objects that are not containers: what a pod-bearing object says beyond its containers, RBAC, network, and
// namespaces. Read by read/kubernetes; containers become Workloads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/field.h"
#include "model/origin.h"
#include "model/workload.h"

namespace oakum {

struct PolicyRule {  // of Role and ClusterRole
  List<std::string> api_groups, resources, verbs, resource_names, non_resource_urls;
  Origin origin;
};

struct RoleReference {
  std::string kind, name;
};

struct RoleSubject {
  std::string kind, name, name_space;
};

struct ServicePort {
  std::string name, protocol, target_port;
  std::uint32_t port = 0, node_port = 0;
};

struct LabelRequirement {  // of matchExpressions
  std::string key;
  std::string operation;  // "In", "NotIn", "Exists", "DoesNotExist"; others match nothing
  std::vector<std::string> values;
};

struct LabelSelector {
  std::vector<KeyValue> match_labels;
  bool has_expressions = false;
  std::vector<LabelRequirement> expressions;
  bool empty() const { return match_labels.empty() && !has_expressions; }
  // As the API server selects: every label and every requirement holds. An empty selector matches everything.
  bool matches(const std::vector<KeyValue>& labels) const;
};

struct KubernetesObject {
  std::string api_version, kind, name, name_space;  // name_space "" not said
  Origin origin;                                    // of the document
  Origin name_origin;                               // of metadata.name, or the document
  std::vector<KeyValue> labels;
  List<KeyValue> annotations;

  // Pod-bearing kinds: indexes into Subjects::workloads.
  std::vector<std::size_t> workloads;
  LabelSelector selector;  // Deployment, Service, NetworkPolicy.podSelector, PodDisruptionBudget, …
  Field<std::int64_t> replicas;
  std::vector<KeyValue> pod_labels;  // of the template

  // RBAC
  std::vector<PolicyRule> rules;
  Field<RoleReference> role;
  List<RoleSubject> subjects;

  // NetworkPolicy
  List<std::string> policy_types;
  bool allows_all_ingress = false, allows_all_egress = false;  // a rule that leaves out nobody and no port
  Origin all_ingress;                                          // of that rule

  // Service, Ingress
  Field<std::string> service_type;
  List<std::string> external_ips;
  List<ServicePort> service_ports;
  List<std::string> ingress_hosts, ingress_backends;
  bool ingress_tls = false;

  // ConfigMap, Secret: key and value (Secret data decoded where it is text)
  List<KeyValue> data;

  // ServiceAccount
  Field<bool> automount_token;

  // The rest, as paths and scalars ("spec.maxUnavailable" → "1"), so that a rule can ask for what has no field here.
  List<KeyValue> scalars;
  const Stated<KeyValue>* scalar(std::string_view path) const;
};

}  // namespace oakum
