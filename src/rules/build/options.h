// The command of a RUN as its program sees it: the words behind wrappers, sorted into options and operands.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "model/shell.h"

namespace oakum::rules {

// The name of the program behind sudo, env and the like; "" when there is none. Borrows the command.
std::string_view program_of(const shell::Command& command);
// The word that names it; nullptr when there is none.
const shell::Word* program_word(const shell::Command& command);
// The words behind it.
std::span<const shell::Word> arguments_of(const shell::Command& command);

struct Option {
  std::string_view name;  // without dashes: one letter, or a long name. Borrows the word
  std::string_view value;
  bool has_value = false;
  const shell::Word* word = nullptr;        // where the option stands
  const shell::Word* value_word = nullptr;  // where its value does; null without one
};

// Which options of a program take a value from the next word.
struct OptionStyle {
  std::string_view letters;           // "ot": -o VALUE, -oVALUE
  std::string_view names;             // separated by spaces, without dashes
  bool single_dash_names = false;     // -ldflags is one option, as in Go
  bool operands_end_options = false;  // what follows the first operand belongs to it
};

struct Options {
  std::vector<Option> options;
  std::vector<const shell::Word*> operands;
  std::span<const shell::Word> rest;  // behind "--"

  // The last option with one of the names; nullptr when there is none.
  const Option* find(std::initializer_list<std::string_view> names) const;
  bool has(std::initializer_list<std::string_view> names) const { return find(names) != nullptr; }
  std::size_t count(std::string_view name) const;
};

// Clusters of letters are taken apart ("-yqq" is y, q, q); at most 64 letters of one word are looked at.
Options parse_options(std::span<const shell::Word> words, const OptionStyle& style);

// Is `word` one of those in `list`, which are separated by single spaces?
bool is_listed(std::string_view list, std::string_view word);

}  // namespace oakum::rules
