// What the rules on Kubernetes objects share.
#pragma once

#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

// `group` is "" for the core group.
bool is_kind(const KubernetesObject& object, std::string_view group, std::string_view kind);

// The object's containers; one container of each of its pods (what a pod states is the same for all of them).
std::vector<const Workload*> containers_of(const KubernetesObject& object, const Subjects& subjects);
std::vector<const Workload*> pods_of(const KubernetesObject& object, const Subjects& subjects);

// A patch, or what an operator puts into a pod of its own (some container has no image), or a task that others run: it
// does not say everything of its pod.
bool is_fragment(const KubernetesObject& object, const Subjects& subjects);

// Main containers that are meant to keep running: not those of jobs, workflows and pods that may end.
bool keeps_running(const Workload& workload);
// Main, init and sidecar containers: ephemeral ones may not say some things at all.
bool is_ephemeral(const Workload& workload);

// Could objects of the two namespaces meet? One that is not said is decided when it is applied.
bool may_share_namespace(std::string_view a, std::string_view b);

// Is version 1.`minor` or later asked for? (The newest, when none is.)
bool at_least(const Judge& judge, int minor);

// The first scalar at `prefix` or below it ("spec.tls" finds "spec.tls[0].secretName"); nullptr when there is none.
const Stated<KeyValue>* first_below(const KubernetesObject& object, std::string_view prefix);
// Where to point for a thing that is stated at `prefix`: its first scalar, or the object's name.
const Origin& place_of(const KubernetesObject& object, std::string_view prefix);

// Only these, separated by spaces, belong to the finding.
void set_aliases(Finding& finding, std::string_view words);

}  // namespace oakum::rules
