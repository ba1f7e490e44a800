#include "advisories/feeds/debian_lists.h"

#include <algorithm>
#include <array>

#include "advisories/feeds/names.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

struct StateWord {
  std::string_view word;
  ListedState state;
};
constexpr StateWord kStates[] = {{"<not-affected>", ListedState::not_affected},
                                 {"<unfixed>", ListedState::unfixed},
                                 {"<end-of-life>", ListedState::end_of_life}};

std::string_view next_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

// "[29 Mar 2023] DSA-5380-1 xorg-server - security update" → "DSA-5380-1"
std::string_view advisory_of(std::string_view head) {
  const std::size_t bracket = head.find(']');
  if (bracket == std::string_view::npos) return {};
  head.remove_prefix(bracket + 1);
  return next_word(head);
}

// "[bullseye] - xorg-server 2:1.20.11-1+deb11u6"; false where it is not such a line.
bool parse_fix(std::string_view line, ListedFix& fix) {
  const std::size_t bracket = line.find(']');
  if (!line.starts_with('[') || bracket == std::string_view::npos) return false;
  fix.codename = line.substr(1, bracket - 1);
  line.remove_prefix(bracket + 1);
  if (next_word(line) != "-") return false;
  fix.package = next_word(line);
  const std::string_view version = next_word(line);
  if (fix.package.empty() || version.empty()) return false;
  const auto* row = std::ranges::find(kStates, version, &StateWord::word);
  fix.state = row == std::end(kStates) ? ListedState::fixed : row->state;
  fix.version = fix.state == ListedState::fixed ? version : std::string_view();
  return fix.state != ListedState::fixed || !version.starts_with('<');
}

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::size_t read_debian_list(std::string_view text, const std::function<void(const ListedFix&)>& visit,
                             const std::function<void(std::size_t line)>& problem) {
  std::size_t notices = 0;
  std::size_t number = 0;
  std::string_view advisory;
  std::vector<std::string> cves;
  while (const std::optional<std::string_view> line = next_line(text)) {
    ++number;
    const std::string_view content = trim(*line);
    if (content.empty() || content.starts_with("NOTE:")) continue;
    if (line->starts_with('[')) {
      advisory = advisory_of(*line);
      cves.clear();
      notices += advisory.empty() ? 0U : 1U;
      if (advisory.empty()) problem(number);
      continue;
    }
    if (content.starts_with('{')) {
      for (std::string& cve : cves_in(content)) cves.push_back(std::move(cve));
      continue;
    }
    ListedFix fix;
    if (advisory.empty() || !parse_fix(content, fix)) {
      problem(number);
      continue;
    }
    fix.advisory = advisory;
    fix.cves = &cves;
    if (!cves.empty()) visit(fix);
  }
  return notices;
}

std::string date_of_debian_list(std::string_view text) {
  const std::size_t bracket = text.find(']');
  if (!text.starts_with('[') || bracket == std::string_view::npos) return {};
  std::string_view date = text.substr(1, bracket - 1);
  const std::string_view day = next_word(date);
  const std::string_view month = next_word(date);
  const std::string_view year = next_word(date);
  const auto* name = std::ranges::find(kMonths, month);
  if (name == kMonths.end() || day.empty() || day.size() > 2 || year.size() != 4) return {};
  const auto two = [](const std::string& text_of) { return text_of.size() < 2 ? "0" + text_of : text_of; };
  return std::string(year) + "-" + two(std::to_string(name - kMonths.begin() + 1)) + "-" + two(std::string(day));
}

}  // namespace oakum::advisories
