// data/DSA/list and data/DLA/list of Debian's security tracker: which notice fixed what, in which release.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::advisories {

enum class ListedState : std::uint8_t { fixed, not_affected, unfixed, end_of_life };

// One "[release] - package version" line of one notice.
struct ListedFix {
  std::string_view advisory;  // "DSA-5380-1"
  std::string_view codename;  // "bullseye"
  std::string_view package;
  std::string_view version;  // empty unless fixed
  ListedState state = ListedState::fixed;
  const std::vector<std::string>* cves = nullptr;
};

// Calls `visit` for each such line of a notice that names CVEs. Returns the number of notices; `problem` gets the
// number of each line that is none of the format's.
std::size_t read_debian_list(std::string_view text, const std::function<void(const ListedFix&)>& visit,
                             const std::function<void(std::size_t line)>& problem);

// "[29 Mar 2023] DSA-…" of the first notice as "2023-03-29", the day of the list; empty where there is none.
std::string date_of_debian_list(std::string_view text);

}  // namespace oakum::advisories
