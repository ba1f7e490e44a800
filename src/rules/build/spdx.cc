#include "rules/build/spdx.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "base/text.h"
#include "rules/build/spdx_list.h"

namespace oakum::rules {

namespace {

consteval std::size_t count_of(std::string_view list) {
  return static_cast<std::size_t>(std::ranges::count(list, ' ')) + 1;
}

template <std::size_t N>
consteval std::array<std::string_view, N> table_of(std::string_view list) {
  std::array<std::string_view, N> table;
  for (std::string_view& id : table) {
    id = list.substr(0, list.find(' '));
    list.remove_prefix(std::min(list.size(), id.size() + 1));
  }
  return table;
}

constexpr auto kLicenses = table_of<count_of(kSpdxLicenses)>(kSpdxLicenses);
constexpr auto kExceptions = table_of<count_of(kSpdxExceptions)>(kSpdxExceptions);
static_assert(std::ranges::is_sorted(kLicenses) && std::ranges::is_sorted(kExceptions));

template <class List>
bool is_listed(const List& list, std::string_view id) {
  return std::ranges::binary_search(list, std::string_view(to_lower(id)));
}

bool is_reference(std::string_view id) {
  const auto allowed = [](char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '-' || byte == '.' || byte == ':';
  };
  const bool starts = id.starts_with("LicenseRef-") || id.starts_with("DocumentRef-");
  return starts && std::ranges::all_of(id, allowed) && !id.ends_with('-');
}

bool is_license(std::string_view id) {
  if (is_reference(id)) return true;
  if (id.ends_with('+')) id.remove_suffix(1);
  return !id.empty() && is_listed(kLicenses, id);
}

// The words of an expression; brackets are words.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool ends = i == text.size() || text[i] == ' ' || text[i] == '(' || text[i] == ')';
    if (!ends) continue;
    if (i > begin) words.push_back(text.substr(begin, i - begin));
    if (i < text.size() && text[i] != ' ') words.push_back(text.substr(i, 1));
    begin = i + 1;
  }
  return words;
}

bool is_operator(std::string_view word) { return word == "AND" || word == "OR" || word == "and" || word == "or"; }
bool is_with(std::string_view word) { return word == "WITH" || word == "with"; }

}  // namespace

bool is_spdx_expression(std::string_view text) {
  enum class Want { license, exception, more } want = Want::license;
  std::size_t open = 0;
  bool may_with = false;
  for (const std::string_view word : words_of(text)) {
    if (want == Want::exception) {
      if (!is_listed(kExceptions, word)) return false;
      want = Want::more;
      may_with = false;
    } else if (want == Want::license && word == "(") {
      ++open;
    } else if (want == Want::license) {
      if (!is_license(word)) return false;
      want = Want::more;
      may_with = true;
    } else if (word == ")" && open > 0) {
      --open;
      may_with = false;
    } else if (is_with(word) && may_with) {
      want = Want::exception;
    } else if (is_operator(word)) {
      want = Want::license;
    } else {
      return false;
    }
  }
  return want == Want::more && open == 0;
}

}  // namespace oakum::rules
