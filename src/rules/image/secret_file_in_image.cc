#include <algorithm>
#include <string_view>

#include "rules/image/files.h"

namespace oakum::rules {

namespace {

// Of one image; beyond, they are counted.
constexpr std::size_t kMost = 200;

// Names that many harmless files have too: certificates, examples of configuration.
bool is_weak(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.ends_with(".pem") || name.ends_with(".key") || name.ends_with(".npmrc") || name == "secrets.yml" ||
         name == "secrets.yaml";
}

// Facts are sorted by path, so those of one path lie together. A copy that a later layer replaced is the same find as
// the one that is visible.
bool is_copy(const ImageFacts& image, const FileFact& hidden) {
  const auto same = std::ranges::equal_range(image.files, hidden.path, {}, &FileFact::path);
  return std::ranges::any_of(
      same, [&](const FileFact& file) { return file.kind == hidden.kind && (!file.deleted_later || &file < &hidden); });
}

void tell(const ImageFacts& image, const FileFact& file, Judge& judge) {
  const std::string how =
      file.deleted_later ? " is deleted by a later layer and still there to read" : " has the name of a credential";
  Finding& finding = judge.found(image, join({quoted(file.path), how}));
  finding.evidence = brought_by(image, file);
  if (is_weak(file.path)) finding.severity = Severity::medium;
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  std::size_t told = 0;
  for (const FileFact& file : image.files) {
    if (file.kind != FileFact::Kind::secret_name || (file.deleted_later && is_copy(image, file))) continue;
    if (told++ < kMost) tell(image, file, judge);
  }
  if (told > kMost) judge.found(image, join({std::to_string(told - kMost), " more files have names of credentials"}));
}

}  // namespace

extern constinit const Rule secret_file_in_image{
    .info = checked({
        .id = "secret-file-in-image",
        .title = "a file that is called like a credential lies in the image",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "I",
        .aliases = "CIS-4.10 CIS-DI-0010",
        .fix = FixSafety::advice,
        .fix_summary =
            "leave it out of the build context (.dockerignore), use a secret mount, and change the credential",
        .why = "Everybody who can pull an image can read every file of every layer, those that a later step deleted "
               "included. A key or password that was built in must be considered known to others.",
        .bad = {Surface::image, R"({"files": [{"path": "/root/.ssh/id_ed25519", "content": "key"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/root/.ssh/id_ed25519.pub", "content": "key"}]})"},
        .references = "https://docs.docker.com/build/building/secrets/ "
                      "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
