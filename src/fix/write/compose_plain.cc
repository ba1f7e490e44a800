// Keys with one value, and lists of strings.
#include <algorithm>

#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

struct Row {
  Key key;
  std::string_view name;
};

constexpr Row kPlain[] = {
    {Key::image, "image"},
    {Key::user, "user"},
    {Key::privileged, "privileged"},
    {Key::read_only, "read_only"},
    {Key::pid_mode, "pid"},
    {Key::ipc_mode, "ipc"},
    {Key::network_mode, "network_mode"},
    {Key::uts_mode, "uts"},
    {Key::userns_mode, "userns_mode"},
    {Key::cgroup_parent, "cgroup_parent"},
    {Key::oom_kill_disable, "oom_kill_disable"},
    {Key::init, "init"},
    {Key::pull_policy, "pull_policy"},
};

constexpr Row kLists[] = {
    {Key::cap_add, "cap_add"},
    {Key::cap_drop, "cap_drop"},
    {Key::security_opt, "security_opt"},
    {Key::devices, "devices"},
    {Key::device_cgroup_rules, "device_cgroup_rules"},
    {Key::sysctls, "sysctls"},
};

template <std::size_t N>
std::string_view name_in(const Row (&rows)[N], Key key) {
  const auto found = std::ranges::find(rows, key, &Row::key);
  return found == std::end(rows) ? std::string_view() : found->name;
}

// What is off by default is rather not said than said to be off.
bool is_removal(const Change& change) {
  if (change.act == Change::Act::remove) return true;
  const bool* flag = std::get_if<bool>(&change.value);
  return flag != nullptr && !*flag && (change.key == Key::privileged || change.key == Key::oom_kill_disable);
}

Done remove_plain(Text& text, const Change& change, std::string_view name) {
  if (!change.at) return take_away(text.key({name}));
  const auto place = text.place(*change.at);
  if (!place) return std::unexpected(place.error());
  return take_away_stated(*place);
}

Done set_plain(Text& text, const Change& change, std::string_view name) {
  const Place own = text.key({name});
  if (change.key == Key::user && change.at && text.is_shared_by_others(Key::user, *change.at))
    return refuse("services with other images share this `user:`: give each its own");
  if (const bool* flag = std::get_if<bool>(&change.value)) return put(text, change.at, own, YamlValue::boolean(*flag));
  const auto* words = std::get_if<std::string>(&change.value);
  if (words == nullptr) return refuse("\"" + std::string(name) + "\" has no such value");
  return put(text, change.at, own, YamlValue(escaped(*words)));
}

Done change_item(Text& text, const Change& change) {
  const auto place = text.place(*change.at);
  if (!place) return std::unexpected(place.error());
  if (change.act == Change::Act::remove) return take_away_stated(*place);
  const auto* item = std::get_if<std::string>(&change.value);
  if (item == nullptr) return refuse("the list holds strings");
  if (auto done = check_no_variable(*place); !done) return done;
  return place->editor->set(place->path, YamlValue(escaped(*item)), Shared::allow);
}

Done remove_item(const Place& list, std::string_view item) {
  const yaml::Node* node = list.node();
  if (node == nullptr) return {};
  const auto found = std::ranges::find(node->items, item, &yaml::Node::scalar);
  if (found == node->items.end()) return {};
  return take_away(list.with({static_cast<std::size_t>(found - node->items.begin())}));
}

}  // namespace

Outcome write_plain(Text& text, const Change& change) {
  const std::string_view name = name_in(kPlain, change.key);
  if (name.empty()) return std::nullopt;
  return is_removal(change) ? remove_plain(text, change, name) : set_plain(text, change, name);
}

Outcome write_list(Text& text, const Change& change) {
  const std::string_view name = name_in(kLists, change.key);
  if (name.empty()) return std::nullopt;
  if (change.at) return change_item(text, change);
  const Place list = text.key({name});
  const auto* item = std::get_if<std::string>(&change.value);
  if (item == nullptr) return change.act == Change::Act::remove ? take_away(list) : refuse("the list holds strings");
  if (change.act == Change::Act::remove) return remove_item(list, *item);
  if (auto done = check_no_reset(list); !done) return done;
  return list.editor->append(list.path, YamlValue(escaped(*item)));
}

}  // namespace oakum::fix::compose
