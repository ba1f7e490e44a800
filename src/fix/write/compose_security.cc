// What is one item of `security_opt:`.
#include <algorithm>
#include <array>

#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

struct Row {
  Key key;
  std::string_view name;
  std::string_view standard;  // what "default" means when it is said
};

constexpr std::array kRows{
    Row{Key::no_new_privileges, "no-new-privileges", ""}, Row{Key::seccomp, "seccomp", "builtin"},
    Row{Key::apparmor, "apparmor", "docker-default"},     Row{Key::selinux, "label", ""},
    Row{Key::unmasked_paths, "systempaths", ""},
};

bool is_option(std::string_view item, std::string_view name) {
  return item.starts_with(name) && (item.size() == name.size() || item[name.size()] == ':' || item[name.size()] == '=');
}

// All items of that name in the service's own list, but the one to keep.
Done remove_all(const Place& list, std::string_view name, std::string_view but = {}) {
  while (true) {
    const yaml::Node* node = list.node();
    if (node == nullptr) return {};
    const auto found = std::ranges::find_if(
        node->items, [&](const yaml::Node& item) { return is_option(item.scalar, name) && item.scalar != but; });
    if (found == node->items.end()) return {};
    if (auto done = take_away(list.with({static_cast<std::size_t>(found - node->items.begin())})); !done) return done;
  }
}

// nullopt: what is wanted is what there is without saying anything.
std::optional<std::string> wanted(const Change& change, const Row& row) {
  if (change.act == Change::Act::remove) return std::nullopt;
  if (const bool* flag = std::get_if<bool>(&change.value)) {
    if (row.key != Key::no_new_privileges || !*flag) return std::nullopt;
    return "no-new-privileges:true";
  }
  const auto* profile = std::get_if<std::string>(&change.value);
  if (profile == nullptr || *profile == "default" || *profile == row.standard) return std::nullopt;
  return std::string(row.name) + ":" + escaped(*profile);
}

}  // namespace

Outcome write_security(Text& text, const Change& change) {
  const auto row = std::ranges::find(kRows, change.key, &Row::key);
  if (row == kRows.end()) return std::nullopt;
  const Place list = text.key({"security_opt"});
  const auto item = wanted(change, *row);
  if (change.at) {
    const auto place = text.place(*change.at);
    if (!place) return std::unexpected(place.error());
    if (!item) return take_away_stated(*place);
    if (auto done = check_no_variable(*place); !done) return done;
    return place->editor->set(place->path, *item, Shared::allow);
  }
  if (!item) return remove_all(list, row->name);
  if (auto done = check_no_reset(list); !done) return done;
  if (auto done = list.editor->append(list.path, *item); !done) return done;
  // A label says more than one thing.
  return row->key == Key::selinux ? Done() : remove_all(list, row->name, *item);
}

}  // namespace oakum::fix::compose
