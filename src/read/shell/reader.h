// Inside read/shell: one text being read. Words recurse into lists (substitutions) and lists into words; the depth of
// both together is bounded, and every byte is looked at a bounded number of times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell.h"
#include "read/shell/shell.h"

namespace oakum::shell {

inline constexpr std::size_t kMaxBytes = 1U << 20;
inline constexpr std::uint32_t kMaxDepth = 64;
inline constexpr std::size_t kMaxCommands = 100'000;

// What a script and the scripts inside it share.
struct Progress {
  bool complete = true;
  std::string problem;
  Span problem_span;
  std::size_t commands = 0;
  std::uint32_t pipelines = 0;
  std::uint32_t nesting = 0;  // of function calls
  bool stopped = false;       // a limit was reached
  Dialect dialect;
};

struct WordRead {
  Word word;
  std::size_t begin = 0, end = 0;  // in the text being read
  std::vector<Anchor> pieces;      // from the word's text to the text being read; none: it is one piece, at `begin`
  bool plain = true;               // no quote, escape or expansion
  bool substitutes = false;        // holds $(…), `…` or <(…), whose commands are listed already
};

struct HereDocument {
  std::string delimiter;
  bool strip_tabs = false;
  bool expands = true;
  bool is_script = false;  // a shell reads it
  std::uint32_t depth = 0;
};

// Where a list stands, for the lists inside its words.
struct Context {
  std::uint32_t depth = 0;
  bool checked = false;
};

class Reader {
 public:
  Reader(std::string_view text, const std::vector<Anchor>& map, const LineIndex* lines, Progress& progress)
      : text_(text), map_(map), lines_(lines), progress_(progress) {}

  // Commands up to the end of the text, or behind the ')' that ends a substitution.
  void list(std::vector<Command>& out, Context context, bool substitution = false);
  // One word at the current place; it is empty when an operator or blank stands there. Commands of its substitutions
  // go to `nested`.
  WordRead word(std::vector<Command>& nested, Context context);
  // Only what expands: the body of a here-document.
  void expansions(std::vector<Command>& nested, Context context);

  // The length of "<image>" or "<your name>" here, where the dialect has them; 0 for a redirection ("<in >out" has a
  // blank before its '>').
  std::size_t placeholder() const;
  // The length of "{{ name }}" here, which a template fills in before a shell sees it (Jinja, Helm; Go's formats have
  // no blanks where they are not quoted); 0 for anything else.
  std::size_t filled_in() const;
  // Blanks, comments and continued lines; not newlines.
  void skip_blanks();
  // A construct that begins with "((" here and ends with "))": the offset behind it.
  std::optional<std::size_t> arithmetic_end(std::size_t from) const;
  void here_document(HereDocument document) { pending_.push_back(std::move(document)); }
  std::size_t pending() const { return pending_.size(); }
  HereDocument& pending(std::size_t index) { return pending_[index]; }
  // Behind a newline: reads the bodies that wait for one.
  void here_bodies(std::vector<Command>& out, Context context);
  // A script held by a word or a here-document, quotes taken off.
  void inner_script(std::string_view text, const std::vector<Anchor>& pieces, bool list_substitutions,
                    std::vector<Command>& out, Context context);

  bool at_end() const { return progress_.stopped || at_ >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool looking_at(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  std::size_t at() const { return at_; }
  void advance(std::size_t bytes) { at_ += bytes; }
  void go_to(std::size_t offset) { at_ = offset; }
  std::string_view slice(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  Span span(std::size_t begin, std::size_t end) const;
  void problem(std::size_t begin, std::size_t end, std::string what);
  void stop(std::string what);
  Progress& progress() { return progress_; }
  bool lists_substitutions() const { return lists_substitutions_; }

 private:
  struct Words;  // word.cc
  void here_body(const HereDocument& document, std::vector<Command>& out, Context context);

  std::string_view text_;
  const std::vector<Anchor>& map_;
  const LineIndex* lines_;
  Progress& progress_;
  std::size_t at_ = 0;
  std::vector<HereDocument> pending_;
  bool lists_substitutions_ = true;
};

// Bounds recursion: `entered` is false where it would go too deep, and the reading has then stopped.
class Nesting {
 public:
  explicit Nesting(Reader& reader) : reader_(reader) {
    if (++reader.progress().nesting > kMaxDepth) reader.stop("nested deeper than 64 levels");
  }
  ~Nesting() { --reader_.progress().nesting; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  Reader& reader_;
};

}  // namespace oakum::shell
