#include "packages/control.h"

#include <algorithm>

#include "base/text.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

bool is_blank(std::string_view line) {
  return line.empty() || line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

ControlReader::Step ControlReader::next(std::span<std::string_view> values) {
  std::ranges::fill(values, std::string_view{});
  bool inside = false;
  bool too_long = false;
  while (at_ < bytes_.size()) {
    const std::size_t line_start = at_;
    const std::size_t end = std::min(bytes_.find('\n', at_), bytes_.size());
    const std::string_view line = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    if (is_blank(line)) {
      if (inside) break;
      continue;
    }
    if (!inside) start_ = line_start;
    inside = true;
    too_long |= line.size() > kMaxLine || end - start_ > kMaxStanza;
    if (line.front() != ' ' && line.front() != '\t' && !too_long) take(line, values);
  }
  if (!inside) return Step::end;
  return too_long ? Step::too_long : Step::stanza;
}

void ControlReader::take(std::string_view line, std::span<std::string_view> values) const {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = line.substr(0, colon);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].size() == name.size() && equals_ignoring_case(names_[i], name)) {
      values[i] = trim(line.substr(colon + 1));
      return;
    }
  }
}

}  // namespace oakum::packages
