// Kubernetes annotations that suppress, as the peers write them:
//   ignore-check.kube-linter.io/CHECK: reason · kube-linter.io/ignore-all: reason · checkov.io/skipN: ID=reason
//   polaris.fairwinds.com/exempt: "true" · polaris.fairwinds.com/CHECK-exempt: "true" · kube-score/ignore: check,check
#pragma once

#include <vector>

#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::check {

// Marks the findings inside an object that its metadata's annotations, or its pod template's, suppress.
void apply_annotations(const Subjects& subjects, std::vector<Finding>& findings);

}  // namespace oakum::check
