// Everything that was read for one target, or for targets that belong together (a Compose project and the Dockerfiles
// it builds): what the rules look at.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/compose.h"
#include "model/dockerfile.h"
#include "model/finding.h"
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
  // What is no mistake of the file but is not here to read: an env_file that is not in the repository, a chart's
  // renderer.
  std::vector<NotEvaluated> not_evaluated;

  // Sources are numbered from here, so that Subjects read side by side can be put together without renumbering origins.
  std::uint32_t first_source = 0;

  // Returns the number that origins carry.
  std::uint32_t add_source(std::string name, std::string text);
  // By that number; nullptr for one that is not here.
  const Source* source(std::uint32_t number) const;
};

}  // namespace oakum
