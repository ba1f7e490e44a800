// One document, or one item of a List, as a KubernetesObject with its workloads.
#pragma once

#include "model/subjects.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

// Appends to `subjects`. What is no object (no kind) is one error.
void read_object(const Place& document, Subjects& subjects);

// "apps" of "apps/v1"; "" for the core group.
std::string_view group_of(std::string_view api_version);

// Of a kind's own facts: each fills the fields of KubernetesObject that the kind has.
void read_selector(const Place& document, KubernetesObject& object);
void read_rbac(const Place& document, KubernetesObject& object);
void read_network_policy(const Place& document, KubernetesObject& object);
void read_service(const Place& document, KubernetesObject& object);
void read_ingress(const Place& document, KubernetesObject& object);
void read_config_map(const Place& document, KubernetesObject& object);
void read_secret(const Place& document, KubernetesObject& object);
// Every scalar but those of `data`, with its path. At most kMaxScalars.
void read_scalars(const Place& document, KubernetesObject& object);
inline constexpr std::size_t kMaxScalars = 20'000;

}  // namespace oakum::kubernetes
