#include "model/image_facts.h"

#include <algorithm>

namespace oakum {

bool ImageFacts::has_file(FileFact::Kind kind, std::string_view file_name) const {
  return std::ranges::any_of(files, [=](const FileFact& file) {
    const std::string_view path = file.path;
    return file.kind == kind && !file.deleted_later && path.substr(path.rfind('/') + 1) == file_name;
  });
}

}  // namespace oakum
