#include "cli/base_images.h"

#include <map>
#include <optional>
#include <utility>

#include "read/image/facts.h"

namespace oakum::cli {

namespace {

constexpr std::size_t kMaxImages = 200;  // asked about in one run

}  // namespace

class BaseImages::Finder {
 public:
  Finder(const std::vector<std::string>& directories, const std::string& docker_host) {
    local_.directories = directories;
    local_.options.docker_host = docker_host;
  }

  void look(const ImageReference& reference, Subjects& subjects) {
    if (reference.text.empty() || reference.variable || reference.text == "scratch") return;
    if (const ImageFacts* facts = find(reference)) subjects.known_images.emplace(reference.text, *facts);
  }

 private:
  const ImageFacts* find(const ImageReference& reference) {
    const auto known = found_.find(reference.text);
    if (known != found_.end()) return known->second ? &*known->second : nullptr;
    if (found_.size() >= kMaxImages) return nullptr;
    // With directories given, their archives are read through; an engine's images answer by their configuration.
    auto facts = image::find_local_image(reference, local_, !local_.directories.empty());
    auto& slot = found_[reference.text];
    if (facts) slot = std::move(*facts);
    return slot ? &*slot : nullptr;
  }

  image::LocalImages local_;
  std::map<std::string, std::optional<ImageFacts>> found_;
};

BaseImages::BaseImages(const std::vector<std::string>& directories, const std::string& docker_host)
    : finder_(std::make_unique<Finder>(directories, docker_host)) {}

BaseImages::~BaseImages() = default;

void BaseImages::find(check::Unit& unit) {
  Subjects& subjects = unit.subjects;
  for (const Dockerfile& file : subjects.dockerfiles) {
    for (const Stage& stage : file.stages) {
      if (!stage.parent && stage.image_known) finder_->look(stage.image, subjects);
    }
  }
  for (const Workload& workload : subjects.workloads) {
    if (workload.image.known()) finder_->look(*workload.image, subjects);
  }
}

}  // namespace oakum::cli
