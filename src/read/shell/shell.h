// A small reader of POSIX shell and bash: commands, words, pipes, lists, quoting, substitutions, here-documents.
// IEEE Std 1003.1-2024, Shell Command Language, section 2; bash's [[, (( ), arrays and process substitution are skipped
// over correctly. Never fails: a script that breaks off is marked incomplete. Limits: 1 MiB, depth 64, 100,000
// commands.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/shell.h"

namespace oakum::shell {

// Maps an offset of the script's text to an offset of the file: scripts in a Dockerfile lose their continuations.
// Sorted by `text`; between two entries offsets advance together.
struct Anchor {
  std::uint32_t text = 0;
  std::uint32_t file = 0;
};

// What a text may hold that is no script of its own.
struct Dialect {
  // Scripts for other machines and users, too: what ssh HOST and su read from a here-document or a word.
  bool remote = false;
  // `<image>` and `<your name>` stand for a word, as documents write them: its text is kept, its value is not known.
  bool placeholders = false;
};

// Spans of the result are byte offsets only (lines and columns are filled from `lines` when given), mapped through
// `map` when it is not empty.
Script read(std::string_view text, const std::vector<Anchor>& map = {}, const LineIndex* lines = nullptr,
            Dialect dialect = {});

// The words of one command line, quotes removed, as a shell would split it; stops at the first operator.
std::vector<Word> split_words(std::string_view text);

}  // namespace oakum::shell
