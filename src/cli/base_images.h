// Facts about the images that files build on or run, where they are on this machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "check/unit.h"

namespace oakum::cli {

// Fills Subjects::known_images. Each image is looked for once in this object's life; what is not here stays
// absent, and rules that need it say so. Never asks a registry.
class BaseImages {
 public:
  BaseImages(const std::vector<std::string>& directories, const std::string& docker_host);
  ~BaseImages();
  BaseImages(const BaseImages&) = delete;
  BaseImages& operator=(const BaseImages&) = delete;

  void find(check::Unit& unit);

 private:
  class Finder;
  std::unique_ptr<Finder> finder_;
};

}  // namespace oakum::cli
