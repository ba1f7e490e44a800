#include "read/runcmd/env_files.h"

#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace oakum::runcmd {

namespace {

constexpr std::size_t kMaxFiles = 1000;
constexpr std::size_t kMaxVariables = 100'000;

struct Setting {
  std::string name;
  std::optional<std::string> value;  // unset: taken from where the line runs
  Span span;
};

struct EnvFile {
  std::uint32_t source = 0;
  std::vector<Setting> settings;
  std::optional<Error> error;
};

// NAME=value as it stands, quotes and all; NAME alone; '#' begins a comment only at the begin of a line
// (docker.com/reference/cli/docker/container/run, --env-file).
std::vector<Setting> settings_of(std::string_view text, std::size_t limit) {
  std::vector<Setting> settings;
  const LineIndex lines(text);
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (settings.size() < limit) {
    const auto whole = next_line(rest);
    if (!whole) break;
    const std::string_view line = trim(*whole);
    if (line.empty() || line.front() == '#') continue;
    std::string_view value = line;
    const std::string_view name = next_field(value, '=');
    if (name.empty() || name.find_first_of(" \t") != std::string_view::npos) continue;
    const auto begin = static_cast<std::size_t>(line.data() - text.data());
    Setting setting{std::string(name), {}, lines.span(begin, begin + line.size())};
    if (name.size() < line.size()) setting.value = value;
    settings.push_back(std::move(setting));
  }
  return settings;
}

class Reading {
 public:
  Reading(const ReadFile& read, const std::string& directory, Subjects& subjects)
      : read_(read), directory_(directory), subjects_(subjects) {}

  void add_to(Workload& workload) {
    std::set<std::string> named;  // what wins: -e, and the file named last
    for (const auto& item : workload.environment) named.insert(item.value.name);
    std::vector<Stated<EnvironmentVariable>> added;
    const auto& files = workload.env_files.items;
    for (auto file = files.rbegin(); file != files.rend(); ++file) {
      if (file->known && !file->value.empty()) add(workload, *file, named, added);
    }
    if (added.empty()) return;
    List<EnvironmentVariable>& list = workload.environment;
    if (!list.stated) list.origin = workload.env_files.origin;
    list.stated = true;
    list.items.insert(list.items.end(), std::make_move_iterator(added.rbegin()), std::make_move_iterator(added.rend()));
  }

 private:
  void add(const Workload& workload, const Stated<std::string>& path, std::set<std::string>& named,
           std::vector<Stated<EnvironmentVariable>>& added) {
    const EnvFile* file = file_of(path.value);
    if (file == nullptr) return;
    if (file->error) {
      subjects_.not_evaluated.push_back({"secret-in-env", workload.subject,
                                         "--env-file \"" + printable(path.value, 200) + "\" is not here to read",
                                         path.origin});
      return;
    }
    for (auto at = file->settings.rbegin(); at != file->settings.rend() && left_ > 0; ++at, --left_) {
      const Setting& setting = *at;
      if (!named.insert(setting.name).second) continue;
      EnvironmentVariable variable{setting.name, setting.value, EnvironmentVariable::From::file, path.value};
      if (!setting.value) variable.from = EnvironmentVariable::From::host;
      added.push_back({std::move(variable),
                       {Surface::run_command, file->source, setting.span, "--env-file." + setting.name},
                       true});
    }
  }

  // nullptr: too many.
  const EnvFile* file_of(const std::string& path) {
    if (const auto found = files_.find(path); found != files_.end()) return &found->second;
    if (files_.size() >= kMaxFiles) return nullptr;
    EnvFile& file = files_[path];
    std::string name = path;
    const bool beside = !path.starts_with('/') && !directory_.empty() && directory_ != ".";
    if (beside) name = directory_ + "/" + path;
    Result<std::string> text = read_(name);
    if (!text && beside) {
      name = path;
      text = read_(name);
    }
    if (text) {
      file.settings = settings_of(*text, kMaxVariables);
      file.source = subjects_.add_source(name, std::move(*text));
    } else {
      file.error = std::move(text.error());
    }
    return &file;
  }

  const ReadFile& read_;
  const std::string& directory_;
  Subjects& subjects_;
  std::map<std::string, EnvFile> files_;
  std::size_t left_ = kMaxVariables;
};

}  // namespace

void read_env_files(const ReadFile& read, const std::string& directory, std::size_t first, Subjects& subjects) {
  Reading reading(read, directory, subjects);
  for (std::size_t i = first; i < subjects.workloads.size(); ++i) reading.add_to(subjects.workloads[i]);
}

}  // namespace oakum::runcmd
