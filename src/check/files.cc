#include "check/files.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "base/fd.h"
#include "base/parallel.h"
#include "base/process.h"
#include "base/text.h"
#include "check/detect.h"

namespace oakum::check {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 200'000;
constexpr int kMaxDepth = 64;

std::string joined(const std::string& directory, std::string_view name) {
  if (directory == ".") return std::string(name);
  return directory.ends_with('/') ? directory + std::string(name) : directory + "/" + std::string(name);
}

Error too_many(const std::string& directory) {
  return {ErrorCode::limit, directory,
          "holds more than " + with_thousands(kMaxFiles) + " files or directories; the others were not read",
          "name the directories that matter"};
}

Error too_deep(const std::string& directory) {
  return {ErrorCode::limit, printable(directory, 500),
          "lies more than " + std::to_string(kMaxDepth) + " directories deep; what is there was not read",
          "name it as a target"};
}

// Runs git in `directory`; the paths it prints (NUL-separated, relative to it).
Result<std::vector<std::string>> git_paths(const std::string& directory, std::vector<std::string> arguments) {
  std::vector<std::string> argv = {"git", "-C", directory};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  OAKUM_TRY(const ProcessResult result, run_process(argv, {}, {.output_bytes = 64U << 20}));
  if (result.exit_status != 0) {
    return fail(ErrorCode::usage, directory, "git says: " + std::string(trim(printable(result.errors, 300))),
                "name a revision of this work tree");
  }
  std::vector<std::string> paths;
  std::string_view rest = result.output;
  while (!rest.empty()) paths.emplace_back(next_field(rest, '\0'));
  return paths;
}

bool in_work_tree(const std::string& directory) {
  std::error_code ignored;
  fs::path at = fs::absolute(directory, ignored);
  for (; !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / ".git", ignored)) return true;
    if (at == at.root_path()) return false;
  }
  return false;
}

void keep(const std::string& directory, const std::vector<std::string>& names, FileList& list) {
  for (const std::string& name : names) {
    if (!worth_reading(name)) continue;
    std::string path = joined(directory, name);
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) list.paths.push_back(std::move(path));
  }
}

// What one directory holds.
struct Listing {
  std::vector<std::string> files, directories;
  std::error_code error;
};

Listing list_directory(const std::string& directory) {
  Listing listing;
  fs::directory_iterator at(directory, fs::directory_options::skip_permission_denied, listing.error);
  for (; !listing.error && at != fs::directory_iterator(); at.increment(listing.error)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;
    if (at->is_directory(ignored)) {
      if (name != ".git" && name != "node_modules" && !at->is_symlink(ignored))
        listing.directories.push_back(joined(directory, name));
    } else if (worth_reading(name) && at->is_regular_file(ignored)) {
      listing.files.push_back(joined(directory, name));
    }
    if (listing.files.size() > kMaxFiles || listing.directories.size() > kMaxFiles) break;
  }
  return listing;
}

// Level by level, the directories of each side by side.
void walk(const std::string& root, FileList& list) {
  std::vector<std::string> level = {root};
  for (int depth = 0; depth <= kMaxDepth && !level.empty(); ++depth) {
    std::vector<Listing> listings(level.size());
    parallel_for(level.size(), hardware_threads(), [&](std::size_t i) { listings[i] = list_directory(level[i]); });
    std::vector<std::string> next;
    for (std::size_t i = 0; i < level.size(); ++i) {
      if (listings[i].error) {
        list.errors.push_back(
            Error{ErrorCode::io, level[i], "could not be read to the end: " + listings[i].error.message(), {}});
      }
      std::ranges::move(listings[i].files, std::back_inserter(list.paths));
      std::ranges::move(listings[i].directories, std::back_inserter(next));
      if (list.paths.size() > kMaxFiles || next.size() > kMaxFiles) {
        list.paths.resize(std::min(list.paths.size(), kMaxFiles));
        list.errors.push_back(too_many(root));
        return;
      }
    }
    level = std::move(next);
  }
  if (!level.empty()) list.errors.push_back(too_deep(level.front()));
}

Status add_changed(const std::string& directory, const std::string& revision, FileList& list) {
  OAKUM_TRY(const auto changed,
            git_paths(directory, {"diff", "--name-only", "--relative", "-z", "--diff-filter=d", revision, "--", "."}));
  OAKUM_TRY(const auto untracked, git_paths(directory, {"ls-files", "-z", "--others", "--exclude-standard"}));
  keep(directory, changed, list);
  keep(directory, untracked, list);
  return {};
}

}  // namespace

Result<FileList> list_files(const std::string& directory, const std::string& changed_since) {
  FileList list;
  if (!changed_since.empty()) {
    if (changed_since.starts_with('-')) return fail(ErrorCode::usage, changed_since, "is not a revision");
    OAKUM_CHECK(add_changed(directory, changed_since, list));
  } else if (in_work_tree(directory)) {
    if (auto paths = git_paths(directory, {"ls-files", "-z", "--cached", "--others", "--exclude-standard"}); paths) {
      keep(directory, *paths, list);
    } else {
      walk(directory, list);
    }
  } else {
    walk(directory, list);
  }
  std::ranges::sort(list.paths);
  const auto repeated = std::ranges::unique(list.paths);
  list.paths.erase(repeated.begin(), repeated.end());
  return list;
}

}  // namespace oakum::check
