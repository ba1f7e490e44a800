#include "cli/check_targets.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fcntl.h>

#include "base/fd.h"
#include "base/parallel.h"
#include "base/text.h"
#include "check/compose_override.h"
#include "check/files.h"
#include "read/engine/engine.h"
#include "read/image/facts.h"
#include "read/image/source.h"
#include "read/runcmd/env_files.h"
#include "read/runcmd/runcmd.h"

namespace oakum::cli {

namespace {

using check::FileKind;
using check::Pending;

constexpr std::size_t kMagicBytes = 512;

class Gatherer {
 public:
  explicit Gatherer(const CheckArguments& arguments) : arguments_(arguments) {}

  CheckTargets gather() {
    if (!arguments_.compose_files.empty()) add_compose(arguments_.compose_files);
    std::vector<std::string> targets = arguments_.targets;
    if (targets.empty() && arguments_.compose_files.empty()) targets.emplace_back(".");
    if (is_run_line(targets)) {
      add_run_line(targets);
    } else {
      for (const std::string& target : targets) add(target);
    }
    return std::move(result_);
  }

 private:
  // Images and containers are numbered apart from files, which read_all() numbers by their place.
  std::uint32_t next_source() const {
    return static_cast<std::uint32_t>(result_.pending.size()) * check::kSourcesPerUnit;
  }

  void add_run_line(const std::vector<std::string>& words) {
    Pending pending;
    pending.unit.kind = TargetKind::run_command;
    pending.unit.name = words[0] + " " + words[1];
    pending.unit.subjects.first_source = next_source();
    runcmd::read_argv(words, pending.unit.subjects);
    const auto read = [](const std::string& path) { return read_file(path, check::kMaxFileBytes); };
    runcmd::read_env_files(read, {}, 0, pending.unit.subjects);
    if (pending.unit.subjects.workloads.empty() && pending.unit.subjects.errors.empty()) {
      result_.errors.push_back(
          {ErrorCode::usage, printable(words[0], 80), "no run line follows", "write -- docker run [OPTIONS] IMAGE"});
      return;
    }
    result_.pending.push_back(std::move(pending));
  }

  void add_compose(const std::vector<std::string>& paths) {
    Pending pending;
    pending.kind = FileKind::compose;
    pending.unit.kind = TargetKind::compose;
    pending.unit.name = paths.front();
    pending.unit.paths = paths;
    for (const std::string& path : paths) seen_.insert(path);
    result_.pending.push_back(std::move(pending));
  }

  void add(const std::string& target) {
    if (target == "-") return add_standard_input();
    if (target == "containers") return add_all_containers();
    if (target.starts_with("container:")) return add_container(target.substr(10));
    if (target.starts_with("image:")) return add_image(target.substr(6), target.substr(6));
    if (!path_exists(target)) return add_reference(target);
    if (is_directory(target)) return add_directory(target);
    add_file(target);
  }

  // Neither file nor directory: a run line in one word, or an image.
  void add_reference(const std::string& target) {
    if (target.find(' ') != std::string::npos && runcmd::mentions_run(target)) {
      Pending pending;
      pending.kind = FileKind::run_lines;
      pending.unit.kind = TargetKind::run_command;
      pending.unit.name = "<command line>";
      pending.unit.text = target + "\n";
      result_.pending.push_back(std::move(pending));
      return;
    }
    if (target.starts_with('.') || target.starts_with('/')) {
      result_.errors.push_back({ErrorCode::not_found, printable(target, 200), "there is no such file", {}});
      return;
    }
    add_image(target, target);
  }

  void add_standard_input() {
    auto text = read_file("/dev/stdin", check::kMaxFileBytes);
    if (!text) {
      result_.errors.push_back(std::move(text.error()));
      return;
    }
    const std::string name = arguments_.stdin_name.empty() ? "<stdin>" : arguments_.stdin_name;
    FileKind kind = check::detect(name, *text, true);
    if (kind == FileKind::none && runcmd::mentions_run(*text)) kind = FileKind::run_lines;
    if (kind == FileKind::none) {
      result_.errors.push_back({ErrorCode::unsupported, name,
                                "is neither Dockerfile, Compose file, manifest, inspect output nor run line",
                                "say what it is with --stdin-name, as Dockerfile or compose.yaml"});
      return;
    }
    Pending pending;
    pending.kind = kind;
    pending.unit.kind = check::target_kind(kind);
    pending.unit.name = name;
    pending.unit.text = std::move(*text);
    result_.pending.push_back(std::move(pending));
  }

  void add_directory(const std::string& directory) {
    if (path_exists(directory + "/oci-layout") || path_exists(directory + "/etc/os-release"))
      return add_image(directory, directory);
    auto list = check::list_files(directory, arguments_.changed_since);
    if (!list) {
      result_.errors.push_back(std::move(list.error()));
      return;
    }
    std::ranges::move(list->errors, std::back_inserter(result_.errors));
    const std::vector<std::string>& paths = list->paths;
    std::vector<Found> found(paths.size());
    const std::size_t threads = arguments_.threads == 0 ? hardware_threads() : arguments_.threads;
    parallel_for(paths.size(), threads, [&](std::size_t i) { found[i] = look_at(paths[i]); });
    result_.pending.reserve(result_.pending.size() + paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (found[i].ours) add_path(paths[i], found[i].kind, std::move(found[i].second));
    }
  }

  // `second`: what overrides a Compose file; "" for nothing.
  void add_path(const std::string& path, FileKind kind, std::string second) {
    if (!seen_.insert(path).second) return;
    Pending pending;
    pending.kind = kind;
    pending.unit.kind = check::target_kind(kind);
    pending.unit.name = path;
    pending.unit.paths = {path};
    if (!second.empty()) pending.unit.paths.push_back(std::move(second));
    result_.pending.push_back(std::move(pending));
  }

  // Templates of a Helm chart are no manifests; the chart is rendered as a whole.
  static bool is_chart_template(const std::string& path) {
    const auto at = path.find("/templates/");
    return at != std::string::npos && path_exists(path.substr(0, at) + "/Chart.yaml");
  }

  // What a file found in a directory is, by its name and what lies beside it.
  struct Found {
    bool ours = true;
    FileKind kind = FileKind::unknown;  // its content decides, when it is read
    std::string second;
  };

  static Found look_at(const std::string& path) {
    if (is_chart_template(path)) return {.ours = false};
    if (check::is_dockerfile_name(path)) return {.kind = FileKind::dockerfile};
    if (!check::is_compose_name(path)) return {};
    if (!check::overridden_by(path).empty()) return {.ours = false};
    return {.kind = FileKind::compose, .second = check::override_of(path)};
  }

  static bool is_archive(std::string_view start) {
    return start.starts_with("\x1f\x8b") || start.starts_with("\x28\xb5\x2f\xfd") ||
           (start.size() >= 262 && start.substr(257, 5) == "ustar");
  }

  void add_file(const std::string& path) {
    auto file = open_file(path, O_NONBLOCK);  // a pipe without a writer is read_file's to refuse
    std::string start(kMagicBytes, '\0');
    auto size = file ? read_at(file->get(), start, 0, path) : Result<std::size_t>(0);
    if (!file || !size) {
      result_.errors.push_back(!file ? std::move(file.error()) : std::move(size.error()));
      return;
    }
    start.resize(*size);
    if (is_archive(start)) return add_image(path, path);
    auto text = read_file(path, check::kMaxFileBytes);
    if (!text) {
      result_.errors.push_back(std::move(text.error()));
      return;
    }
    const FileKind kind = check::detect(path, *text, true);
    if (kind == FileKind::none) {
      result_.errors.push_back({ErrorCode::unsupported, printable(path, 200),
                                "is neither Dockerfile, Compose file, manifest, inspect output nor holds a run line",
                                "name Dockerfiles Dockerfile.* or *.Dockerfile"});
      return;
    }
    add_path(path, kind, kind == FileKind::compose ? check::override_of(path) : std::string());
  }

  void add_image(const std::string& target, const std::string& name) {
    image::SourceOptions options;
    options.docker_host = arguments_.docker_host;
    auto source = image::open_source(target, options);
    auto facts = source ? image::image_facts(**source, name, {.threads = arguments_.threads})
                        : Result<ImageFacts>(std::unexpected(std::move(source.error())));
    if (!facts) {
      result_.errors.push_back(std::move(facts.error()));
      return;
    }
    Pending pending;
    pending.unit.kind = TargetKind::image;
    pending.unit.name = name;
    pending.unit.subjects.first_source = next_source();
    facts->origin.source = pending.unit.subjects.add_source(name, {});
    pending.unit.subjects.images.push_back(std::move(*facts));
    result_.pending.push_back(std::move(pending));
  }

  template <class Read>
  void add_engine(const std::string& name, Read read) {
    Pending pending;
    pending.unit.kind = TargetKind::container;
    pending.unit.name = name;
    pending.unit.subjects.first_source = next_source();
    if (auto status = read(pending.unit.subjects); !status) {
      result_.errors.push_back(std::move(status.error()));
      return;
    }
    result_.pending.push_back(std::move(pending));
  }

  engine::Options engine_options() const { return {.docker_host = arguments_.docker_host}; }

  void add_container(const std::string& name) {
    add_engine(name, [&](Subjects& subjects) { return engine::read_container(name, engine_options(), subjects); });
  }

  void add_all_containers() {
    add_engine("containers",
               [&](Subjects& subjects) { return engine::read_all_containers(engine_options(), subjects); });
  }

  const CheckArguments& arguments_;
  std::unordered_set<std::string> seen_;
  CheckTargets result_;
};

}  // namespace

bool is_run_line(const std::vector<std::string>& words) {
  if (words.size() < 2 || path_exists(words.front())) return false;
  const std::string_view program = std::string_view(words.front()).substr(words.front().rfind('/') + 1);
  return program == "docker" || program == "podman" || program == "nerdctl" || program == "sudo";
}

CheckTargets gather(const CheckArguments& arguments) { return Gatherer(arguments).gather(); }

}  // namespace oakum::cli
