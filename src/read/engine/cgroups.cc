#include <algorithm>

#include "base/fd.h"
#include "base/text.h"
#include "read/engine/proc.h"

namespace oakum::engine {

namespace {

// Version 1 says "unlimited" by a number near 2^63, rounded down to a page.
constexpr std::uint64_t kUnlimitedFrom = std::uint64_t{1} << 62;
constexpr int kMaxDepth = 64;

using Number = std::optional<std::uint64_t>;

Number number_in(const std::string& file) {
  const auto text = read_file(file, 4096);
  return text ? parse_number<std::uint64_t>(trim(*text)) : std::nullopt;
}

Number limit_in(const std::string& file) {
  const Number limit = number_in(file);
  return limit && *limit < kUnlimitedFrom ? limit : std::nullopt;
}

// cpu.max of version 2: "QUOTA PERIOD" or "max PERIOD".
std::optional<double> cpus_in(const std::string& file) {
  const auto text = read_file(file, 4096);
  if (!text) return std::nullopt;
  std::string_view rest = trim(*text);
  const auto quota = parse_number<std::uint64_t>(next_field(rest, ' '));
  const auto period = parse_number<std::uint64_t>(trim(rest));
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<double> cpus_of_v1(const std::string& directory) {
  const Number quota = number_in(directory + "/cpu.cfs_quota_us");  // -1 is no such number: unlimited
  const Number period = number_in(directory + "/cpu.cfs_period_us");
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

template <class T>
void keep_least(std::optional<T>& least, const std::optional<T>& other) {
  if (other && (!least || *other < *least)) least = other;
}

// Calls `look` with the directory of the cgroup and of each above it, the hierarchy's root left out.
template <class Look>
void upwards(const std::string& hierarchy, std::string path, const Look& look) {
  for (int depth = 0; depth < kMaxDepth && path.size() > 1; ++depth) {
    look(hierarchy + path);
    path.resize(path.rfind('/'));
  }
}

struct Place {
  std::string hierarchy;
  std::string path;
  bool version_2 = false;
};

// Where a controller's files of the process are: in its own hierarchy of version 1, else in version 2's.
std::optional<Place> place_of(std::string_view membership, std::string_view controller, const std::string& root) {
  const auto usable = [](const std::string& path) {
    return path.starts_with('/') && path.find("/..") == std::string::npos;
  };
  if (const auto path = cgroup_path(membership, controller); path && usable(*path)) {
    const std::string hierarchy = root + "/" + std::string(controller);
    if (is_directory(hierarchy + *path)) return Place{hierarchy, *path, false};
  }
  const auto path = cgroup_path(membership, "");
  if (!path || !usable(*path)) return std::nullopt;
  for (const std::string& hierarchy : {root, root + "/unified"}) {
    if (is_directory(hierarchy + *path) && path_exists(hierarchy + "/cgroup.controllers"))
      return Place{hierarchy, *path, true};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> cgroup_path(std::string_view text, std::string_view controller) {
  while (const auto line = next_line(text)) {
    std::string_view path = *line;
    const std::string_view number = next_field(path, ':');
    const std::string_view controllers = next_field(path, ':');
    const bool match = controller.empty() ? number == "0" && controllers.empty()
                                          : std::ranges::count(split(controllers, ','), controller) > 0;
    if (match) return std::string(path);
  }
  return std::nullopt;
}

void read_limits(std::string_view membership, const std::string& root, KernelFacts& facts) {
  const auto look = [&](std::string_view controller, const auto& use) {
    const auto place = place_of(membership, controller, root);
    if (!place) {
      facts.unreadable.push_back("the " + std::string(controller) + " limit: its cgroup is not below " + root);
      return;
    }
    upwards(place->hierarchy, place->path, [&](const std::string& directory) { use(directory, place->version_2); });
  };
  look("memory", [&](const std::string& directory, bool version_2) {
    keep_least(facts.memory_limit, limit_in(directory + (version_2 ? "/memory.max" : "/memory.limit_in_bytes")));
  });
  look("pids",
       [&](const std::string& directory, bool) { keep_least(facts.pids_limit, limit_in(directory + "/pids.max")); });
  look("cpu", [&](const std::string& directory, bool version_2) {
    keep_least(facts.cpus, version_2 ? cpus_in(directory + "/cpu.max") : cpus_of_v1(directory));
  });
}

}  // namespace oakum::engine
