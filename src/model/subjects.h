// Everything that was read for one target, or for targets that belong together (a Compose project and the Dockerfiles
// it builds): what the rules look at.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/compose.h"
#include "model/dockerfile.h"
#include "model/image_facts.h"
#include "model/kubernetes.h"
#include "model/origin.h"
#include "model/workload.h"

namespace oakum {

struct Subjects {
  std::vector<Source> sources;
  std::vector<Workload> workloads;
  std::vector<Dockerfile> dockerfiles;
  std::vector<ComposeProject> projects;
  std::vector<KubernetesObject> objects;
  std::vector<ImageFacts> images;  // being judged themselves

  // Facts about images that the others build on or run, by ImageReference::text. Absent: not found locally, not known.
  std::map<std::string, ImageFacts, std::less<>> known_images;

  std::vector<Error> errors;  // what could not be read; the rest is here

  std::uint32_t add_source(std::string name, std::string text) {
    sources.push_back({std::move(name), std::move(text)});
    return static_cast<std::uint32_t>(sources.size() - 1);
  }
};

}  // namespace oakum
