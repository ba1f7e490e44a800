#include "convert/compose_writer.h"

#include <algorithm>
#include <set>

#include "convert/values.h"

namespace oakum::convert {

namespace {

// A shell's variable that Compose reads alike: $NAME, ${NAME}, ${NAME:-default}; no commands, no $1, no $?.
bool is_composes_too(std::string_view text) {
  if (text.find('`') != std::string_view::npos) return false;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    const char first = next == '{' && at + 2 < text.size() ? text[at + 2] : next;
    const bool name = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_';
    if (!name) return false;
    if (next == '{' && text.find('}', at) == std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

std::string escaped_dollars(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '$' ? std::string("$$") : std::string(1, c);
  return result;
}

void ComposeSections::declare(Members& section, const std::string& name, Members declaration) {
  const auto found = std::ranges::find(section, name, [](const auto& member) { return member.first; });
  if (found == section.end()) section.emplace_back(name, YamlValue::map(std::move(declaration)));
}

std::string ComposeWriter::text(std::string_view words, bool known, const Origin& origin) const {
  if (known || item.is(Surface::kubernetes)) return escaped_dollars(words);
  if (item.is(Surface::compose)) return std::string(words);  // as it was written there
  const bool same = item.is(Surface::run_command) && is_composes_too(words);
  if (same && words.find('$') == std::string_view::npos) return std::string(words);
  if (same) {
    notes.assume(item, origin, spelled(origin, "a value"),
                 "holds a variable of the shell: Compose takes it from its environment or from .env");
    return std::string(words);
  }
  notes.cannot(item, origin, spelled(origin, "a value"),
               "holds what only a shell works out; it stands as it was written");
  return escaped_dollars(words);
}

void ComposeWriter::add_text(std::string key, const Field<std::string>& field) const {
  if (field) add(std::move(key), text(field.winner()));
}

void ComposeWriter::add_bool(std::string key, const Field<bool>& field) const {
  if (field.known()) add(std::move(key), YamlValue::boolean(*field));
}

void ComposeWriter::add_integer(std::string key, const Field<std::int64_t>& field) const {
  if (field.known()) add(std::move(key), YamlValue::integer(*field));
}

void ComposeWriter::add_size(std::string key, const Field<std::int64_t>& field) const {
  if (!field.known()) return;
  const std::string size = size_text(*field);
  const bool number = size.find_first_not_of("-0123456789") == std::string::npos;
  add(std::move(key), number ? YamlValue::plain(size) : YamlValue(size));
}

void ComposeWriter::add_texts(std::string key, const List<std::string>& list) const {
  if (list.empty()) return;
  std::vector<YamlValue> items;
  std::set<std::string> seen;
  for (const Stated<std::string>& stated : list) {
    YamlValue value = text(stated);
    if (seen.insert(value.text).second) items.push_back(std::move(value));
  }
  add(std::move(key), YamlValue::list(std::move(items)));
}

void ComposeWriter::add_pairs(std::string key, const List<KeyValue>& list) const {
  if (list.empty()) return;
  KeyedMembers members;
  for (const Stated<KeyValue>& stated : list) {
    std::string name = item.is(Surface::compose) ? stated.value.key : escaped_dollars(stated.value.key);
    YamlValue value = text(stated.value.value, stated.known, stated.origin);
    members.set(name, std::move(value));
  }
  add(std::move(key), YamlValue::map(members.take()));
}

}  // namespace oakum::convert
