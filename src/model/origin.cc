#include "model/origin.h"

#include <algorithm>
#include <iterator>

namespace oakum {

std::string_view to_string(Surface surface) {
  switch (surface) {
    case Surface::dockerfile:
      return "dockerfile";
    case Surface::image:
      return "image";
    case Surface::compose:
      return "compose";
    case Surface::kubernetes:
      return "kubernetes";
    case Surface::run_command:
      return "run-command";
    case Surface::container:
      return "container";
    case Surface::kernel:
      return "kernel";
    case Surface::create_request:
      return "create-request";
    case Surface::oci_bundle:
      return "oci-bundle";
  }
  return "";
}

LineIndex::LineIndex(std::string_view text) : starts_{0}, size_(static_cast<std::uint32_t>(text.size())) {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

Span LineIndex::span(std::size_t begin, std::size_t end) const {
  const auto first = std::min(static_cast<std::uint32_t>(begin), size_);
  const auto last = std::clamp(static_cast<std::uint32_t>(end), first, size_);
  const auto next = std::ranges::upper_bound(starts_, first);
  // Most spans end on the line that they begin on.
  const bool one_line = next == starts_.end() || last < *next;
  const auto behind = one_line ? next : std::ranges::upper_bound(next, starts_.end(), last);
  const auto number = [this](auto line) { return static_cast<std::uint32_t>(line - starts_.begin()); };
  return {first, last, number(next), first - *std::prev(next) + 1, number(behind), last - *std::prev(behind) + 1};
}

}  // namespace oakum
