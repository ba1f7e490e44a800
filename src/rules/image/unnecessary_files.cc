#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/image/files.h"

namespace oakum::rules {

namespace {

// Of one image; beyond, they are counted.
constexpr std::size_t kMost = 100;

// The directory that makes a file unnecessary, one line for a whole .git; "" for a file that is so by itself.
std::string group_of(const std::string& path) {
  for (const std::string_view part : {"/.git/", "/.svn/", "/.hg/", "/.aws/", "/.npm/", "/.cache/"}) {
    if (const auto at = path.find(part); at != std::string::npos) return path.substr(0, at + part.size());
  }
  if (!path.starts_with("/var/")) return "";
  const auto second = path.find('/', path.find('/', 5) + 1);  // /var/lib/apt/lists/…
  const auto third = path.find('/', second + 1);
  const bool lists = path.starts_with("/var/lib/apt/lists/") || path.starts_with("/var/cache/apt/archives/") ||
                     path.starts_with("/var/cache/pacman/pkg/");
  return path.substr(0, (lists ? third : second) + 1);
}

struct Group {
  std::size_t files = 0;
  std::uint64_t bytes = 0;
};

void tell(const ImageFacts& image, const std::map<std::string, Group>& groups, Judge& judge) {
  std::size_t told = 0;
  for (const auto& [path, group] : groups) {
    if (told++ == kMost) {
      judge.found(image, join({std::to_string(groups.size() - kMost), " more places hold files that nothing needs"}));
      return;
    }
    judge.found(image,
                join({quoted(path), " holds ", std::to_string(group.files), group.files == 1 ? " file (" : " files (",
                      human_bytes(group.bytes), ") that nothing needs at run time"}));
  }
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  std::map<std::string, Group> groups;
  std::vector<const FileFact*> single;
  for (const FileFact* file : visible_files(image, FileFact::Kind::unnecessary)) {
    const std::string name = group_of(file->path);
    if (name.empty()) {
      single.push_back(file);
      continue;
    }
    Group& group = groups[name];
    ++group.files;
    group.bytes += file->size;
  }
  tell(image, groups, judge);
  if (!single.empty()) judge.found(image, listed("build file", single)).evidence = all_paths(single);
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
