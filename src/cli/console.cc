#include "cli/console.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::cli {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

void complain(const Error& error) { std::fprintf(stderr, "oakum: %s\n", printable(error.message()).c_str()); }

void note(std::string_view text) { std::fprintf(stderr, "oakum: %s\n", printable(text).c_str()); }

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

std::size_t terminal_width() {
  constexpr std::size_t kNarrowest = 40;
  constexpr std::size_t kWidest = 200;
  if (const auto columns = parse_number<std::size_t>(environment("COLUMNS")))
    return std::clamp(*columns, kNarrowest, kWidest);
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
  }
  return 100;
}

bool wants_colour(std::string_view when) {
  if (when == "always") return true;
  if (when == "never" || !environment("NO_COLOR").empty()) return false;
  const std::string terminal = environment("TERM");
  return is_terminal(STDOUT_FILENO) && !terminal.empty() && terminal != "dumb";
}

std::string today() {
  std::time_t now = std::time(nullptr);
  if (const auto epoch = parse_number<std::int64_t>(environment("SOURCE_DATE_EPOCH")))
    now = static_cast<std::time_t>(*epoch);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &utc);
  return text;
}

Status print(std::string_view text) {
  auto status = write_all(STDOUT_FILENO, text, "standard output");
  if (!status && errno == EPIPE) return {};
  return status;
}

std::string read_password() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string default_cache_directory() {
  if (const std::string xdg = environment("XDG_CACHE_HOME"); xdg.starts_with('/')) return xdg + "/oakum";
  if (const std::string home = environment("HOME"); home.starts_with('/')) return home + "/.cache/oakum";
  return {};
}

}  // namespace oakum::cli
