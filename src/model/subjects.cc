#include "model/subjects.h"

#include <algorithm>

namespace oakum {

std::uint32_t Subjects::add_source(std::string name, std::string text) {
  const std::uint32_t number = sources.empty() ? first_source : sources.back().number + 1;
  sources.push_back({std::move(name), std::move(text), number});
  return number;
}

const Source* Subjects::source(std::uint32_t number) const {
  const auto found = std::ranges::lower_bound(sources, number, {}, &Source::number);
  return found != sources.end() && found->number == number ? &*found : nullptr;
}

}  // namespace oakum
