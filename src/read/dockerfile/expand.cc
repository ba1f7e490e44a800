#include "read/dockerfile/expand.h"

#include <algorithm>

#include "base/text.h"
#include "read/dockerfile/pattern.h"

namespace oakum::dockerfile {

namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kLongestValue = 64UZ << 10;
// ${v/pattern/…} costs value * value * pattern at worst.
constexpr std::size_t kLongestMatched = 1024;

bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }
bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_special(char byte) { return std::string_view("@*#?-$!0").contains(byte); }

class Lexer {
 public:
  Lexer(std::string_view word, const Scope& scope, char escape) : word_(word), scope_(scope), escape_(escape) {}

  Expanded run() {
    result_.value = until('\0', 0);
    if (result_.value.size() > kLongestValue) give_up();
    if (too_deep_) give_up();
    return std::move(result_);
  }

 private:
  struct Value {
    std::string text;
    bool set = false;
    bool known = true;
    bool heard_of = false;
  };

  void give_up() {
    result_.value = word_;
    result_.known = false;
  }
  bool stopped() const { return !result_.problem.empty() || too_deep_ || grown_ > kLongestValue; }
  void refuse(std::string why) {
    if (result_.problem.empty()) result_.problem = std::move(why);
  }

  // Up to `stop`, which is taken; '\0' is the end of the word.
  std::string until(char stop, int depth) {
    std::string out;
    if (depth > kDeepest) too_deep_ = true;
    while (!stopped()) {
      if (at_ >= word_.size()) {
        if (stop != '\0') refuse("a ${ is not closed");
        break;
      }
      const char byte = word_[at_];
      if (stop != '\0' && byte == stop) {
        ++at_;
        break;
      }
      const std::size_t before = out.size();
      piece(byte, out, depth);
      grown_ += out.size() - before;
    }
    return out;
  }

  void piece(char byte, std::string& out, int depth) {
    if (byte == '\'') {
      single(out);
    } else if (byte == '"') {
      doubled(out, depth);
    } else if (byte == '$') {
      out += dollar(depth);
    } else if (byte == escape_) {
      if (++at_ < word_.size()) out += word_[at_++];
    } else {
      out += byte;
      ++at_;
    }
  }

  void single(std::string& out) {
    const std::size_t close = word_.find('\'', at_ + 1);
    result_.quoted = true;
    if (close == std::string_view::npos) return refuse("a single quote is not closed");
    out += word_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
  }

  void doubled(std::string& out, int depth) {
    result_.quoted = true;
    ++at_;
    while (!stopped()) {
      if (at_ >= word_.size()) return refuse("a double quote is not closed");
      const char byte = word_[at_];
      if (byte == '"') {
        ++at_;
        return;
      }
      if (byte == '$') {
        out += dollar(depth);
        continue;
      }
      ++at_;
      if (byte == escape_ && at_ < word_.size()) {
        const char next = word_[at_];
        if (next != '"' && next != '$' && next != escape_) out += byte;
        out += next;
        ++at_;
      } else {
        out += byte;
      }
    }
  }

  std::string_view name() {
    const std::size_t begin = at_;
    if (at_ < word_.size() && is_letter(word_[at_])) {
      while (at_ < word_.size() && (is_letter(word_[at_]) || is_digit(word_[at_]))) ++at_;
    } else if (at_ < word_.size() && is_digit(word_[at_])) {
      while (at_ < word_.size() && is_digit(word_[at_])) ++at_;
    } else if (at_ < word_.size() && is_special(word_[at_])) {
      ++at_;
    }
    return word_.substr(begin, at_ - begin);
  }

  std::string dollar(int depth) {
    const std::size_t begin = at_++;
    if (at_ < word_.size() && word_[at_] == '{') {
      ++at_;
      return braced(begin, depth);
    }
    const std::string_view variable = name();
    if (variable.empty()) return "$";
    return plain(look_up(variable), begin);
  }

  Value look_up(std::string_view variable) {
    const Variable* found = scope_.find(variable);
    if (found != nullptr) {
      return {found->value, found->set, found->known && found->set, true};
    }
    return {"", false, scope_.closed() && !is_platform_argument(variable), is_predefined(variable)};
  }

  // The value itself, or the text as written where it is not known.
  std::string plain(const Value& value, std::size_t begin) {
    if (value.known) return value.text;
    result_.known = false;
    return value.set ? value.text : std::string(word_.substr(begin, at_ - begin));
  }

  std::string braced(std::size_t begin, int depth) {
    const std::string_view variable = name();
    if (variable.empty()) {
      refuse("\"" + printable(word_.substr(begin), 40) + "\" names no variable");
      return "";
    }
    const Value value = look_up(variable);
    if (at_ >= word_.size()) {
      refuse("a ${ is not closed");
      return "";
    }
    const char op = word_[at_++];
    switch (op) {
      case '}':
        return plain(value, begin);
      case ':':
        if (at_ >= word_.size()) break;
        return chosen(variable, value, word_[at_++], true, depth);
      case '-':
      case '+':
      case '?':
        return chosen(variable, value, op, false, depth);
      case '#':
      case '%':
        return cut(value, op, begin, depth);
      case '/':
        return replaced(value, begin, depth);
      default:
        break;
    }
    refuse("\"" + printable(word_.substr(begin), 40) + "\" uses an operator that the builder does not know");
    return "";
  }

  // ${v:-x} ${v-x} ${v:+x} ${v+x} ${v:?x} ${v?x}; with ':' an empty value counts as none.
  std::string chosen(std::string_view variable, const Value& value, char op, bool empty_is_none, int depth) {
    const bool known_before = result_.known;
    const std::string other = until('}', depth + 1);
    const bool other_known = result_.known;
    const bool has = value.set && !(empty_is_none && value.text.empty());
    result_.known = known_before;
    switch (op) {
      case '-':
        result_.known = known_before && (has ? value.known : other_known);
        return has ? value.text : other;
      case '+':
        result_.known = known_before && (!has || other_known);
        return has ? other : "";
      case '?':
        if (!has && (value.known || (value.set && value.text.empty()))) {
          refuse("variable \"" + std::string(variable) +
                 "\" has no value: " + (other.empty() ? "it must have one" : other));
        }
        result_.known = known_before && has && value.known;
        return has ? value.text : "$" + std::string(variable);
      default:
        refuse("operator \":" + std::string(1, op) + "\" is none that the builder knows");
        return "";
    }
  }

  // A result that needs the value: as written when the value is not known.
  bool usable(const Value& value, std::string_view pattern) {
    if (value.known && value.text.size() <= kLongestMatched && pattern.size() <= kLongestMatched) return true;
    result_.known = false;
    return false;
  }

  bool twice(char op) {
    if (at_ >= word_.size() || word_[at_] != op) return false;
    ++at_;
    return true;
  }

  std::string cut(const Value& value, char op, std::size_t begin, int depth) {
    const bool longest = twice(op);
    const std::string pattern = until('}', depth + 1);
    if (!usable(value, pattern)) return std::string(word_.substr(begin, at_ - begin));
    return op == '#' ? without_prefix(value.text, pattern, longest) : without_suffix(value.text, pattern, longest);
  }

  std::string replaced(const Value& value, std::size_t begin, int depth) {
    const bool all = twice('/');
    const std::string pattern = until('/', depth + 1);
    const std::string by = until('}', depth + 1);
    if (!usable(value, pattern)) return std::string(word_.substr(begin, at_ - begin));
    return with_replaced(value.text, pattern, by, all);
  }

  std::string_view word_;
  const Scope& scope_;
  char escape_;
  std::size_t at_ = 0;
  std::size_t grown_ = 0;
  bool too_deep_ = false;
  Expanded result_;
};

}  // namespace

bool is_plain(std::string_view word, char escape) {
  return std::ranges::all_of(
      word, [escape](char byte) { return byte != '$' && byte != '"' && byte != '\'' && byte != escape; });
}

Expanded expand(std::string_view word, const Scope& scope, char escape, std::size_t& budget) {
  if (is_plain(word, escape)) return {.value = std::string(word)};
  Expanded expanded = Lexer(word, scope, escape).run();
  if (expanded.value.size() > word.size()) {
    const std::size_t grown = expanded.value.size() - word.size();
    if (grown > budget) {
      expanded.value = word;
      expanded.known = false;
    } else {
      budget -= grown;
    }
  }
  return expanded;
}

}  // namespace oakum::dockerfile
