// What rules ask of an image: configuration and history from its config, and facts about its files from its layers.
#pragma once

#include <string>

#include "base/error.h"
#include "model/image_facts.h"
#include "model/subjects.h"
#include "read/image/scan.h"
#include "read/image/source.h"

namespace oakum::image {

// Configuration and history alone: no layer is opened.
Result<ImageFacts> config_facts(const ImageSource& source, std::string name);

// Those, and facts about the files of all layers (each read once, streamed; nothing is unpacked).
Result<ImageFacts> image_facts(ImageSource& source, std::string name, const ScanOptions& options);

// A base image that is here already: an engine's store, containers-storage, an archive or OCI layout below
// `directories` that carries this name. Never asks a registry. not_found names the places that were tried.
struct LocalImages {
  std::vector<std::string> directories;  // looked through for archives and layouts
  SourceOptions options;
};
Result<ImageFacts> find_local_image(const ImageReference& reference, const LocalImages& local, bool with_files);

}  // namespace oakum::image
