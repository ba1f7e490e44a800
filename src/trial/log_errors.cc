#include "trial/log_errors.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace oakum::trial {

namespace {

constexpr std::size_t kMaxErrors = 200;
constexpr std::size_t kMaxLine = 1000;

// Words in lower case; the first row that is in the line decides.
struct Kind {
  std::string_view words, kind;
};
constexpr std::array<Kind, 15> kKinds{{{"read-only file system", "read-only"},
                                       {"readonly file system", "read-only"},
                                       {"read-only filesystem", "read-only"},
                                       {"erofs", "read-only"},
                                       {"operation not permitted", "not-permitted"},
                                       {"eperm", "not-permitted"},
                                       {"permission denied", "permission"},
                                       {"eacces", "permission"},
                                       {"access denied", "permission"},
                                       {"no space left on device", "no-space"},
                                       {"enospc", "no-space"},
                                       {"cannot allocate memory", "no-memory"},
                                       {"out of memory", "no-memory"},
                                       {"can't start new thread", "no-processes"},
                                       {"resource temporarily unavailable", "no-processes"}}};

// What was tried, and the capabilities that allow it (capabilities(7)). Only where a right is the matter.
struct Right {
  std::string_view words, capability;
};
constexpr std::array<Right, 24> kRights{{{"setgroups", "SETGID"},
                                         {"initgroups", "SETGID"},
                                         {"setgid", "SETGID"},
                                         {"setegid", "SETGID"},
                                         {"setregid", "SETGID"},
                                         {"setresgid", "SETGID"},
                                         {"setuid", "SETUID"},
                                         {"seteuid", "SETUID"},
                                         {"setreuid", "SETUID"},
                                         {"setresuid", "SETUID"},
                                         {"can't set uid", "SETUID"},
                                         {"can't set groups", "SETGID"},
                                         {"can't set gid", "SETGID"},
                                         {"gosu", "SETUID"},
                                         {"gosu", "SETGID"},
                                         {"su-exec", "SETUID"},
                                         {"su-exec", "SETGID"},
                                         {"chown", "CHOWN"},
                                         {"changing ownership", "CHOWN"},
                                         {"chmod", "FOWNER"},
                                         {"changing permissions", "FOWNER"},
                                         {"bind", "NET_BIND_SERVICE"},
                                         {"chroot", "SYS_CHROOT"},
                                         {"raw socket", "NET_RAW"}}};

bool is_path_end(char c) {
  return c == ' ' || c == '\t' || c == '\'' || c == '"' || c == '`' || c == ':' || c == ',' || c == ')' || c == ']' ||
         c == '>' || c == ';' || c == '\\';
}

// The last absolute path before the kind's words, or the first behind them ("EACCES: permission denied, mkdir '/x'").
std::string path_in(std::string_view text, bool last) {
  std::string found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = text[i] == '/' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\'' || text[i - 1] == '"' ||
                                           text[i - 1] == '(' || text[i - 1] == '`' || text[i - 1] == '=');
    if (!starts) continue;
    std::size_t end = i;
    while (end < text.size() && !is_path_end(text[end])) ++end;
    found = std::string(text.substr(i, end - i));
    if (!last) return found;
    i = end;
  }
  return found;
}

// A shell says "/start.sh: line 3: can't create /data/x": what it runs is not what it could not write.
std::string path_of(std::string_view line, std::size_t at) {
  std::string before = path_in(line.substr(0, at), true);
  return before.empty() ? path_in(line.substr(at), false) : before;
}

bool begins_word(std::string_view text, std::size_t at) {
  return at == 0 || !((text[at - 1] >= 'a' && text[at - 1] <= 'z') || text[at - 1] == '_');
}

void add_rights(std::string_view lower, ErrorLine& line) {
  for (const Right& right : kRights) {
    const std::size_t at = lower.find(right.words);
    if (at == std::string_view::npos || !begins_word(lower, at)) continue;
    const std::string name(right.capability);
    if (std::ranges::find(line.capabilities, name) == line.capabilities.end()) line.capabilities.push_back(name);
  }
}

constexpr std::array<std::string_view, 11> kNoTmpfs{"/",      "/bin",  "/boot", "/dev", "/etc", "/lib",
                                                    "/lib64", "/proc", "/sbin", "/sys", "/usr"};
// Themselves; below them much is written.
constexpr std::array<std::string_view, 6> kTops{"/home", "/opt", "/root", "/srv", "/var", "/var/lib"};

bool is_at_or_below(std::string_view path, std::string_view top) {
  return path == top || (top != "/" && path.starts_with(top) && path[top.size()] == '/');
}

}  // namespace

ErrorLine read_error(std::string_view text) {
  ErrorLine line;
  const std::string lower = to_lower(text.substr(0, kMaxLine));
  for (const Kind& kind : kKinds) {
    const std::size_t at = lower.find(kind.words);
    if (at == std::string::npos || !begins_word(lower, at)) continue;
    line.kind = kind.kind;
    line.text = printable(trim(text), kMaxLine);
    line.path = path_of(text.substr(0, kMaxLine), at);
    if (line.kind == "not-permitted" || line.kind == "permission") add_rights(lower, line);
    break;
  }
  return line;
}

std::vector<ErrorLine> find_errors(std::string_view log) {
  std::vector<ErrorLine> errors;
  std::set<std::string> seen;
  while (const auto text = next_line(log)) {
    ErrorLine line = read_error(*text);
    if (line.kind.empty() || !seen.insert(line.text).second) continue;
    errors.push_back(std::move(line));
    if (errors.size() == kMaxErrors) break;
  }
  return errors;
}

std::string directory_to_write(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return {};
  const std::string_view directory = path.substr(0, slash);
  for (const std::string_view top : kNoTmpfs) {
    if (is_at_or_below(directory, top)) return {};
  }
  return std::ranges::find(kTops, directory) == kTops.end() ? std::string(directory) : std::string();
}

}  // namespace oakum::trial
