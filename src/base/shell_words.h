// Words of a command line as a POSIX shell splits and quotes them; nothing is expanded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// Quotes and backslashes are taken off as the shell does (POSIX.1 2.2). nullopt when a quote is not closed.
std::optional<std::vector<std::string>> split_shell_words(std::string_view text);

// As a shell reads it back as one word; with `expand`, variables in it are left to the shell.
std::string shell_quoted(std::string_view word, bool expand = false);
std::string shell_line(const std::vector<std::string>& words);

}  // namespace oakum
