// The names of images that a subject is made of or runs, for the rules about tags, digests and registries.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

struct NamedImage {
  ImageReference image;
  Origin origin;                  // of the name
  std::string subject;            // whose it is
  bool through_variable = false;  // FROM names it by an ARG's default
};

// Which images a rule asks for: most of the others are not even gathered.
using ImageTest = bool (*)(const ImageReference& image);

// The image a workload runs; none where it is built here (`image:` then names what comes out), unknown, or `scratch`.
std::vector<NamedImage> images_of(const Workload& workload, ImageTest wanted);
// What FROM names: no earlier stages, no scratch, nothing that depends on a variable.
std::vector<NamedImage> bases_of(const Dockerfile& dockerfile, ImageTest wanted);
// Also what COPY --from and RUN --mount from= name, where it is no stage.
std::vector<NamedImage> sources_of_files(const Dockerfile& dockerfile);

// Leaves the aliases of those peers that judge the names of images on that surface. hadolint does not look up what a
// variable holds.
void name_aliases(Finding& finding, Surface surface, bool through_variable = false);

}  // namespace oakum::rules
