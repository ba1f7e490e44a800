// podman-systemd.unit(5): the keys of [Container] are flags of `podman run` by another name.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "read/runcmd/line.h"
#include "read/runcmd/script.h"
#include "read/runcmd/unit_file.h"
#include "read/shell/anchors.h"

namespace oakum::runcmd {

namespace {

// How a key's value becomes values of the flag.
enum class Values : std::uint8_t {
  one,    // as it is
  words,  // separated by blanks, with quotes
};

struct Key {
  std::string_view name;
  std::string_view flag;
  Values values = Values::one;
  std::string_view prefix{};  // of the flag's value: "label=type:"
};

constexpr Key kKeys[] = {
    {"AddCapability", "cap-add", Values::words},
    {"AddDevice", "device"},
    {"AddHost", "add-host"},
    {"Annotation", "annotation", Values::words},
    {"AppArmor", "security-opt", Values::one, "apparmor="},
    {"CgroupsMode", "cgroups"},
    {"ContainerName", "name"},
    {"DNS", "dns"},
    {"DNSOption", "dns-option"},
    {"DNSSearch", "dns-search"},
    {"DropCapability", "cap-drop", Values::words},
    {"Entrypoint", "entrypoint"},
    {"Environment", "env", Values::words},
    {"EnvironmentFile", "env-file"},
    {"EnvironmentHost", "env-host"},
    {"ExposeHostPort", "expose"},
    {"GIDMap", "gidmap"},
    {"GroupAdd", "group-add"},
    {"HealthCmd", "health-cmd"},
    {"HealthInterval", "health-interval"},
    {"HealthOnFailure", "health-on-failure"},
    {"HealthRetries", "health-retries"},
    {"HealthStartPeriod", "health-start-period"},
    {"HealthTimeout", "health-timeout"},
    {"HostName", "hostname"},
    {"IP", "ip"},
    {"IP6", "ip6"},
    {"Label", "label", Values::words},
    {"LogDriver", "log-driver"},
    {"LogOpt", "log-opt"},
    {"Mask", "security-opt", Values::one, "mask="},
    {"Memory", "memory"},
    {"Mount", "mount"},
    {"Network", "network"},
    {"NetworkAlias", "network-alias"},
    {"NoNewPrivileges", "security-opt", Values::one, "no-new-privileges="},
    {"PidsLimit", "pids-limit"},
    {"Pod", "pod"},
    {"PublishPort", "publish"},
    {"Pull", "pull"},
    {"ReadOnly", "read-only"},
    {"ReadOnlyTmpfs", "read-only-tmpfs"},
    {"Rootfs", "rootfs"},
    {"RunInit", "init"},
    {"SeccompProfile", "security-opt", Values::one, "seccomp="},
    {"Secret", "secret"},
    {"SecurityLabelDisable", "security-opt", Values::one, "label=disable="},
    {"SecurityLabelFileType", "security-opt", Values::one, "label=filetype:"},
    {"SecurityLabelLevel", "security-opt", Values::one, "label=level:"},
    {"SecurityLabelNested", "security-opt", Values::one, "label=nested="},
    {"SecurityLabelType", "security-opt", Values::one, "label=type:"},
    {"ShmSize", "shm-size"},
    {"StopSignal", "stop-signal"},
    {"StopTimeout", "stop-timeout"},
    {"SubGIDMap", "subgidname"},
    {"SubUIDMap", "subuidname"},
    {"Sysctl", "sysctl", Values::words},
    {"Timezone", "tz"},
    {"Tmpfs", "tmpfs"},
    {"UIDMap", "uidmap"},
    {"Ulimit", "ulimit"},
    {"Unmask", "security-opt", Values::one, "unmask="},
    {"UserNS", "userns"},
    {"Volume", "volume"},
    {"WorkingDir", "workdir"},
};
static_assert(std::ranges::is_sorted(kKeys, {}, &Key::name));

const Key* key_of(std::string_view name) {
  const auto* found = std::ranges::lower_bound(kKeys, name, {}, &Key::name);
  return found != std::end(kKeys) && found->name == name ? found : nullptr;
}

// systemd's booleans.
std::string boolean_text(std::string_view value) {
  const std::string lower = to_lower(value);
  const bool yes = lower == "yes" || lower == "on" || lower == "y";
  const bool no = lower == "no" || lower == "off" || lower == "n";
  return yes ? "true" : no ? "false" : std::string(value);
}

class Quadlet {
 public:
  explicit Quadlet(Carried& carried) : carried_(carried) {
    draft_.workload.surface = Surface::run_command;
    draft_.workload.engine = Engine::podman;
  }

  void read() {
    const auto entries = read_unit_file(carried_.text);
    for (const UnitEntry& entry : entries) {
      if (entry.section == "Container") take(entry);
    }
    finish(draft_);
    Workload& workload = draft_.workload;
    const std::size_t section = std::min(carried_.text.find("[Container]"), carried_.text.size());
    workload.origin = {Surface::run_command, carried_.source, carried_.lines.span(section, section + 11), {}};
    if (!workload.image) {
      if (rootfs_) return;
      carried_.subjects.errors.push_back({ErrorCode::invalid,
                                          place(carried_.subjects, carried_.source, workload.origin.span),
                                          "[Container] has no Image=",
                                          {}});
      return;
    }
    workload.name = workload.container_name ? *workload.container_name : workload.image->text;
    workload.subject = subject_of("podman quadlet", workload.image->text);
    carried_.subjects.workloads.push_back(std::move(workload));
  }

 private:
  Origin origin(const Span& span, std::string_view key) const {
    return {Surface::run_command, carried_.source, span, "Container." + std::string(key)};
  }
  Span value_span(const UnitEntry& entry) const {
    return carried_.lines.span(shell::outer_offset(entry.map, 0), entry.end);
  }
  static bool known(std::string_view value) {
    const std::size_t percent = value.find('%');
    return percent == std::string_view::npos || value.substr(percent, 2) == "%%";
  }

  void take(const UnitEntry& entry) {
    const std::string value(trim(entry.value));
    const Origin where = origin(value_span(entry), entry.key);
    Workload& workload = draft_.workload;
    if (entry.key == "Image") {
      workload.image.state(parse_image_reference(value), where, known(value));
    } else if (entry.key == "User") {
      give("user", value, where);
    } else if (entry.key == "Group") {
      workload.group.state(value, where, known(value));
    } else if (entry.key == "Exec") {
      workload.command.state({texts_of(entry), false}, where, known(value));
    } else if (entry.key == "PodmanArgs") {
      podman_arguments(entry);
    } else if (const Key* key = key_of(entry.key)) {
      rootfs_ = rootfs_ || entry.key == "Rootfs";
      if (!value.empty()) flag(entry, *key, value, where);
    } else {
      workload.unmodelled.add({entry.key, value}, where, known(value));
    }
  }

  std::vector<shell::Word> words_of(const UnitEntry& entry) const {
    std::vector<shell::Word> words;
    const shell::Script script = shell::read(entry.value, entry.map, &carried_.lines);
    for (const shell::Command& command : script.commands) {
      for (const shell::Assignment& assignment : command.assignments) {
        words.push_back(assignment.value);
        words.back().text = assignment.name + "=" + words.back().text;
      }
      words.insert(words.end(), command.words.begin(), command.words.end());
    }
    return words;
  }

  std::vector<std::string> texts_of(const UnitEntry& entry) const {
    std::vector<std::string> texts;
    for (const shell::Word& word : words_of(entry)) texts.push_back(word.text);
    return texts;
  }

  void flag(const UnitEntry& entry, const Key& key, const std::string& value, const Origin& where) {
    if (key.values == Values::words) {
      for (const shell::Word& word : words_of(entry)) give(key.flag, word.text, origin(word.span, entry.key));
    } else if (key.prefix == "label=disable=") {
      if (boolean_text(value) == "true") give(key.flag, "label=disable", where);
    } else {
      give(key.flag, std::string(key.prefix) + boolean_text(value), where);
    }
  }

  void give(std::string_view name, const std::string& value, const Origin& where) {
    const Flag* found = flag_of(name);
    if (found == nullptr) return;
    const std::string wrong = found->fill(draft_, {found->canonical(), value, where, known(value)});
    if (wrong.empty()) return;
    carried_.subjects.errors.push_back(
        {ErrorCode::invalid, place(carried_.subjects, carried_.source, where.span), wrong, {}});
  }

  // Flags as on the command line: they are read as such, with an image put behind them.
  void podman_arguments(const UnitEntry& entry) {
    std::vector<shell::Word> words(2);
    words[0].text = "podman";
    words[1].text = "run";
    const auto arguments = words_of(entry);
    words.insert(words.end(), arguments.begin(), arguments.end());
    read_flags(words, 2, Tool::podman, draft_, carried_.source, carried_.subjects);
  }

  Carried& carried_;
  Draft draft_;
  bool rootfs_ = false;
};

}  // namespace

void read_quadlet(Carried& carried) { Quadlet(carried).read(); }

}  // namespace oakum::runcmd
