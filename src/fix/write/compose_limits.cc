// Memory, processor time and processes: below `deploy.resources` where the service has that, else as keys of its own.
#include <algorithm>
#include <array>

#include "fix/write/compose_text.h"
#include "model/units.h"

namespace oakum::fix::compose {

namespace {

struct Row {
  Key key;
  std::string_view own;   // key of the service; "" none
  std::string_view kind;  // below deploy.resources
  std::string_view name;  // below that
};

constexpr std::array kRows{
    Row{Key::memory, "mem_limit", "limits", "memory"},
    Row{Key::cpus, "cpus", "limits", "cpus"},
    Row{Key::pids_limit, "pids_limit", "limits", "pids"},
    Row{Key::memory_request, "mem_reservation", "reservations", "memory"},
    Row{Key::cpu_request, "", "reservations", "cpus"},
};

bool is_quoted(const yaml::Node* node) {
  return node != nullptr && node->kind == yaml::Node::Kind::scalar && node->style != yaml::Node::Style::plain;
}

std::optional<YamlValue> value_of(const Change& change, const Place& place) {
  const bool deploy = std::ranges::find(place.path, YamlStep("resources")) != place.path.end();
  if (const double* cores = std::get_if<double>(&change.value)) {
    // Older schemas take only a string below `deploy`.
    const std::string text = number_text(*cores);
    return deploy || is_quoted(place.node()) ? YamlValue(text) : YamlValue::plain(text);
  }
  const std::int64_t* number = std::get_if<std::int64_t>(&change.value);
  if (number == nullptr) return std::nullopt;
  if (change.key == Key::memory || change.key == Key::memory_request) return YamlValue(size_text(*number));
  return is_quoted(place.node()) ? YamlValue(std::to_string(*number)) : YamlValue::integer(*number);
}

Done set_at(const Place& place, const Change& change) {
  const auto value = value_of(change, place);
  if (!value) return refuse("this is no number");
  if (auto done = check_no_variable(place); !done) return done;
  return place.editor->set(place.path, *value, Shared::allow);
}

// docker-compose 1.29 has no `pids` below `deploy`.
bool goes_below_deploy(Text& text, const Row& row) {
  return row.own.empty() || (row.key != Key::pids_limit && text.key({"deploy", "resources"}).node() != nullptr);
}

Done set_new(Text& text, const Change& change, const Row& row) {
  const Place place =
      goes_below_deploy(text, row) ? text.key({"deploy", "resources", row.kind, row.name}) : text.key({row.own});
  const auto value = value_of(change, place);
  if (!value) return refuse("this is no number");
  return place.editor->set(place.path, *value);
}

Done change_at(Text& text, const Change& change, const Row& row) {
  const auto place = text.place(*change.at);
  if (!place) return std::unexpected(place.error());
  if (change.act == Change::Act::remove) return take_away(*place);
  const bool named = place->path.back() == YamlStep(row.own) || place->path.back() == YamlStep(row.name);
  if (named) return set_at(*place, change);
  // `cpu_quota:` says it in another unit, and both may not stand.
  if (auto done = take_away(*place); !done) return done;
  return set_new(text, change, row);
}

}  // namespace

Outcome write_limit(Text& text, const Change& change) {
  const auto row = std::ranges::find(kRows, change.key, &Row::key);
  if (row == kRows.end()) return std::nullopt;
  if (change.at) return change_at(text, change, *row);
  if (change.act != Change::Act::remove) return set_new(text, change, *row);
  if (!row->own.empty()) {
    if (auto done = take_away(text.key({row->own})); !done) return done;
  }
  return take_away(text.key({"deploy", "resources", row->kind, row->name}));
}

}  // namespace oakum::fix::compose
