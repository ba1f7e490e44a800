#include "read/compose/interpolate.h"

#include <cstddef>
#include <optional>

#include "base/text.h"

namespace oakum::compose {

namespace {

constexpr std::size_t kMaxDepth = 20;
// Bytes that variables may add to a text: lines of a .env that double each other would fill the memory.
constexpr std::size_t kMaxGrowth = 64U << 10;
// Operators, longest first.
constexpr std::string_view kOperators[] = {":-", ":?", ":+", "-", "?", "+"};

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::size_t name_length(std::string_view text) {
  if (text.empty() || !starts_name(text.front())) return 0;
  std::size_t n = 1;
  while (n < text.size() && (starts_name(text[n]) || (text[n] >= '0' && text[n] <= '9'))) ++n;
  return n;
}

// Of the brace that closes the one before `text`; nested ${ } are skipped.
std::size_t closing_brace(std::string_view text) {
  std::size_t open = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}' && --open == 0) return i;
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') ++open;
  }
  return std::string_view::npos;
}

class Expander {
 public:
  explicit Expander(const Environment& environment) : environment_(environment) {}

  std::string expand(std::string_view text, std::size_t depth) {
    if (depth > kMaxDepth) return refuse("variables nested deeper than 20 levels");
    std::string result;
    const std::size_t most = text.size() + kMaxGrowth;
    while (problem.empty() && !text.empty()) {
      const std::size_t dollar = text.find('$');
      result += text.substr(0, dollar);
      if (dollar == std::string_view::npos) break;
      text.remove_prefix(dollar + 1);
      if (text.starts_with('$')) {
        result += '$';
        text.remove_prefix(1);
      } else if (text.starts_with('{')) {
        text.remove_prefix(1);
        result += braced(text, depth);
      } else if (const std::size_t n = name_length(text); n > 0) {
        result += value_or_unknown(text.substr(0, n));
        text.remove_prefix(n);
      } else {
        return refuse("a \"$\" that starts no variable");
      }
      if (result.size() > most) return refuse("variables that add more than 64 KiB to one value");
    }
    return result;
  }

  bool known = true;
  std::string problem;

 private:
  std::string refuse(std::string why) {
    problem = std::move(why);
    return {};
  }

  std::optional<std::string> value(std::string_view name) const {
    const auto found = environment_.find(name);
    return found == environment_.end() ? std::nullopt : std::optional(found->second);
  }

  std::string value_or_unknown(std::string_view name) {
    auto found = value(name);
    known = known && found.has_value();
    return found.value_or("");
  }

  // `text` is behind "${"; the whole is cut off it.
  std::string braced(std::string_view& text, std::size_t depth) {
    const std::size_t close = closing_brace(text);
    if (close == std::string_view::npos) return refuse("\"${\" without \"}\"");
    std::string_view inside = text.substr(0, close);
    text.remove_prefix(close + 1);
    const std::size_t n = name_length(inside);
    if (n == 0) return refuse("\"${" + printable(inside, 40) + "}\" names no variable");
    const std::string_view name = inside.substr(0, n);
    inside.remove_prefix(n);
    if (inside.empty()) return value_or_unknown(name);
    for (const std::string_view op : kOperators) {
      if (inside.starts_with(op)) return apply(name, op, inside.substr(op.size()), depth);
    }
    return refuse("\"${" + std::string(name) + printable(inside, 40) + "}\" has no operator that Compose knows");
  }

  std::string apply(std::string_view name, std::string_view op, std::string_view rest, std::size_t depth) {
    auto found = value(name);
    // With a colon, an empty value counts as none.
    const bool set = found && (op.size() == 1 || !found->empty());
    switch (op.back()) {
      case '-':
        return set ? *found : expand(rest, depth + 1);
      case '+':
        return set ? expand(rest, depth + 1) : std::string();
      default:  // '?': who deploys must set it; what it will be is not known here
        known = known && set;
        return set ? *found : std::string();
    }
  }

  const Environment& environment_;
};

}  // namespace

Interpolated interpolate(std::string_view text, const Environment& environment) {
  if (text.find('$') == std::string_view::npos) return {.text = std::string(text), .known = true, .problem = {}};
  Expander expander(environment);
  std::string expanded = expander.expand(text, 0);
  if (!expander.problem.empty()) {
    return {.text = std::string(text), .known = false, .problem = std::move(expander.problem)};
  }
  if (!expander.known) return {.text = std::string(text), .known = false, .problem = {}};
  return {.text = std::move(expanded), .known = true, .problem = {}};
}

}  // namespace oakum::compose
