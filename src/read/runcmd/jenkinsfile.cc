// Jenkinsfiles: the scripts of `sh`, `bat` and `powershell` steps, which are strings of Groovy
// (groovy-lang.org/syntax.html, 4: Strings). Other Groovy is skipped, comments and strings correctly.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "read/runcmd/runcmd.h"
#include "read/runcmd/script.h"
#include "read/shell/anchors.h"

namespace oakum::runcmd {

namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool runs_script(std::string_view step) {
  constexpr std::array<std::string_view, 4> kSteps = {"bat", "powershell", "pwsh", "sh"};
  return std::ranges::binary_search(kSteps, step);
}

// The byte that an escape's letter stands for; '\0' when it is none of the simple ones.
char escaped(char letter) {
  constexpr std::string_view kLetters = "bfnrst\\'\"$";
  constexpr std::string_view kBytes = "\b\f\n\r \t\\'\"$";
  const std::size_t found = kLetters.find(letter);
  return found == std::string_view::npos ? '\0' : kBytes[found];
}

// A string as Groovy would have it; ${…} of the pipeline as a shell's variable, which nobody set.
struct Script {
  std::string text;
  std::vector<shell::Anchor> map;
  std::size_t begin = 0, end = 0;  // without its quotes

  void take(std::string_view piece, std::size_t at) { shell::append_piece(text, map, piece, at); }
};

class Jenkinsfile {
 public:
  explicit Jenkinsfile(Carried& carried) : carried_(carried), text_(carried.text) {}

  void read() {
    while (at_ < text_.size()) {
      if (skip_comment() || skip_slashy()) continue;
      if (is_quote()) {
        string();
      } else if (is_name_start(text_[at_])) {
        word();
      } else {
        ++at_;
      }
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool looking_at(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  bool is_quote() const { return peek() == '"' || peek() == '\''; }

  bool skip_comment() {
    const bool line = looking_at("//") || (at_ == 0 && looking_at("#!"));
    if (!line && !looking_at("/*")) return false;
    const std::size_t end = text_.find(line ? "\n" : "*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + (line ? 1 : 2);
    return true;
  }

  // =~ /pattern with "quotes"/: only where a value begins, for '/' also divides.
  bool skip_slashy() {
    if (peek() != '/' || std::string_view("=(,:~[").find(last_) == std::string_view::npos) return false;
    const std::size_t end = text_.find_first_of("/\n", at_ + 1);
    if (end == std::string_view::npos || text_[end] == '\n') return false;
    at_ = end + 1;
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (is_blank(peek()) || skip_comment())) {
      if (is_blank(peek())) ++at_;
    }
  }

  std::string_view name() {
    const std::size_t begin = at_;
    while (is_name(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void word() {
    const bool is_member = at_ > 0 && text_[at_ - 1] == '.';
    const std::string_view step = name();
    if (!is_member && runs_script(step)) return arguments();
    const std::size_t behind = at_;
    skip_blanks();
    last_ = peek();
    if (peek() == '=' && peek(1) != '=' && peek(1) != '~') return assignment(step);
    at_ = behind;
  }

  // NAME = 'value', in environment { } or as a variable.
  void assignment(std::string_view variable) {
    ++at_;
    skip_blanks();
    if (!is_quote()) return;
    const Script value = string();
    const Span span = carried_.lines.span(value.begin, value.end);
    if (value.text.find('$') == std::string::npos) {
      carried_.variables.set(variable, value.text, span);
    } else {
      carried_.variables.forget(variable);
    }
  }

  // sh 'script', sh("script"), sh(label: 'x', script: '''script''', returnStdout: true)
  void arguments() {
    skip_blanks_on_line();
    const bool closed = peek() == '(';
    if (closed) ++at_;
    while (at_ < text_.size()) {
      closed ? skip_blanks() : skip_blanks_on_line();
      const std::size_t begin = at_;
      const std::string_view argument = is_name_start(peek()) ? name() : std::string_view();
      skip_blanks_on_line();
      const bool named = !argument.empty() && peek() == ':';
      if (!argument.empty() && !named) {
        at_ = begin;
        return;
      }
      if (named) ++at_;
      skip_blanks();
      if (is_quote()) {
        const Script script = concatenation();
        if (!named || argument == "script") read_script(carried_, script.text, script.map, false);
      } else {
        while (is_name(peek()) || peek() == '.') ++at_;
      }
      skip_blanks_on_line();
      if (peek() != ',') return;
      ++at_;
    }
  }

  void skip_blanks_on_line() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  // 'a' + NAME + "b"
  Script concatenation() {
    Script all = string();
    while (true) {
      const std::size_t behind = at_;
      skip_blanks();
      if (peek() != '+') {
        at_ = behind;
        return all;
      }
      ++at_;
      skip_blanks();
      if (is_quote()) {
        const Script next = string();
        const auto offset = static_cast<std::uint32_t>(all.text.size());
        for (const shell::Anchor& anchor : next.map) all.map.push_back({anchor.text + offset, anchor.file});
        all.text += next.text;
      } else if (is_name_start(peek())) {
        const std::size_t begin = at_;
        variable(all, begin, expression_name());
      } else {
        return all;
      }
    }
  }

  // env.IMAGE, params.TAG, IMAGE: the last part. Calls and other expressions have no name.
  std::string_view expression_name() {
    std::string_view last = name();
    while (peek() == '.' && is_name_start(peek(1))) {
      ++at_;
      last = name();
    }
    return last;
  }

  static void variable(Script& script, std::size_t at, std::string_view name) {
    script.take("${", at);
    script.take(name.empty() ? "groovy" : name, at);
    script.take("}", at);
  }

  // At a quote; behind the string afterwards. An unclosed one ends with its line, or with the text.
  Script string() {
    Script out;
    const char quote = peek();
    const bool triple = peek(1) == quote && peek(2) == quote;
    const std::string closing(triple ? 3 : 1, quote);
    at_ += closing.size();
    out.begin = at_;
    while (at_ < text_.size() && !looking_at(closing) && (triple || peek() != '\n')) byte(out, quote == '"');
    out.end = at_;
    if (looking_at(closing)) at_ += closing.size();
    last_ = quote;
    return out;
  }

  void byte(Script& out, bool expands) {
    if (peek() == '\\') return escape(out);
    if (expands && peek() == '$' && peek(1) == '{') return expression(out);
    if (expands && peek() == '$' && is_name_start(peek(1))) {
      const std::size_t begin = at_++;
      return variable(out, begin, expression_name());
    }
    out.take(text_.substr(at_, 1), at_);
    ++at_;
  }

  void escape(Script& out) {
    if (peek(1) == '\n') {  // the line goes on
      at_ += 2;
      return;
    }
    const char byte = escaped(peek(1));
    if (byte == '\0') {
      out.take(text_.substr(at_, 1), at_);
      ++at_;
      return;
    }
    out.take(std::string_view(&byte, 1), at_);
    at_ += 2;
  }

  // ${…}: braces may nest, on few lines.
  void expression(Script& out) {
    constexpr std::size_t kLongest = 1000;
    const std::size_t begin = at_;
    at_ += 2;
    skip_blanks_on_line();
    const std::string_view name = is_name_start(peek()) ? expression_name() : std::string_view();
    if (peek() == '}') {
      ++at_;
      return variable(out, begin, name);
    }
    const std::size_t limit = std::min(text_.size(), begin + kLongest);
    for (std::size_t open = 1; at_ < limit && open > 0; ++at_) {
      if (peek() == '{') ++open;
      if (peek() == '}') --open;
    }
    variable(out, begin, {});
  }

  Carried& carried_;
  std::string_view text_;
  std::size_t at_ = 0;
  char last_ = '\0';  // what stood before: tells a pattern from a division
};

}  // namespace

void read_jenkinsfile(Carried& carried) { Jenkinsfile(carried).read(); }

}  // namespace oakum::runcmd
