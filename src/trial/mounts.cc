#include "trial/mounts.h"

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>

#include "base/fd.h"
#include "base/text.h"
#include "trial/copy_tree.h"
#include "trial/host_paths.h"

namespace oakum::trial {

namespace fs = std::filesystem;
using net::Json;

namespace {

class Planner {
 public:
  Planner(const Workload& workload, const MountPlace& place) : workload_(workload), place_(place) {}

  Result<MountPlan> plan() {
    for (const Stated<Mount>& item : workload_.mounts) {
      if (item.value.target.empty()) continue;
      if (!item.known) {
        leave_out(item.value, "what it says is not known here");
      } else {
        OAKUM_CHECK(add(item.value));
      }
    }
    for (const Stated<SecretMount>& item : workload_.secrets)
      OAKUM_CHECK(add_secret(item.value, "secret", "/run/secrets/"));
    for (const Stated<SecretMount>& item : workload_.configs) OAKUM_CHECK(add_secret(item.value, "config", "/"));
    if (!workload_.volumes_from.empty()) plan_.not_as_stated.emplace_back("volumes_from: left out");
    return std::move(plan_);
  }

 private:
  void leave_out(const Mount& mount, std::string_view why) {
    const std::string source = mount.source.empty() ? mount.type : mount.source;
    plan_.not_as_stated.push_back("mount \"" + printable(source, 200) + "\" at \"" + printable(mount.target, 200) +
                                  "\": left out, " + std::string(why));
  }

  void bind(const std::string& source, const std::string& target, bool read_only) {
    plan_.mounts.push_back({{"Type", "bind"}, {"Source", source}, {"Target", target}, {"ReadOnly", read_only}});
  }

  Status add(const Mount& mount) {
    if (mount.kind == MountKind::tmpfs || mount.kind == MountKind::empty_dir) {
      add_tmpfs(mount);
      return {};
    }
    if (mount.kind == MountKind::volume || mount.kind == MountKind::ephemeral) return add_volume(mount);
    if (mount.kind == MountKind::bind) return add_bind(mount);
    leave_out(mount, "a trial makes no mount of type \"" + mount.type + "\"");
    return {};
  }

  void add_tmpfs(const Mount& mount) {
    std::string options = mount.read_only.value_or(false) ? "ro" : "rw";
    for (const KeyValue& option : mount.options) {
      if (option.key == "ro" || option.key == "rw") continue;
      options += "," + option.key + (option.value.empty() ? "" : "=" + option.value);
    }
    plan_.tmpfs[mount.target] = options;
  }

  Status add_volume(const Mount& mount) {
    Json made{{"Type", "volume"}, {"Target", mount.target}, {"ReadOnly", mount.read_only.value_or(false)}};
    if (!mount.source.empty()) {
      OAKUM_TRY(const std::string name, place_.volume(mount.source));
      made["Source"] = name;
    }
    plan_.data_paths.push_back(mount.target);
    plan_.mounts.push_back(std::move(made));
    return {};
  }

  Status add_bind(const Mount& mount) {
    const bool from_home = mount.source == "~" || mount.source.starts_with("~/");
    const auto home = place_.environment.find("HOME");
    if (from_home && home == place_.environment.end()) {
      leave_out(mount, "HOME is not known");
      return {};
    }
    const std::string source = from_home ? home->second + mount.source.substr(1)
                                         : (fs::path(place_.base) / mount.source).lexically_normal().string();
    if (!place_.local) {
      leave_out(mount, "the engine is on another machine");
      return {};
    }
    if (is_engine_socket(source)) {
      leave_out(mount, "a trial never gets an engine's socket");
      return {};
    }
    plan_.data_paths.push_back(mount.target);
    return add_bind_of(mount, fs::absolute(source).string());
  }

  Status add_bind_of(const Mount& mount, const std::string& source) {
    struct stat about{};
    const bool there = ::stat(source.c_str(), &about) == 0;
    if (there && S_ISSOCK(about.st_mode)) {
      leave_out(mount, "it is a socket");
      return {};
    }
    if (holds_engine_socket(source, place_.socket)) {
      plan_.not_as_stated.push_back("mount \"" + printable(mount.source, 200) +
                                    "\": an empty directory in the trial, as an engine's socket is below it");
      const std::string empty = next_path();
      OAKUM_CHECK(make_directories(empty));
      bind(empty, mount.target, true);
      return {};
    }
    const bool read_only = mount.read_only.value_or(false);
    if (there && is_system_path(source)) {
      if (!read_only)
        plan_.not_as_stated.push_back("mount \"" + printable(mount.source, 200) +
                                      "\": read-only in the trial, as it is the system's");
      bind(source, mount.target, true);
      return {};
    }
    if (read_only && there && !is_changed_at_or_below(source)) {
      bind(source, mount.target, true);
      return {};
    }
    return add_copy(mount, source, there, read_only);
  }

  bool is_changed_at_or_below(const std::string& source) const {
    return std::ranges::any_of(*place_.texts, [&](const auto& changed) {
      const std::string path = fs::absolute(changed.first).lexically_normal().string();
      return path == source || path.starts_with(source + "/");
    });
  }

  // Engines make a directory of what is not there.
  Status add_copy(const Mount& mount, const std::string& source, bool there, bool read_only) {
    const std::string copy = next_path();
    if (there) {
      if (auto status = copy_tree(source, copy, *place_.texts); !status) {
        plan_.data_paths.pop_back();
        leave_out(mount, status.error().message());
        return {};
      }
    } else if (const std::string* text = changed_text(source)) {
      OAKUM_CHECK(write_file_atomically(copy, *text, 0644));
    } else {
      OAKUM_CHECK(make_directories(copy));
    }
    bind(copy, mount.target, read_only);
    return {};
  }

  const std::string* changed_text(const std::string& source) const {
    for (const auto& [path, text] : *place_.texts) {
      if (fs::absolute(path).lexically_normal() == fs::absolute(source).lexically_normal()) return &text;
    }
    return nullptr;
  }

  std::string next_path() { return place_.directory + "/" + workload_.name + "-" + std::to_string(++made_); }

  // A file of the user's keeps its mode and owner, as they decide who can read it.
  Status put_secret(const SecretMount& secret, const std::string& copy) const {
    if (!secret.file.empty()) {
      const std::string path = (fs::path(place_.base) / secret.file).lexically_normal().string();
      const std::string* text = path_exists(path) ? nullptr : changed_text(path);
      return text != nullptr ? write_file_atomically(copy, *text, 0644) : copy_tree(path, copy, *place_.texts);
    }
    OAKUM_TRY(const std::string text, text_of(secret));
    return write_file_atomically(copy, text, 0444);
  }

  Result<std::string> text_of(const SecretMount& secret) const {
    if (!secret.environment.empty()) {
      const auto found = place_.environment.find(secret.environment);
      if (found != place_.environment.end()) return found->second;
      return fail(ErrorCode::not_found, secret.environment, "is not in the environment");
    }
    if (place_.project != nullptr) {
      for (const ComposeSecret& config : place_.project->configs) {
        if (config.name == secret.name && config.content) return *config.content;
      }
    }
    return fail(ErrorCode::not_found, secret.name, "is kept elsewhere");
  }

  Status add_secret(const SecretMount& secret, std::string_view what, std::string_view folder) {
    const std::string path = next_path();
    const Status status = place_.local ? put_secret(secret, path)
                                       : fail(ErrorCode::unsupported, secret.name, "the engine is on another machine");
    if (!status) {
      plan_.not_as_stated.push_back(std::string(what) + " \"" + printable(secret.name, 200) + "\": left out, " +
                                    status.error().message());
      return {};
    }
    std::string target = secret.target.empty() ? secret.name : secret.target;
    if (!target.starts_with('/')) target.insert(0, folder);
    bind(path, target, true);
    return {};
  }

  const Workload& workload_;
  const MountPlace& place_;
  MountPlan plan_;
  int made_ = 0;
};

}  // namespace

Result<MountPlan> plan_mounts(const Workload& workload, const MountPlace& place) {
  return Planner(workload, place).plan();
}

}  // namespace oakum::trial
