#include "advisories/changelog.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kMaxEntries = 100'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "nginx (1.22.1-9+deb12u2) bookworm-security; urgency=medium"
std::optional<ChangelogEntry> heading(std::string_view line) {
  if (line.empty() || !is_alphanumeric(line[0])) return std::nullopt;
  const std::size_t open = line.find(" (");
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t close = line.find(')', open);
  if (close == std::string_view::npos || line.find(';', close) == std::string_view::npos) return std::nullopt;
  const std::string_view source = line.substr(0, open);
  const std::string_view version = trim(line.substr(open + 2, close - open - 2));
  if (source.find(' ') != std::string_view::npos || version.empty() || version.find(' ') != std::string_view::npos) {
    return std::nullopt;
  }
  return ChangelogEntry{source, version, {}};
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// The id that begins at `at`, as "CVE-…"; empty when none does. The syntax since 2014: four or more digits at the end.
std::string id_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kPrefix = 4;
  if (at > 0 && is_alphanumeric(text[at - 1])) return {};
  const std::string_view prefix = text.substr(at, kPrefix);
  if (!equals_ignoring_case(prefix, "CVE-") && !equals_ignoring_case(prefix, "CAN-")) return {};
  if (digits_at(text, at + kPrefix) != 4) return {};
  const std::size_t number = at + kPrefix + 5;
  if (number > text.size() || text[number - 1] != '-') return {};
  const std::size_t digits = digits_at(text, number);
  if (digits < 4 || digits > 19) return {};
  return "CVE-" + std::string(text.substr(at + kPrefix, 5 + digits));
}

}  // namespace

std::vector<ChangelogEntry> parse_changelog(std::string_view text) {
  std::vector<ChangelogEntry> entries;
  const char* body = nullptr;  // where the entry's text began, until its trailer
  const auto close = [&](const char* end) {
    if (body != nullptr) entries.back().text = {body, static_cast<std::size_t>(end - body)};
    body = nullptr;
  };
  while (const auto line = next_line(text)) {
    if (const auto entry = heading(*line)) {
      close(line->data());
      if (entries.size() >= kMaxEntries) return entries;
      entries.push_back(*entry);
      body = text.data();
    } else if (line->starts_with(" -- ")) {
      close(line->data());
    }
  }
  close(text.data());
  return entries;
}

std::vector<std::string> cve_ids(std::string_view text) {
  std::set<std::string> ids;
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (at < 3) continue;
    if (std::string id = id_at(text, at - 3); !id.empty()) ids.insert(std::move(id));
  }
  return {ids.begin(), ids.end()};
}

std::vector<ChangelogFix> fixes_in(const std::vector<ChangelogEntry>& entries, std::string_view source) {
  std::set<std::string> seen;
  std::vector<ChangelogFix> fixes;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->source != source) continue;
    for (std::string& id : cve_ids(entry->text)) {
      if (seen.insert(id).second) fixes.push_back({std::move(id), entry->version});
    }
  }
  return fixes;
}

}  // namespace oakum::advisories
