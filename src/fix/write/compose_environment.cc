// `environment:`, as a list of NAME=VALUE or as a mapping.
#include <algorithm>

#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

bool is_list(const Place& place) {
  const yaml::Node* node = place.node();
  return node != nullptr && node->kind == yaml::Node::Kind::sequence;
}

// The variable's item or member; nullopt when it is not there.
std::optional<Place> find(const Place& all, std::string_view name) {
  const yaml::Node* node = all.node();
  if (node == nullptr) return std::nullopt;
  if (node->member(name) != nullptr) return all.with({name});
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const std::string_view text = node->items[i].text();
    if (text == name || text.substr(0, text.find('=')) == name) return all.with({i});
  }
  return std::nullopt;
}

YamlValue value_for(const Place& place, const KeyValue& variable) {
  const std::string value = escaped(variable.value);
  return place.path.back().index ? YamlValue(variable.key + "=" + value) : YamlValue(value);
}

Done add(const Place& all, const KeyValue& variable) {
  if (is_list(all)) return all.editor->append(all.path, YamlValue(variable.key + "=" + escaped(variable.value)));
  return all.editor->set(all.with({variable.key}).path, YamlValue(escaped(variable.value)));
}

Done change_at(Text& text, const Change& change) {
  auto place = text.place(*change.at);
  if (!place) return refuse("the variable is not set in the Compose file itself: change it where it is");
  if (change.act == Change::Act::remove) return take_away_stated(*place);
  const auto* variable = std::get_if<KeyValue>(&change.value);
  if (variable == nullptr) return refuse("this is no variable");
  if (auto done = check_no_variable(*place); !done) return done;
  return place->editor->set(place->path, value_for(*place, *variable), Shared::allow);
}

}  // namespace

Outcome write_environment(Text& text, const Change& change) {
  if (change.key != Key::environment) return std::nullopt;
  if (change.at) return change_at(text, change);
  const auto* variable = std::get_if<KeyValue>(&change.value);
  if (variable == nullptr) return refuse("which variable was not said");
  const Place all = text.key({"environment"});
  const auto there = find(all, variable->key);
  if (change.act == Change::Act::remove) return there ? take_away(*there) : Done();
  if (!there) return add(all, *variable);
  if (change.act == Change::Act::add) return Done();
  if (auto done = check_no_variable(*there); !done) return done;
  return there->editor->set(there->path, value_for(*there, *variable));
}

}  // namespace oakum::fix::compose
