// A shell script as rules look at it: simple commands with their words, and how they hang together. Read by read/shell.
// Not a full shell grammar: what is not understood is kept as words, never dropped, and `complete` says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/origin.h"

namespace oakum::shell {

struct Word {
  std::string text;  // with quotes and escapes removed; variables and substitutions stay as written ("$FOO", "$(date)")
  Span span;         // in the source text
  bool quoted = false;   // any part was quoted
  bool expands = false;  // holds a variable or a substitution outside single quotes: its value is not known
  bool operator==(const Word&) const = default;
};

struct Assignment {
  std::string name;
  Word value;
  bool append = false;  // NAME+=value
};

struct Redirection {
  std::string op;  // ">", ">>", "<", "2>", "&>", "<<", "<<<", "<(", …
  Word target;
};

// How a command is joined to the one before it.
enum class Joint : std::uint8_t { first, and_then, or_else, semicolon, pipe, background };

struct Command {
  std::vector<Assignment> assignments;  // FOO=bar before the command word
  std::vector<Word> words;              // [0] is the command word; empty for assignments alone
  std::vector<Redirection> redirections;
  std::size_t program = 0;  // what wrappers run in the end: unwrapped() of this, which the reader asks once
  Joint joint = Joint::first;
  std::uint32_t pipeline = 0;  // commands of one pipeline have one number
  std::uint32_t depth = 0;     // of subshells, groups, functions, if/for/while/case bodies, command substitutions
  bool negated = false;
  // In a condition of if/while/until, on the left of && or ||: its failure does not end the script under `set -e`.
  bool checked = false;
  Span span;

  // "" when there are only assignments. The last path component: "/usr/bin/curl" → "curl".
  std::string_view name() const;
  // Words after the command word.
  bool has_word(std::string_view word) const;
};

// The command behind wrappers (sudo, env, exec, time, nice, command, nohup, xargs, busybox …): an index into words,
// words.size() when none.
std::size_t unwrapped(const Command& command);

struct Script {
  std::vector<Command> commands;  // in the order of the text, those of substitutions after the command that holds them
  bool complete = true;           // false when the text breaks the shell's grammar; the rest was read as far as it goes
  std::string problem;            // what broke, when not complete
  Span problem_span;
};

}  // namespace oakum::shell
