// What is tried: the services that a target's files state, in the order in which they start.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/unit.h"
#include "model/subjects.h"
#include "model/workload.h"
#include "trial/trial.h"

namespace oakum::trial {

struct Service {
  Workload workload;
  std::optional<std::size_t> dockerfile;  // index into Subjects::dockerfiles: it is built
  std::string not_tried;                  // why not; "" it is
};

struct Project {
  Subjects subjects;
  std::vector<Service> services;  // each behind those that it depends on
  std::string base;               // where relative paths start
  const ComposeProject* compose() const { return subjects.projects.empty() ? nullptr : &subjects.projects.front(); }
  // Paths of the files that decide over a service: its Dockerfile's.
  std::string dockerfile_of(const Service& service) const;
};

// Errors: what cannot be read, and `unsupported` for what is no container's (Kubernetes manifests).
Result<Project> read_project(const Target& target, const check::ReadOptions& options, const check::Texts& texts);

}  // namespace oakum::trial
