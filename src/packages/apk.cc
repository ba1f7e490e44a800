// apk's database (Alpine, Wolfi, Chainguard): lib/apk/db/installed and etc/apk/repositories.
// Format: apk-package(5) for the letters; entries are "X:value" lines and end with an empty line.
#include <optional>

#include "base/text.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

struct Entry {
  Package package;
  std::string_view directory;  // of the R: lines that follow
  std::size_t offset = 0;
  bool any = false;
};

std::string file_path(std::string_view directory, std::string_view name) {
  std::string path = "/";
  if (!directory.empty()) path.append(directory).append("/");
  return path.append(name);
}

void take(Entry& entry, char letter, std::string_view value, Finding& finding, std::size_t& files) {
  Package& package = entry.package;
  switch (letter) {
    case 'P':
      package.name = value;
      return;
    case 'V':
      package.version = value;
      return;
    case 'A':
      package.arch = value;
      return;
    case 'o':
      package.source.name = value;
      return;
    case 'L':
      package.license = clean(value);
      return;
    case 'm':
      package.vendor = clean(value);
      return;
    case 'F':
      entry.directory = value;
      return;
    case 'R':
      if (!room_for_file(finding, files)) return;
      ++files;
      package.files.push_back(file_path(entry.directory, value));
      return;
    default:
      return;  // checksums, sizes, dependencies, modes
  }
}

void finish(Entry& entry, std::string_view bytes, Finding& finding) {
  if (!entry.any) return;
  Package package = std::move(entry.package);
  const std::size_t offset = entry.offset;
  entry = Entry{};
  if (!is_token(package.name) || !is_token(package.version)) {
    note(finding, ErrorCode::invalid, bytes, offset,
         "'" + printable(package.name, 200) + "' '" + printable(package.version, 200) +
             "' are not a package's name and version");
    return;
  }
  if (!is_token(package.source.name)) package.source.name = package.name;
  if (!is_token(package.arch)) package.arch.clear();
  package.source.version = package.version;
  package.ecosystem = "apk";
  package.path = finding.path;
  finding.packages.push_back(std::move(package));
}

// "v3.20" → "3.20", "edge" → "edge"; empty for other path components ("latest-stable" is no release).
std::string_view branch_of(std::string_view component) {
  if (component == "edge") return component;
  if (!component.starts_with('v')) return {};
  component.remove_prefix(1);
  const std::size_t dot = component.find('.');
  if (dot == std::string_view::npos) return {};
  const bool numbers =
      parse_number<unsigned>(component.substr(0, dot)) && parse_number<unsigned>(component.substr(dot + 1));
  return numbers ? component : std::string_view{};
}

struct Repository {
  std::string_view branch;
  int rank = 0;  // main before community before the others: main brings the base system
};

// "URL/BRANCH/REPOSITORY"; a "@tag" before it keeps the repository out of what apk picks on its own.
std::optional<Repository> repository_of(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.front() == '#' || line.front() == '@') return std::nullopt;
  while (line.ends_with('/')) line.remove_suffix(1);
  const std::string_view name = base_name(line);
  const std::string_view branch = branch_of(base_name(directory_of(line)));
  if (branch.empty()) return std::nullopt;
  return Repository{branch, name == "main" ? 2 : name == "community" ? 1 : 0};
}

unsigned number_of(std::string_view branch) {
  const std::size_t dot = branch.find('.');
  const unsigned major = parse_number<unsigned>(branch.substr(0, dot)).value_or(0);
  const unsigned minor = dot == std::string_view::npos ? 0 : parse_number<unsigned>(branch.substr(dot + 1)).value_or(0);
  return (major << 16U) + minor;
}

// apk takes the highest version on offer, so of two branches the newer one decides.
bool is_newer(std::string_view a, std::string_view b) {
  if (a == "edge" || b == "edge") return a == "edge" && b != "edge";
  return number_of(a) > number_of(b);
}

}  // namespace

void read_apk_installed(std::string_view bytes, Finding& finding) {
  const std::string_view all = bytes;
  Entry entry;
  std::size_t files = 0;
  bool skip = false;
  while (!bytes.empty()) {
    const auto offset = static_cast<std::size_t>(bytes.data() - all.data());
    const std::string_view line = next_line(bytes).value_or("");
    if (line.empty()) {
      finish(entry, all, finding);
      skip = false;
      if (!room_for_package(finding)) return;
      continue;
    }
    if (skip || line.size() < 2 || line[1] != ':') continue;
    if (!entry.any) entry.offset = offset;
    entry.any = true;
    if (line.size() > kMaxLine) {
      note(finding, ErrorCode::limit, all, offset, "the line is too long, its package is left out");
      entry = Entry{};
      skip = true;
      continue;
    }
    take(entry, line[0], line.substr(2), finding, files);
  }
  finish(entry, all, finding);
}

void read_apk_repositories(std::string_view bytes, Finding& finding) {
  std::optional<Repository> best;
  while (const auto line = next_line(bytes)) {
    const auto repository = repository_of(*line);
    if (!repository) continue;
    const bool better = !best || repository->rank > best->rank ||
                        (repository->rank == best->rank && is_newer(repository->branch, best->branch));
    if (better) best = repository;
  }
  if (!best) return;
  Distribution distribution;
  distribution.id = "alpine";
  distribution.version_id = best->branch;
  distribution.path = finding.path;
  finding.distribution = std::move(distribution);
}

}  // namespace oakum::packages
