#include "read/runcmd/variables.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "read/shell/shell.h"

namespace oakum::runcmd {

namespace {

constexpr std::size_t kLongestValue = std::size_t{64} << 10;

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// $NAME, ${NAME}, ${NAME:-fallback}, ${NAME[@]} at the begin of a text.
struct Reference {
  std::string_view name;
  std::optional<std::string_view> fallback;
  bool whole_array = false;
  std::size_t length = 0;
};

std::optional<Reference> braced(std::string_view text) {
  std::size_t depth = 0;
  std::size_t end = 1;
  for (; end < text.size(); ++end) {
    if (text[end] == '{') ++depth;
    if (text[end] == '}' && --depth == 0) break;
  }
  if (end >= text.size()) return std::nullopt;
  const std::string_view inside = text.substr(2, end - 2);
  const std::size_t size = static_cast<std::size_t>(std::ranges::find_if_not(inside, is_name_byte) - inside.begin());
  Reference reference{.name = inside.substr(0, size), .fallback = {}, .length = end + 1};
  const std::string_view rest = inside.substr(size);
  if (reference.name.empty()) return std::nullopt;
  if (rest == "[@]" || rest == "[*]") {
    reference.whole_array = true;
  } else if (rest.starts_with(":-") || rest.starts_with(":=")) {
    reference.fallback = rest.substr(2);
  } else if (rest.starts_with('-') || rest.starts_with('=')) {
    reference.fallback = rest.substr(1);
  } else if (!rest.empty() && !rest.starts_with(":?") && !rest.starts_with('?')) {
    return std::nullopt;
  }
  return reference;
}

std::optional<Reference> reference_at(std::string_view text) {
  if (text.starts_with("${")) return braced(text);
  const std::string_view rest = text.substr(1);
  const std::size_t size = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_name_byte) - rest.begin());
  if (size == 0 || (rest[0] >= '0' && rest[0] <= '9')) return std::nullopt;
  return Reference{.name = rest.substr(0, size), .fallback = {}, .length = size + 1};
}

}  // namespace

const Variables::Value* Variables::find(std::string_view name, std::uint32_t depth) const {
  const auto found = values_.find(name);
  // Set in a branch that need not have been taken.
  if (found == values_.end() || found->second.depth > depth || !found->second.known) return nullptr;
  return &found->second;
}

void Variables::forget(std::string_view name) { values_[std::string(name)].known = false; }

void Variables::set(std::string_view name, std::string_view value, const Span& span, std::uint32_t depth) {
  bool resolved = true;
  std::string text = resolve(value, depth, resolved);
  values_[std::string(name)] = {std::move(text), span, resolved, depth, false, {}};
}

void Variables::assign(const shell::Assignment& assignment, std::uint32_t depth) {
  const std::string_view raw = assignment.value.text;
  const Span& span = assignment.value.span;
  const bool array = raw.starts_with('(') && raw.ends_with(')') && text_.substr(span.begin, 1) == "(";
  Value value{.text = {}, .span = span, .known = true, .depth = depth, .array = array, .items = {}};
  if (array) {
    value.items = array_items(raw, span);
    value.items = expand(value.items, depth);
  } else {
    value.text = assignment.value.expands ? resolve(raw, depth, value.known) : std::string(raw);
  }
  if (!assignment.append) {
    values_[assignment.name] = std::move(value);
    return;
  }
  Value& before = values_[assignment.name];
  before.known = before.known && value.known && before.text.size() + value.text.size() <= kLongestValue;
  before.depth = std::max(before.depth, depth);
  if (!before.known) return;
  before.array = before.array || value.array;
  before.text += value.text;
  before.items.insert(before.items.end(), value.items.begin(), value.items.end());
  if (before.span.line == 0) before.span = span;
}

std::vector<shell::Word> Variables::array_items(std::string_view text, const Span& span) const {
  const std::vector<shell::Anchor> map = {{0, span.begin + 1}};
  const shell::Script script = shell::read(text.substr(1, text.size() - 2), map, &lines_);
  std::vector<shell::Word> items;
  for (const shell::Command& command : script.commands) {
    if (command.depth > 0) continue;
    for (const shell::Assignment& assignment : command.assignments) {  // "A=1" on a line of its own is an item too
      items.push_back(assignment.value);
      items.back().text = assignment.name + "=" + items.back().text;
    }
    items.insert(items.end(), command.words.begin(), command.words.end());
  }
  return items;
}

std::string Variables::resolve(std::string_view text, std::uint32_t depth, bool& resolved) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t dollar = std::min(text.find_first_of("$`", at), text.size());
    out += text.substr(at, dollar - at);
    at = dollar;
    if (at >= text.size()) break;
    const auto reference = text[at] == '$' ? reference_at(text.substr(at)) : std::nullopt;
    const Value* value = reference ? find(reference->name, depth) : nullptr;
    const bool fits = value != nullptr && !value->array && value->text.size() <= budget_ &&
                      out.size() + value->text.size() <= kLongestValue;
    if (fits) {
      out += value->text;
      budget_ -= value->text.size();
    } else if (reference && reference->fallback && values_.find(reference->name) == values_.end() &&
               reference->fallback->find('$') == std::string_view::npos) {
      out += *reference->fallback;
    } else {
      resolved = false;
      out += text.substr(at, reference ? reference->length : 1);
    }
    at += reference ? reference->length : 1;
  }
  return out;
}

void Variables::expand_word(const shell::Word& word, std::uint32_t depth, std::vector<shell::Word>& out) {
  if (!word.expands || word.text.find_first_of("$`") == std::string::npos) {  // or a unit's %i
    out.push_back(word);
    return;
  }
  const auto whole = word.text.starts_with('$') ? reference_at(word.text) : std::nullopt;
  const Value* value = whole && whole->length == word.text.size() ? find(whole->name, depth) : nullptr;
  if (value != nullptr && value->array) {
    if (!whole->whole_array || value->items.size() * 64 > budget_) {
      out.push_back(word);
      return;
    }
    budget_ -= value->items.size() * 64;
    out.insert(out.end(), value->items.begin(), value->items.end());
    return;
  }
  bool resolved = true;
  shell::Word expanded = word;
  expanded.text = resolve(word.text, depth, resolved);
  expanded.expands = !resolved;
  if (value != nullptr && resolved) expanded.span = value->span;
  if (word.quoted || !resolved) {
    out.push_back(std::move(expanded));
    return;
  }
  std::string_view rest = expanded.text;
  while (!(rest = trim(rest)).empty()) {  // split where the shell would
    const std::size_t end = std::min(rest.find_first_of(" \t\n"), rest.size());
    shell::Word piece = expanded;
    piece.text = rest.substr(0, end);
    out.push_back(std::move(piece));
    rest.remove_prefix(end);
  }
}

std::vector<shell::Word> Variables::expand(const std::vector<shell::Word>& words, std::uint32_t depth) {
  std::vector<shell::Word> out;
  for (const shell::Word& word : words) expand_word(word, depth, out);
  return out;
}

}  // namespace oakum::runcmd
