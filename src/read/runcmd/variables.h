// Inside read/runcmd: what a script's own assignments say of the variables in its run lines. Nothing is executed: what
// depends on a command, on the caller or on a branch that may not be taken stays unresolved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/shell.h"

namespace oakum::runcmd {

class Variables {
 public:
  // `text` and `lines` are of the file that spans point into; both are borrowed.
  Variables(std::string_view text, const LineIndex& lines) : text_(text), lines_(lines) {}

  void assign(const shell::Assignment& assignment, std::uint32_t depth);
  // From a unit's Environment=, a CI file's env:, a Makefile.
  void set(std::string_view name, std::string_view value, const Span& span, std::uint32_t depth = 0);
  // It has a value now that is not known (for, read).
  void forget(std::string_view name);

  // The words as the shell would have them. A word that still depends on something has `expands` set, and others not.
  std::vector<shell::Word> expand(const std::vector<shell::Word>& words, std::uint32_t depth);

 private:
  struct Value {
    std::string text;
    Span span;
    bool known = true;
    std::uint32_t depth = 0;
    bool array = false;
    std::vector<shell::Word> items;  // of an array
  };
  const Value* find(std::string_view name, std::uint32_t depth) const;
  std::string resolve(std::string_view text, std::uint32_t depth, bool& resolved);
  std::vector<shell::Word> array_items(std::string_view text, const Span& span) const;
  void expand_word(const shell::Word& word, std::uint32_t depth, std::vector<shell::Word>& out);

  std::string_view text_;
  const LineIndex& lines_;
  std::map<std::string, Value, std::less<>> values_;
  std::size_t budget_ = std::size_t{16} << 20;  // bytes put in for variables, all in all
};

}  // namespace oakum::runcmd
