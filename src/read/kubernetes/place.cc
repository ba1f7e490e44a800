#include "read/kubernetes/place.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

constexpr std::size_t kMaxPath = 400;
constexpr std::size_t kMaxErrors = 100;

std::string joined(const std::string& path, std::string_view key) {
  std::string result;
  result.reserve(path.size() + key.size() + 4);
  result += path;
  append_key(result, key);
  return result;
}

}  // namespace

bool is_known(std::string_view text) {
  return text.find("${") == std::string_view::npos && text.find("$(") == std::string_view::npos &&
         text.find("{{") == std::string_view::npos;
}

void append_key(std::string& path, std::string_view key) {
  if (path.size() + key.size() > kMaxPath) return;
  const bool plain = std::ranges::none_of(key, [](char c) { return c == '.' || c == '/' || c == '['; });
  if (plain && !path.empty()) path += '.';
  if (!plain) path += "[\"";
  path += key;
  if (!plain) path += "\"]";
}

void append_index(std::string& path, std::size_t index) {
  path += '[';
  path += std::to_string(index);
  path += ']';
}

bool Manifest::spend(std::size_t bytes) {
  if (budget == 0) return false;
  if (bytes < budget) {
    budget -= bytes;
    return true;
  }
  budget = 0;
  errors->push_back({ErrorCode::limit, name, "says too much for one file; the rest of it was not read",
                     "split it into several files"});
  return false;
}

void Manifest::tell(const Span& where, std::string why) {
  if (told.size() >= kMaxErrors || !told.insert(where.begin).second) return;
  errors->push_back({ErrorCode::invalid,
                     name + ":" + std::to_string(where.line) + ":" + std::to_string(where.column),
                     std::move(why),
                     {}});
}

void Place::wrong(std::string_view wanted) const {
  const std::string thing = path_.empty() ? "the document" : printable(path_, 200);
  manifest_->tell(node_->span, thing + " is not " + std::string(wanted));
}

Place Place::find(std::string_view key) const {
  const yaml::Member* member = node_ == nullptr ? nullptr : node_->member(key);
  if (member == nullptr) return {*manifest_, nullptr, {}, {}};
  return {*manifest_, &member->value, member->key_span, joined(path_, key)};
}

Place Place::at(std::string_view key) const {
  if (*this && node_->kind != yaml::Node::Kind::mapping) wrong("a mapping");
  return find(key);
}

std::vector<Place> Place::items() const {
  std::vector<Place> result;
  if (!*this) return result;
  if (node_->kind != yaml::Node::Kind::sequence) {
    wrong("a list");
    return result;
  }
  result.reserve(node_->items.size());
  for (std::size_t i = 0; i < node_->items.size(); ++i) {
    const yaml::Node& item = node_->items[i];
    result.emplace_back(*manifest_, &item, item.span, path_ + "[" + std::to_string(i) + "]");
  }
  return result;
}

std::vector<Place::Entry> Place::entries() const {
  std::vector<Entry> result;
  if (!*this) return result;
  if (node_->kind != yaml::Node::Kind::mapping) {
    wrong("a mapping");
    return result;
  }
  result.reserve(node_->members.size());
  for (const yaml::Member& member : node_->members) {
    result.push_back({member.key, Place(*manifest_, &member.value, member.key_span, joined(path_, member.key))});
  }
  return result;
}

std::optional<std::string> Place::text() const {
  if (!*this) return std::nullopt;
  if (node_->kind == yaml::Node::Kind::scalar) return node_->scalar;
  wrong("a text");
  return std::nullopt;
}

std::optional<bool> Place::boolean() const {
  if (!*this) return std::nullopt;
  if (node_->is_true()) return true;
  if (node_->is_false()) return false;
  wrong("true or false");
  return std::nullopt;
}

std::optional<std::int64_t> Place::integer() const {
  if (!*this) return std::nullopt;
  if (node_->kind == yaml::Node::Kind::scalar && node_->style == yaml::Node::Style::plain) {
    if (const auto number = parse_number<std::int64_t>(node_->scalar)) return number;
  }
  wrong("a whole number");
  return std::nullopt;
}

bool Place::known() const { return node_ == nullptr || is_known(node_->text()); }

Origin Place::origin() const {
  return {Surface::kubernetes, manifest_->source, node_ == nullptr ? key_ : node_->span, path_};
}

Origin Place::key_origin() const { return {Surface::kubernetes, manifest_->source, key_, path_}; }

void state(Field<bool>& field, const Place& place) {
  if (!place.known()) return field.state(false, place.origin(), false);
  if (const auto value = place.boolean()) field.state(*value, place.origin());
}

void state_negated(Field<bool>& field, const Place& place) {
  if (!place.known()) return field.state(false, place.origin(), false);
  if (const auto value = place.boolean()) field.state(!*value, place.origin());
}

void state(Field<std::string>& field, const Place& place) {
  if (auto value = place.text()) field.state(std::move(*value), place.origin(), place.known());
}

void state(Field<std::int64_t>& field, const Place& place) {
  if (!place.known()) return field.state(0, place.origin(), false);
  if (const auto value = place.integer()) field.state(*value, place.origin());
}

void state(List<std::string>& list, const Place& place) {
  if (!place) return;
  for (const Place& item : place.items()) {
    if (auto value = item.text()) list.add(std::move(*value), item.origin(), item.known());
  }
  list.stated = true;
  list.origin = place.key_origin();
}

std::vector<std::string> texts(const Place& place) {
  std::vector<std::string> result;
  for (const Place& item : place.items()) {
    if (auto value = item.text()) result.push_back(std::move(*value));
  }
  return result;
}

std::vector<KeyValue> pairs(const Place& place) {
  std::vector<KeyValue> result;
  for (const auto& [key, value] : place.entries()) {
    if (auto text = value ? value.text() : std::optional<std::string>("")) result.push_back({key, std::move(*text)});
  }
  return result;
}

void state(List<KeyValue>& list, const Place& place) {
  for (const auto& [key, value] : place.entries()) {
    auto text = value ? value.text() : std::optional<std::string>("");
    if (text) list.add({key, std::move(*text)}, value.origin(), value.known());
  }
}

}  // namespace oakum::kubernetes
