#include "lsp/carry.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace oakum::lsp {

namespace {

struct Place {
  const Source* source = nullptr;
  std::size_t begin = 0;
  std::string_view text;
};

// The instruction that a finding stood in.
std::optional<Place> place_before(const Analysis& before, const Finding& finding) {
  const auto source = before.sources.find(finding.origin.source);
  const auto instructions = before.instructions.find(finding.origin.source);
  if (source == before.sources.end() || instructions == before.instructions.end()) return std::nullopt;
  for (const auto& [begin, end] : instructions->second) {
    if (begin > finding.origin.span.begin || finding.origin.span.end > end || end > source->second.text.size())
      continue;
    return Place{&source->second, begin, std::string_view(source->second.text).substr(begin, end - begin)};
  }
  return std::nullopt;
}

std::size_t distance(std::size_t a, std::size_t b) { return a < b ? b - a : a - b; }

// The nearest instruction of the same text in the file of that name.
std::optional<Place> place_now(const Subjects& subjects, const std::string& name, const Place& old) {
  std::optional<Place> nearest;
  for (const Dockerfile& file : subjects.dockerfiles) {
    const Source* source = subjects.source(file.source);
    if (source == nullptr || source->name != name) continue;
    for (const Instruction& instruction : file.instructions) {
      const Span& span = instruction.span;
      const auto text = std::string_view(source->text).substr(span.begin, span.end - span.begin);
      if (text != old.text) continue;
      if (!nearest || distance(span.begin, old.begin) < distance(nearest->begin, old.begin))
        nearest = Place{source, span.begin, text};
    }
  }
  return nearest;
}

}  // namespace

void carry_shellcheck(const Analysis& before, const Subjects& subjects, std::vector<Finding>& findings) {
  for (const Finding& finding : before.findings) {
    if (finding.rule != "shellcheck") continue;
    const auto old = place_before(before, finding);
    const auto now = old ? place_now(subjects, finding.path, *old) : std::nullopt;
    if (!now) continue;
    Finding carried = finding;
    carried.origin.source = now->source->number;
    const std::size_t begin = now->begin + (finding.origin.span.begin - old->begin);
    carried.origin.span =
        LineIndex(now->source->text).span(begin, begin + (finding.origin.span.end - finding.origin.span.begin));
    findings.push_back(std::move(carried));
  }
}

}  // namespace oakum::lsp
