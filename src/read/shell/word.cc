// Words: quoting and expansions (POSIX 2.2, 2.6; bash's $'…', <(…), arrays and extended patterns).
#include <algorithm>
#include <array>

#include "read/shell/anchors.h"
#include "read/shell/reader.h"

namespace oakum::shell {

namespace {

bool is_meta(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')' || c == '<' ||
         c == '>';
}

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// What ends a run of bytes that stand for themselves: all that Words::read() looks at one by one.
constexpr std::array<bool, 256> kEndsRun = [] {
  std::array<bool, 256> ends{};
  for (const char c : {' ', '\t', '\n', ';', '&', '|', '(', ')', '<', '>', '\\', '\'', '"', '$', '`', '\r', '{', '\0'})
    ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

bool ends_run(char c) { return kEndsRun[static_cast<unsigned char>(c)]; }

// "NAME=" or "NAME+=" and nothing behind it: an array may follow.
bool ends_in_assignment(std::string_view text) {
  if (!text.ends_with('=')) return false;
  text.remove_suffix(1);
  if (text.ends_with('+')) text.remove_suffix(1);
  return !text.empty() && is_name_start(text.front()) && std::ranges::all_of(text, is_name);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// The byte that an escape letter of $'…' stands for; '\0' when it has none of its own.
char ansi_escape(char letter) {
  constexpr std::string_view kLetters = "abefnrtv\\'\"?";
  constexpr std::string_view kBytes = "\a\b\x1b\f\n\r\t\v\\'\"?";
  const std::size_t found = kLetters.find(letter);
  return found == std::string_view::npos ? '\0' : kBytes[found];
}

}  // namespace

// One word being put together.
struct Reader::Words {
  Reader& reader;
  WordRead& out;
  std::vector<Command>& nested;
  Context context;

  bool at_end() const { return reader.at_end(); }
  char peek(std::size_t ahead = 0) const { return reader.peek(ahead); }

  void append(std::string_view piece, std::size_t at) {
    // Most words are one piece, which needs no anchor.
    if (out.pieces.empty() && at == out.begin + out.word.text.size()) {
      out.word.text += piece;
      return;
    }
    if (out.pieces.empty() && !out.word.text.empty()) out.pieces.push_back({0, static_cast<std::uint32_t>(out.begin)});
    append_piece(out.word.text, out.pieces, piece, at);
  }

  void take(std::size_t bytes) {
    append(reader.slice(reader.at(), reader.at() + bytes), reader.at());
    reader.advance(bytes);
  }
  void take_byte(char byte, std::size_t length) {
    append(std::string_view(&byte, 1), reader.at());
    reader.advance(length);
  }
  // What was read since `begin`, as it is written.
  void take_raw(std::size_t begin) { append(reader.slice(begin, reader.at()), begin); }

  void escape() {
    out.plain = false;
    if (peek(1) == '\n') return reader.advance(2);
    if (peek(1) == '\r' && peek(2) == '\n') return reader.advance(3);
    if (reader.at() + 1 >= reader.text_.size()) return take(1);
    out.word.quoted = true;
    reader.advance(1);
    take(1);
  }

  void single_quoted() {
    const std::size_t begin = reader.at();
    const std::size_t end = reader.text_.find('\'', begin + 1);
    out.plain = false;
    out.word.quoted = true;
    reader.advance(1);
    if (end == std::string_view::npos) {
      reader.problem(begin, begin + 1, "a single quote is not closed");
      return take(reader.text_.size() - reader.at());
    }
    if (end > reader.at()) take(end - reader.at());
    reader.advance(1);
  }

  void double_quoted() {
    const Nesting nesting(reader);
    const std::size_t begin = reader.at();
    out.plain = false;
    out.word.quoted = true;
    reader.advance(1);
    while (!at_end()) {
      const char c = peek();
      if (c == '"') return reader.advance(1);
      if (c == '$') {
        dollar(true);
      } else if (c == '`') {
        backquoted();
      } else if (c == '\\' && peek(1) == '\n') {
        reader.advance(2);
      } else if (c == '\\' && (peek(1) == '$' || peek(1) == '`' || peek(1) == '"' || peek(1) == '\\')) {
        reader.advance(1);
        take(1);
      } else {
        take_until("\"$`\\");
      }
    }
    reader.problem(begin, begin + 1, "a double quote is not closed");
  }

  // At least one byte, up to the next of `stops`.
  void take_until(std::string_view stops) {
    const std::size_t end = std::min(reader.text_.find_first_of(stops, reader.at() + 1), reader.text_.size());
    take(end - reader.at());
  }

  void ansi_quoted() {  // $'…'
    const std::size_t begin = reader.at();
    out.plain = false;
    out.word.quoted = true;
    reader.advance(2);
    while (!at_end()) {
      if (peek() == '\'') return reader.advance(1);
      if (peek() != '\\') {
        take_until("'\\");
      } else if (const char byte = ansi_escape(peek(1)); byte != '\0') {
        take_byte(byte, 2);
      } else if (peek(1) == 'x' && digit_of(peek(2)) < 16) {
        number(2, 16, 2);
      } else if (digit_of(peek(1)) < 8) {
        number(1, 8, 3);
      } else {
        take(1);
      }
    }
    reader.problem(begin, begin + 2, "a quote is not closed");
  }

  void number(std::size_t from, int base, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < most && digit_of(peek(from + digits)) < base)
      value = value * base + digit_of(peek(from + digits++));
    take_byte(static_cast<char>(static_cast<unsigned char>(value)), from + digits);
  }

  void dollar(bool in_double_quotes) {
    const std::size_t begin = reader.at();
    const char next = peek(1);
    if (next == '\'' && !in_double_quotes) return ansi_quoted();
    if (next == '"' && !in_double_quotes) return reader.advance(1);  // $"…": translated text
    if (next != '(' && next != '{' && !is_name(next) &&
        std::string_view("@*#?$!-").find(next) == std::string_view::npos)
      return take(1);
    if (next == '\0') return take(1);
    out.plain = false;
    out.word.expands = true;
    skip_expansion();
    take_raw(begin);
  }

  // Behind an expansion that begins here with '$'.
  void skip_expansion() {
    const Nesting nesting(reader);
    const char next = peek(1);
    if (next == '(') return skip_parentheses();
    if (next == '{') return skip_braces();
    reader.advance(2);
    if (is_name_start(next)) {
      while (is_name(peek())) reader.advance(1);
    }
  }

  void skip_parentheses() {
    const std::size_t begin = reader.at();
    if (const auto end = reader.arithmetic_end(begin + 1)) {
      reader.advance(3);
      return skip_to(*end);
    }
    out.substitutes = true;
    reader.advance(2);
    reader.list(nested, {context.depth + 1, context.checked}, true);
  }

  // Over text that is not words, into the expansions that it holds.
  void skip_to(std::size_t end) {
    while (!at_end() && reader.at() < end) skip_one();
  }

  void skip_one() {
    if (peek() == '\\') {
      reader.advance(2);
    } else if (peek() == '$' && (peek(1) == '(' || peek(1) == '{')) {
      skip_expansion();
    } else if (peek() == '`') {
      skip_backquoted();
    } else {
      reader.advance(1);
    }
  }

  void skip_braces() {
    const std::size_t begin = reader.at();
    reader.advance(2);
    bool quoted = false;
    while (!at_end()) {
      if (peek() == '}' && !quoted) return reader.advance(1);
      if (peek() == '"') quoted = !quoted;
      skip_one();
    }
    reader.problem(begin, begin + 2, "\"${\" is not closed");
  }

  void backquoted() {
    const std::size_t begin = reader.at();
    out.plain = false;
    out.word.expands = true;
    skip_backquoted();
    take_raw(begin);
  }

  // `…`: a backslash before $, ` or \ is taken off before the script inside is read.
  void skip_backquoted() {
    const Nesting nesting(reader);
    const std::size_t begin = reader.at();
    std::string script;
    std::vector<Anchor> pieces;
    out.substitutes = true;
    reader.advance(1);
    while (!at_end() && peek() != '`') {
      if (peek() == '\\' && (peek(1) == '$' || peek(1) == '`' || peek(1) == '\\')) reader.advance(1);
      const std::size_t from = reader.at();
      reader.advance(1);
      append_piece(script, pieces, reader.slice(from, from + 1), from);
    }
    if (at_end()) return reader.problem(begin, begin + 1, "a backquote is not closed");
    reader.advance(1);
    reader.inner_script(script, pieces, true, nested, {context.depth + 1, context.checked});
  }

  void process_substitution() {
    const Nesting nesting(reader);
    const std::size_t begin = reader.at();
    out.plain = false;
    out.word.expands = out.substitutes = true;
    reader.advance(2);
    reader.list(nested, {context.depth + 1, context.checked}, true);
    take_raw(begin);
  }

  // Of an array's items, or of an extended pattern: as written, up to the parenthesis that closes it.
  void parenthesised() {
    const Nesting nesting(reader);
    const std::size_t begin = reader.at();
    out.plain = false;
    reader.advance(1);
    while (!at_end()) {
      reader.skip_blanks();
      if (peek() == ')') {
        reader.advance(1);
        return take_raw(begin);
      }
      if (peek() == '(') {
        WordRead item;
        Words{reader, item, nested, context}.parenthesised();
        continue;
      }
      const WordRead item = reader.word(nested, context);
      out.word.expands = out.word.expands || item.word.expands;
      out.substitutes = out.substitutes || item.substitutes;
      if (item.begin == item.end) reader.advance(at_end() ? 0 : 1);
    }
    reader.problem(begin, begin + 1, "\"(\" is not closed");
    take_raw(begin);
  }

  // Is the operator here a part of the word after all?
  bool continues() {
    if (const std::size_t length = reader.placeholder(); length > 0) {
      out.plain = false;
      out.word.expands = true;
      take(length);
      return true;
    }
    if ((peek() == '<' || peek() == '>') && peek(1) == '(') {
      process_substitution();
      return true;
    }
    if (peek() != '(' || out.word.text.empty() || out.word.quoted) return false;
    const bool pattern = std::string_view("?*+@!").find(out.word.text.back()) != std::string_view::npos;
    if (!pattern && !ends_in_assignment(out.word.text)) return false;
    parenthesised();
    return true;
  }

  void read() {
    while (!at_end()) {
      const char c = peek();
      if (c == '\\') {
        escape();
      } else if (c == '\'') {
        single_quoted();
      } else if (c == '"') {
        double_quoted();
      } else if (c == '$') {
        dollar(false);
      } else if (c == '`') {
        backquoted();
      } else if (c == '\r' && peek(1) == '\n') {
        return;
      } else if (is_meta(c)) {
        const bool may_continue = c == '(' || c == '<' || c == '>';
        if (!may_continue || !continues()) return;
      } else if (const std::size_t filled = reader.filled_in(); filled > 0) {
        out.plain = false;
        out.word.expands = true;
        take(filled);
      } else {
        std::size_t end = reader.at() + 1;
        while (end < reader.text_.size() && !ends_run(reader.text_[end])) ++end;
        take(end - reader.at());
      }
    }
  }
};

std::size_t Reader::placeholder() const {
  constexpr std::size_t kLongest = 80;
  if (!progress_.dialect.placeholders || peek() != '<' || !is_name_start(peek(1))) return 0;
  const auto belongs = [](char c) {
    return is_name(c) || std::string_view(" -./:,").find(c) != std::string_view::npos;
  };
  std::size_t length = 2;
  while (length < kLongest && belongs(peek(length))) ++length;
  return peek(length) == '>' && peek(length - 1) != ' ' ? length + 1 : 0;
}

std::size_t Reader::filled_in() const {
  constexpr std::size_t kLongest = 120;
  if (peek() != '{' || peek(1) != '{' || peek(2) != ' ') return 0;
  for (std::size_t length = 3; length < kLongest && peek(length) != '\n' && peek(length) != '\0'; ++length) {
    if (peek(length) == '}' && peek(length + 1) == '}') return length + 2;
  }
  return 0;
}

WordRead Reader::word(std::vector<Command>& nested, Context context) {
  WordRead out;
  out.begin = at_;
  Words{*this, out, nested, context}.read();
  out.end = std::min(at_, text_.size());
  out.word.span = span(out.begin, out.end);
  return out;
}

void Reader::expansions(std::vector<Command>& nested, Context context) {
  WordRead unused;
  Words{*this, unused, nested, context}.skip_to(text_.size());
}

}  // namespace oakum::shell
