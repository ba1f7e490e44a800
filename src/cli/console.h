// How commands talk: stdout is data, stderr is talk.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::cli {

// "oakum: what: why; what to do" on stderr, control characters made visible.
void complain(const Error& error);
void note(std::string_view text);

bool is_terminal(int fd);
// Columns of the terminal at stdout; COLUMNS where it is set; 100 when there is no terminal.
std::size_t terminal_width();
// Colour only on a terminal that can, and never against NO_COLOR (no-color.org).
bool wants_colour(std::string_view when);  // "auto", "always", "never"

// Today as an ISO date; SOURCE_DATE_EPOCH, where set, is the clock (reproducible-builds.org).
std::string today();

// Writes everything to stdout; a reader that went away (EPIPE) is no failure.
Status print(std::string_view text);

// The first line of standard input, for --password-stdin.
std::string read_password();

// $XDG_CACHE_HOME/oakum, else ~/.cache/oakum; empty when there is no home.
std::string default_cache_directory();

}  // namespace oakum::cli
