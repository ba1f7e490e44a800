// One control followed through the surfaces that can state it: Dockerfile → image → Compose, manifest or run line →
// running container → kernel. Tells who has the last word, and where the control is won or lost.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/unit.h"

namespace oakum::check {

struct Step {
  std::string where;  // "Dockerfile:12", "image nginx:1.27", "compose.yaml:15:5", "the engine's default", "kernel"
  std::string says;   // "USER 1000", "user: root", "uid 0"
  bool decides = false;
};

struct Trail {
  std::string subject;      // `service "web"`
  std::vector<Step> steps;  // in the order in which they apply; at least one
  bool held = false;
  std::string verdict;  // "won at compose.yaml:15:5: runs as 1000"; "lost at …"
};

struct Control {
  std::string_view name;  // "user", "capabilities", …
  std::string_view asks;  // what is wanted: "not root"
};
std::span<const Control> controls();

// A trail for each workload; for what an image says alone, also for each image and each Dockerfile that nothing here
// builds. A running container is joined with the service or run line that started it, by Compose's labels or its name.
// `name` is one of controls().
std::vector<Trail> follow(std::string_view name, const std::vector<const Subjects*>& subjects);

}  // namespace oakum::check
