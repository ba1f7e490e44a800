#include "fix/kit/image_needs.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "fix/kit/image_table.h"

namespace oakum::fix {

namespace {

bool lists(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    if (next_field(list, ' ') == word) return true;
  }
  return false;
}

}  // namespace

std::string_view ImageNeeds::user_of(const ImageReference& image) const {
  const bool alpine = image.tag.find("alpine") != std::string::npos;
  return alpine && !alpine_user.empty() ? alpine_user : user;
}

bool ImageNeeds::reads_from_file(std::string_view variable) const {
  return file_variables == "*" || lists(file_variables, variable);
}

const ImageNeeds* needs_of_image(const ImageReference& image) {
  if (image.variable) return nullptr;
  const std::string name = image.canonical_name();
  const ImageNeeds* below = nullptr;  // of a whole directory of repositories: one of its own goes before it
  for (const std::span<const ImageNeeds> table : {official_images(), published_images()}) {
    for (const ImageNeeds& row : table) {
      if (row.name == name) return &row;
      if (row.name.ends_with('/') && name.starts_with(row.name)) below = &row;
    }
  }
  return below;
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) words.emplace_back(next_field(list, ' '));
  return words;
}

}  // namespace oakum::fix
