#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

bool is_in_case(std::string_view word, bool lower) {
  return std::ranges::none_of(word, [&](char c) { return lower ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z'; });
}

// Most instructions win, as the rule counts them.
bool lower_wins(const Dockerfile& file) {
  const auto count = [&](bool lower) {
    return std::ranges::count_if(
        file.instructions, [&](const Instruction& instruction) { return is_in_case(instruction.spelling, lower); });
  };
  return count(true) > count(false);
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const bool lower = lower_wins(*place.file);
  auto name = other_piece(place, place.at->name_span, lower ? to_lower(place.at->name) : place.at->name);
  if (!name) return std::unexpected(std::move(name.error()));
  std::vector<Edit> edits = {std::move(*name)};
  // AS follows FROM.
  if (place.at->kind == InstructionKind::from && place.at->arguments.size() == 3 &&
      !is_in_case(place.at->arguments[1].text, lower))
    edits.push_back(put(place, place.at->arguments[1].span, lower ? "as" : "AS"));
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy instruction_casing{"instruction-casing", at_place<plan>};

}  // namespace oakum::fix::build
