// The changelog of a Debian source package, deb-changelog(5): what each version changed, newest first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum::advisories {

struct ChangelogEntry {
  std::string_view source;  // the source package's name at that time
  std::string_view version;
  std::string_view text;  // the lines between the heading and the trailer
};

// Entries in the order of the file; the views borrow `text`. Lines before the first heading are passed over.
std::vector<ChangelogEntry> parse_changelog(std::string_view text);

// The CVE ids that a text names, each once, sorted. "CAN-2004-0077" is how they were written until 2005.
std::vector<std::string> cve_ids(std::string_view text);

// What a changelog says was fixed.
struct ChangelogFix {
  std::string cve;
  std::string_view version;  // of the oldest entry that names it: later ones tell of follow-ups
};
// Only entries of `source` count: before a rename ("python3.10" in python3.11) the versions do not compare.
// In the order of the changelog from the oldest entry on; ids of one entry sorted.
std::vector<ChangelogFix> fixes_in(const std::vector<ChangelogEntry>& entries, std::string_view source);

}  // namespace oakum::advisories
