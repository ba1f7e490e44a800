// The documents of a stream, where one that does not parse leaves the others.
#pragma once

#include <string_view>
#include <vector>

#include "base/error.h"
#include "yaml/yaml.h"

namespace oakum::kubernetes {

struct ReadDocuments {
  std::vector<yaml::Node> roots;
  std::vector<Error> errors;
};

ReadDocuments read_documents(std::string_view name, std::string_view text);

}  // namespace oakum::kubernetes
