#include "model/origin.h"

#include <algorithm>

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
  const auto place = [this](std::uint32_t offset) {
    const auto next = std::ranges::upper_bound(starts_, offset);
    const auto line = static_cast<std::uint32_t>(next - starts_.begin());
    return std::pair(line, offset - starts_[line - 1] + 1);
  };
  const auto first = std::min(static_cast<std::uint32_t>(begin), size_);
  const auto last = std::clamp(static_cast<std::uint32_t>(end), first, size_);
  const auto [line, column] = place(first);
  const auto [end_line, end_column] = place(last);
  return {first, last, line, column, end_line, end_column};
}

}  // namespace oakum
