#include "rules/image/files.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::rules {

namespace {

constexpr std::size_t kNamed = 5;
constexpr std::size_t kMaxEvidence = 4096;

}  // namespace

bool files_known(const ImageFacts& image, Judge& judge) {
  if (image.files_known) return true;
  judge.could_not(image.origin, join({"image ", quoted(image.name)}),
                  "only its configuration was read; check the image itself");
  return false;
}

std::vector<const FileFact*> visible_files(const ImageFacts& image, FileFact::Kind kind) {
  std::vector<const FileFact*> files;
  for (const FileFact& file : image.files) {
    if (file.kind == kind && !file.deleted_later) files.push_back(&file);
  }
  const auto same = [](const FileFact* a, const FileFact* b) { return a->path == b->path; };
  files.erase(std::ranges::unique(files, same).begin(), files.end());
  return files;
}

std::string listed(std::string_view what, const std::vector<const FileFact*>& files) {
  std::string text = join({std::to_string(files.size()), " ", what, files.size() == 1 ? ": " : "s: "});
  const std::size_t named = std::min(files.size(), kNamed);
  for (std::size_t i = 0; i < named; ++i) text += join({i == 0 ? "" : ", ", quoted(files[i]->path)});
  if (files.size() > named) text += join({" and ", std::to_string(files.size() - named), " more"});
  return text;
}

std::string brought_by(const ImageFacts& image, const FileFact& file) {
  if (file.history < image.history.size() && !image.history[file.history].instruction.empty())
    return join({"brought by ", printable(image.history[file.history].instruction, 120)});
  return file.layer.empty() ? std::string() : join({"in layer ", file.layer});
}

std::string all_paths(const std::vector<const FileFact*>& files) {
  std::string text;
  if (files.size() <= kNamed) return text;
  for (const FileFact* file : files) {
    if (text.size() > kMaxEvidence) return text + ", …";
    text += join({text.empty() ? "" : ", ", printable(file->path, 256)});
  }
  return text;
}

}  // namespace oakum::rules
