// `volumes:` and `tmpfs:`, short and long.
#include <algorithm>

#include "base/text.h"
#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

constexpr std::string_view kModes[] = {"ro",      "rw",       "z",          "Z",       "shared",
                                       "rshared", "slave",    "rslave",     "private", "rprivate",
                                       "nocopy",  "readonly", "consistent", "cached",  "delegated"};

bool is_modes(std::string_view text) {
  return std::ranges::all_of(split(text, ','),
                             [](std::string_view one) { return std::ranges::find(kModes, one) != std::end(kModes); });
}

std::string joined(const std::vector<std::string>& parts) {
  std::string result;
  for (const std::string& part : parts) result += (result.empty() ? "" : ",") + part;
  return result;
}

// size=64m, noexec, …
std::vector<std::string> tmpfs_options(const Mount& mount) {
  std::vector<std::string> result;
  for (const KeyValue& option : mount.options)
    result.push_back(option.key + (option.value.empty() ? "" : "=" + option.value));
  if (mount.read_only.value_or(false) && !mount.has_option("ro")) result.emplace_back("ro");
  return result;
}

std::string tmpfs_text(const Mount& mount) {
  const std::string options = joined(tmpfs_options(mount));
  return mount.target + (options.empty() ? "" : ":" + options);
}

// What the mode words become: those of what has not changed stay as they are.
std::vector<std::string> modes_for(std::string_view written, const Mount& old, const Mount& mount) {
  std::vector<std::string> modes;
  for (const std::string_view one : written.empty() ? std::vector<std::string_view>() : split(written, ','))
    modes.emplace_back(one);
  const auto drop = [&](std::string_view word) { std::erase(modes, word); };
  if (old.read_only != mount.read_only) {
    for (const std::string_view word : {"ro", "rw", "readonly"}) drop(word);
    if (mount.read_only.value_or(false)) modes.insert(modes.begin(), "ro");
  }
  if (old.propagation != mount.propagation) {
    drop(old.propagation);
    if (!mount.propagation.empty()) modes.push_back(mount.propagation);
  }
  if (old.selinux != mount.selinux) {
    drop(old.selinux);
    if (!mount.selinux.empty()) modes.push_back(mount.selinux);
  }
  return modes;
}

// Words behind the paths that a variable may have brought.
bool states_modes(const Mount& mount) {
  return mount.read_only || !mount.propagation.empty() || !mount.selinux.empty();
}

// nullopt: a variable is where something has to change.
std::optional<std::string> short_text(std::string_view written, const Mount& old, const Mount& mount) {
  const std::size_t colon = written.rfind(':');
  const bool has_modes = colon != std::string_view::npos && is_modes(written.substr(colon + 1));
  if (!has_modes && states_modes(old) && written.find('$') != std::string_view::npos) return std::nullopt;
  std::string paths(written.substr(0, has_modes ? colon : written.size()));
  if (old.source != mount.source) {
    if (!paths.starts_with(old.source + ":")) return std::nullopt;
    paths.replace(0, old.source.size(), escaped(mount.source));
  }
  if (old.target != mount.target) {
    if (!paths.ends_with(old.target)) return std::nullopt;
    paths.replace(paths.size() - old.target.size(), old.target.size(), escaped(mount.target));
  }
  const std::string modes = joined(modes_for(has_modes ? written.substr(colon + 1) : std::string_view(), old, mount));
  return modes.empty() ? paths : paths + ":" + modes;
}

std::string new_short_text(const Mount& mount) {
  std::vector<std::string> modes = modes_for({}, Mount(), mount);
  std::string paths =
      mount.source.empty() ? escaped(mount.target) : escaped(mount.source) + ":" + escaped(mount.target);
  return modes.empty() ? paths : paths + ":" + joined(modes);
}

Done change_long(const Place& item, const Mount& old, const Mount& mount) {
  const auto set = [&](std::initializer_list<YamlStep> below, const YamlValue& value) {
    const Place place = item.with(below);
    if (auto done = check_no_variable(place); !done) return done;
    return item.editor->set(place.path, value, Shared::allow);
  };
  Done done;
  if (done && old.read_only != mount.read_only)
    done = set({"read_only"}, YamlValue::boolean(mount.read_only.value_or(false)));
  if (done && old.source != mount.source) done = set({"source"}, YamlValue(escaped(mount.source)));
  if (done && old.target != mount.target) done = set({"target"}, YamlValue(escaped(mount.target)));
  if (done && old.propagation != mount.propagation) {
    done = mount.propagation.empty()
               ? item.editor->remove(item.with({"bind", "propagation"}).path, item.path.size(), Shared::allow)
               : set({"bind", "propagation"}, YamlValue(mount.propagation));
  }
  if (done && old.options != mount.options) return refuse("the mount's options are changed by hand in the long form");
  return done;
}

Done change_mount(Text& text, const Origin& at, const Mount& mount) {
  const auto& mounts = text.workload().mounts;
  const auto old = std::ranges::find_if(mounts, [&](const Stated<Mount>& one) { return one.origin == at; });
  if (old == mounts.end()) return refuse("the mount is not among those that were read");
  auto place = text.place(at);
  if (!place) return std::unexpected(place.error());
  const yaml::Node* node = place->node();
  if (node == nullptr) return refuse("the mount is gone");
  if (node->kind == yaml::Node::Kind::mapping) return change_long(*place, old->value, mount);
  std::optional<std::string> written;
  if (old->value.kind == MountKind::tmpfs) {
    if (auto done = check_no_variable(*place); !done) return done;
    written = tmpfs_text(mount);
  } else if (old->value.options == mount.options) {
    written = short_text(node->text(), old->value, mount);
  }
  if (!written) return refuse("the mount is written with variables: change it by hand");
  return place->editor->set(place->path, YamlValue(*written), Shared::allow);
}

bool has_target(const Workload& workload, const std::string& target) {
  return std::ranges::any_of(workload.mounts, [&](const Stated<Mount>& one) { return one.value.target == target; });
}

Done add_mount(Text& text, const Mount& mount) {
  if (has_target(text.workload(), mount.target)) return {};
  const bool tmpfs = mount.kind == MountKind::tmpfs;
  const Place list = text.key({tmpfs ? "tmpfs" : "volumes"});
  const YamlValue item(tmpfs ? tmpfs_text(mount) : new_short_text(mount));
  // `tmpfs: /run` is one, not a list.
  const yaml::Node* node = list.node();
  if (node != nullptr && node->kind == yaml::Node::Kind::scalar)
    return list.editor->set(list.path, YamlValue::list({to_value(*node), item}));
  return list.editor->append(list.path, item);
}

}  // namespace

Outcome write_mount(Text& text, const Change& change) {
  if (change.key != Key::mounts) return std::nullopt;
  if (change.act == Change::Act::remove) {
    if (!change.at) return refuse("which mount goes was not said");
    const auto place = text.place(*change.at);
    return place ? take_away_stated(*place) : std::unexpected(place.error());
  }
  const auto* mount = std::get_if<Mount>(&change.value);
  if (mount == nullptr) return refuse("this is no mount");
  return change.at ? change_mount(text, *change.at, *mount) : add_mount(text, *mount);
}

}  // namespace oakum::fix::compose
