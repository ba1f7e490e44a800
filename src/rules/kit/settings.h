// What people may set about rules, from .oakum.yaml or a peer's configuration.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace oakum::rules {

// Version "1.N" of Kubernetes: which Pod Security Standard and which APIs apply. 0: the newest known.
struct KubernetesVersion {
  int minor = 0;
};

struct Settings {
  std::vector<std::string> trusted_registries;  // empty: every registry; "*.example.org", "*", "docker.io"
  std::vector<std::pair<std::string, std::string>>
      label_schema;  // name → text, url, semver, hash, rfc3339, spdx, email
  bool strict_labels = false;
  KubernetesVersion kubernetes;
};

}  // namespace oakum::rules
