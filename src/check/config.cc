#include "check/config.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/fd.h"
#include "base/text.h"
#include "check/config_formats.h"
#include "model/ignore.h"

namespace oakum::check {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxBytes = 1U << 20;
constexpr int kMaxLevels = 64;

struct Format {
  std::string_view name;  // of the file
  void (*read)(const ConfigFile& file, const yaml::Node& root, Config& config);
};

// The first of a tool's names that is there counts, as with the tools; in the order of their own preference.
constexpr Format kFormats[] = {
    {".oakum.yaml", read_oakum_config},
    {".oakum.yml", read_oakum_config},
    {".hadolint.yaml", read_hadolint_config},
    {".hadolint.yml", read_hadolint_config},
    {".checkov.yaml", read_checkov_config},
    {".checkov.yml", read_checkov_config},
    {".kube-linter.yaml", read_kube_linter_config},
    {".kube-linter.yml", read_kube_linter_config},
    {".dclintrc", read_dclint_config},
    {".dclintrc.yaml", read_dclint_config},
    {".dclintrc.yml", read_dclint_config},
    {".dclintrc.json", read_dclint_config},
    {".compose-lint.yml", read_compose_lint_config},
    {".compose-lint.yaml", read_compose_lint_config},
};

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

Status read_file_into(const std::string& path, Config& config) {
  OAKUM_TRY(const std::string text, read_file(path, kMaxBytes));
  return read_config(path, text, config);
}

bool same_tool_read(const std::vector<decltype(Format::read)>& done, decltype(Format::read) read) {
  return std::ranges::find(done, read) != done.end();
}

std::string beside(const std::string& directory, std::string_view name) {
  return directory == "." ? std::string(name) : directory + "/" + std::string(name);
}

// Every tool's file of one directory; oakum's own only when `own`.
void read_directory(const std::string& directory, bool own, Config& config) {
  std::vector<decltype(Format::read)> done;
  for (const Format& format : kFormats) {
    const bool is_own = format.read == read_oakum_config;
    if ((is_own && !own) || same_tool_read(done, format.read)) continue;
    const std::string path = beside(directory, format.name);
    if (!path_exists(path)) continue;
    done.push_back(format.read);
    if (auto status = read_file_into(path, config); !status) config.errors.push_back(std::move(status.error()));
  }
  const std::string ignore = beside(directory, ".trivyignore");
  if (!path_exists(ignore)) return;
  if (auto status = read_file_into(ignore, config); !status) config.errors.push_back(std::move(status.error()));
}

// The directory that holds .oakum.yaml, from `directory` upward; "" when none does.
std::string find_upward(const std::string& directory) {
  std::error_code error;
  fs::path at = fs::absolute(directory, error).lexically_normal();
  for (int level = 0; level < kMaxLevels && !at.empty(); ++level, at = at.parent_path()) {
    if (fs::exists(at / ".oakum.yaml", error)) return at.string();
    if (fs::exists(at / ".git", error) || at == at.root_path()) return {};  // not beyond the project
  }
  return {};
}

bool same_place(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

std::string relative_to(const std::string& path, const std::string& directory) {
  if (directory.empty() || directory == ".") return path;
  std::error_code error;
  const fs::path relative = fs::relative(path, directory, error);
  return error || relative.empty() ? path : relative.string();
}

bool in_paths(const IgnoreEntry& entry, const Finding& finding) {
  if (entry.paths.empty()) return true;
  const std::string path = relative_to(finding.path, entry.directory);
  return std::ranges::any_of(entry.paths,
                             [&path](const std::string& pattern) { return matches_path_or_parent(pattern, path); });
}

bool in_subjects(const IgnoreEntry& entry, const Finding& finding) {
  return entry.subjects.empty() || std::ranges::any_of(entry.subjects, [&finding](const std::string& subject) {
           return finding.subject.find("\"" + subject + "\"") != std::string::npos || finding.subject == subject;
         });
}

bool names(const IgnoreEntry& entry, const Finding& finding) {
  return entry.names.empty() ||
         std::ranges::any_of(entry.names, [&finding](const std::string& name) { return is_called(finding, name); });
}

}  // namespace

void complain_in(const ConfigFile& file, const Span& where, std::string why, std::string todo, Config& config) {
  config.errors.push_back(
      {ErrorCode::usage, file.path + ":" + std::to_string(where.line), std::move(why), std::move(todo)});
}

IgnoreEntry ignore_entry(const ConfigFile& file, const Span& where, std::vector<std::string> entry_names) {
  IgnoreEntry entry;
  entry.by = file.path + ":" + std::to_string(where.line);
  entry.directory = file.directory;
  entry.names = std::move(entry_names);
  return entry;
}

Status read_config(const std::string& path, std::string_view text, Config& config) {
  const ConfigFile file{path, directory_of(path)};
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  config.files.push_back(path);
  if (name == ".trivyignore") {
    read_trivyignore(file, text, config);
    return {};
  }
  const auto* format = std::ranges::find(kFormats, name, &Format::name);
  OAKUM_TRY(const yaml::Node root, yaml::parse(path, text));
  if (!root.is_null() && root.kind != yaml::Node::Kind::mapping)
    return fail(ErrorCode::invalid, path, "is no mapping of keys", "see docs/configuration.md");
  (format == std::end(kFormats) ? read_oakum_config : format->read)(file, root, config);
  return {};
}

Result<Config> load_config(const std::string& directory, const std::string& file) {
  Config config;
  if (!file.empty()) {
    OAKUM_CHECK(read_file_into(file, config));
  } else if (std::string found = find_upward(directory); !found.empty() && !same_place(found, directory)) {
    if (auto status = read_file_into(found + "/.oakum.yaml", config); !status)
      config.errors.push_back(std::move(status.error()));
  }
  read_directory(directory, file.empty(), config);
  return config;
}

void apply_severities(const Config& config, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    for (const auto& [name, severity] : config.severities) {
      if (is_called(finding, name)) finding.severity = severity;
    }
  }
}

void apply_ignores(const Config& config, std::string_view today, std::vector<Finding>& findings) {
  for (const IgnoreEntry& entry : config.ignores) {
    if (!entry.until.empty() && entry.until < today) continue;
    for (Finding& finding : findings) {
      if (finding.suppressed || !names(entry, finding) || !in_paths(entry, finding) || !in_subjects(entry, finding))
        continue;
      finding.suppressed = Suppression{entry.by, entry.reason, entry.until};
    }
  }
}

}  // namespace oakum::check
