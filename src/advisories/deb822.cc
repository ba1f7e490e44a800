#include "advisories/deb822.h"

#include "base/text.h"

namespace oakum::advisories {

namespace {

// More fields than this in one paragraph are dropped: real ones have a few dozen.
constexpr std::size_t kMaxFields = 512;

bool is_continuation(std::string_view line) { return !line.empty() && (line[0] == ' ' || line[0] == '\t'); }

std::string_view joined(std::string_view first, std::string_view last) {
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

}  // namespace

std::string_view Paragraph::get(std::string_view field) const {
  for (const Field& candidate : fields_) {
    if (equals_ignoring_case(candidate.name, field)) return trim(candidate.value);
  }
  return {};
}

bool ParagraphReader::next(Paragraph& paragraph) {
  paragraph.fields_.clear();
  while (const auto line = next_line(rest_)) {
    if (trim(*line).empty()) {
      if (!paragraph.empty()) return true;
      continue;
    }
    if (is_continuation(*line)) {
      if (!paragraph.empty()) {
        Paragraph::Field& field = paragraph.fields_.back();
        field.value = joined(field.value, *line);
      }
      continue;
    }
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos || colon == 0 || paragraph.fields_.size() >= kMaxFields) continue;
    paragraph.fields_.push_back({line->substr(0, colon), line->substr(colon + 1)});
  }
  return !paragraph.empty();
}

}  // namespace oakum::advisories
