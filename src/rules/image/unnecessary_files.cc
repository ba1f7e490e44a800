#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/image/files.h"

namespace oakum::rules {

namespace {

// Of one image; beyond, they are counted.
constexpr std::size_t kMost = 100;

// The directory that makes a file unnecessary, or the file itself: one line for a whole .git.
std::string group_of(const std::string& path) {
  for (const std::string_view part : {"/.git/", "/.svn/", "/.hg/", "/.aws/", "/.npm/", "/.cache/"}) {
    if (const auto at = path.find(part); at != std::string::npos) return path.substr(0, at + part.size());
  }
  if (path.starts_with("/var/")) return path.substr(0, path.find('/', path.find('/', path.find('/', 5) + 1) + 1) + 1);
  return path;
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  struct Group {
    std::size_t files = 0;
    std::uint64_t bytes = 0;
  };
  std::map<std::string, Group> groups;
  for (const FileFact* file : visible_files(image, FileFact::Kind::unnecessary)) {
    Group& group = groups[group_of(file->path)];
    ++group.files;
    group.bytes += file->size;
  }
  std::size_t told = 0;
  for (const auto& [path, group] : groups) {
    if (told++ == kMost) {
      judge.found(image, join({std::to_string(groups.size() - kMost), " more places hold files that nothing needs"}));
      return;
    }
    const bool directory = path.ends_with('/');
    judge.found(image, directory ? join({quoted(path), " holds ", std::to_string(group.files), " files (",
                                         human_bytes(group.bytes), ") that nothing needs at run time"})
                                 : join({quoted(path), " is not needed at run time"}));
  }
}

}  // namespace

extern constinit const Rule unnecessary_files{
    .info = checked({
        .id = "unnecessary-files",
        .title = "files are shipped that only the build needed",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "DKL-LI-0003",
        .fix = FixSafety::advice,
        .fix_summary = "name them in .dockerignore, and clean caches in the same RUN that fills them",
        .why = "Version control directories, caches and package lists make the image larger and tell more than they "
               "should: "
               "a .git directory holds every version of the source, and whatever was ever committed by mistake.",
        .bad = {Surface::image, R"({"files": [{"path": "/app/.git/config", "content": "[core]"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app/main.py", "content": "pass"}]})"},
        .references = "https://docs.docker.com/build/concepts/context/#dockerignore-files "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-li-0003",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
