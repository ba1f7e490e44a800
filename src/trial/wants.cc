#include "trial/wants.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "trial/log_errors.h"

namespace oakum::trial {

namespace {

using net::Json;

constexpr std::size_t kMaxWritten = 20;
constexpr std::size_t kMaxLookUps = 16;  // parents asked for

bool is_at_or_below(std::string_view path, std::string_view top) {
  return path == top || (path.starts_with(top) && (top.ends_with('/') || path[top.size()] == '/'));
}

bool is_data(const Running& container, std::string_view path) {
  return std::ranges::any_of(container.data_paths, [&](const std::string& top) { return is_at_or_below(path, top); });
}

bool is_root(const Running& container, const Observation& seen) {
  return seen.kernel ? seen.kernel->uid_in_container == 0 : container.root;
}

std::uint64_t octal(std::string_view field) {
  std::uint64_t number = 0;
  const std::string_view digits = trim(field.substr(0, field.find('\0')));
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 8);
  return number;
}

// A directory that holds the program itself is no place for a tmpfs.
bool may_cover(const Running& container, const std::string& directory) {
  return !directory.empty() && !(container.working_dir != "/" && is_at_or_below(container.working_dir, directory));
}

// Who owns the path, or the nearest directory above it that is there.
std::string owner_of(const Client& client, const Running& container, std::string path) {
  for (std::size_t i = 0; i < kMaxLookUps && path.size() > 1; ++i) {
    if (const auto header = client.archive_header(container.id, path)) return owner_of_header(*header);
    path = path.substr(0, std::max<std::size_t>(1, path.rfind('/')));
  }
  return {};
}

void want_place(const Client& client, const Running& container, const ErrorLine& line, const Observation& seen,
                fix::Needs& wants) {
  if (line.path.empty() || !line.path.starts_with('/')) return;
  if (line.kind == "read-only" && !is_data(container, line.path)) {
    if (const std::string directory = directory_to_write(line.path); may_cover(container, directory))
      wants.written.insert(directory);
    return;
  }
  if (is_root(container, seen)) {
    wants.capabilities.insert("DAC_OVERRIDE");
    return;
  }
  const std::string owner = owner_of(client, container, line.path);
  if (!owner.empty() && owner != "0:0") {
    wants.user = owner;
    return;
  }
  const std::string directory = directory_to_write(line.path);
  if (!is_data(container, line.path) && may_cover(container, directory)) {
    wants.written.insert(directory);  // a tmpfs is everybody's
  } else {
    wants.root = true;
  }
}

// Nobody needs a right to do with a file what its owner may. Else, who is not root is not helped by capabilities: the
// engine puts them into no effective set.
void want_rights(const Client& client, const Running& container, const ErrorLine& line, const Observation& seen,
                 fix::Needs& wants) {
  const bool root = is_root(container, seen);
  const bool only_port = line.capabilities == std::vector<std::string>{"NET_BIND_SERVICE"};
  if (!root && !line.path.empty() && !only_port) {
    const std::string owner = owner_of(client, container, line.path);
    if (!owner.empty() && owner != "0:0" && owner != container.user) {
      wants.user = owner;
      return;
    }
  }
  wants.capabilities.insert(line.capabilities.begin(), line.capabilities.end());
  if (!root && !only_port) wants.root = true;
}

}  // namespace

std::string owner_of_header(std::string_view header) {
  if (header.size() < 512) return {};
  return std::to_string(octal(header.substr(108, 8))) + ":" + std::to_string(octal(header.substr(116, 8)));
}

fix::Needs wants_of(const Client& client, const Running& container, const Observation& seen) {
  fix::Needs wants;
  for (const ErrorLine& line : seen.errors) {
    if (!line.capabilities.empty()) {
      want_rights(client, container, line, seen, wants);
    } else if (line.kind == "read-only" || line.kind == "permission" || line.kind == "not-permitted") {
      want_place(client, container, line, seen, wants);
    }
  }
  return wants;
}

std::set<std::string> written_by(const Client& client, const Running& container) {
  std::set<std::string> paths;
  const auto changes = client.get("/containers/" + container.id + "/changes");
  if (!changes || !changes->is_array()) return paths;
  std::set<std::string> all;
  for (const Json& change : *changes) all.insert(net::string_member(change, "Path"));
  for (auto at = all.begin(); at != all.end() && paths.size() < kMaxWritten; ++at) {
    const auto below = all.lower_bound(*at + "/");
    if (below != all.end() && below->starts_with(*at + "/")) continue;  // only what holds nothing else that changed
    if (is_data(container, *at)) continue;
    if (const std::string directory = directory_to_write(*at); may_cover(container, directory)) paths.insert(directory);
  }
  return paths;
}

}  // namespace oakum::trial
