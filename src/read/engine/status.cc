#include <algorithm>

#include "base/text.h"
#include "read/engine/proc.h"

namespace oakum::engine {

namespace {

std::optional<CapabilityMask> hexadecimal(std::string_view text) {
  CapabilityMask value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool read_ids(std::string_view text, std::vector<std::uint32_t>& ids) {
  for (const std::string_view part : split(text, '\t')) {
    const auto id = parse_number<std::uint32_t>(trim(part));
    if (!id || ids.size() == 4) return false;
    ids.push_back(*id);
  }
  return ids.size() == 4;
}

struct MaskField {
  std::string_view key;
  CapabilityMask KernelFacts::* field;
};

constexpr MaskField kMasks[] = {{"CapInh", &KernelFacts::inheritable},
                                {"CapPrm", &KernelFacts::permitted},
                                {"CapEff", &KernelFacts::effective},
                                {"CapBnd", &KernelFacts::bounding},
                                {"CapAmb", &KernelFacts::ambient}};

bool read_field(std::string_view key, std::string_view value, KernelFacts& facts, int& found) {
  for (const MaskField& mask : kMasks) {
    if (key != mask.key) continue;
    const auto number = hexadecimal(value);
    if (!number) return false;
    facts.*mask.field = *number;
    ++found;
    return true;
  }
  if (key == "Uid" || key == "Gid") {
    ++found;
    return read_ids(value, key == "Uid" ? facts.uids : facts.gids);
  }
  if (key == "NoNewPrivs") facts.no_new_privileges = value == "1";
  if (key == "Seccomp") facts.seccomp = parse_number<int>(value).value_or(0);
  if (key == "Seccomp_filters") facts.seccomp_filters = parse_number<int>(value).value_or(-1);
  if (key == "NoNewPrivs" || key == "Seccomp") ++found;
  return true;
}

}  // namespace

bool read_status(std::string_view text, KernelFacts& facts) {
  facts.seccomp_filters = -1;  // Linux before 5.9 has no such line
  int found = 0;
  while (const auto line = next_line(text)) {
    std::string_view value = *line;
    const std::string_view key = next_field(value, ':');
    if (!read_field(key, trim(value), facts, found)) return false;
  }
  return found == static_cast<int>(std::size(kMasks)) + 4;
}

std::string process_name(std::string_view status) {
  while (const auto line = next_line(status)) {
    if (line->starts_with("Name:")) return std::string(trim(line->substr(5)));
  }
  return {};
}

namespace {

struct Mapping {
  std::uint64_t inside = 0, outside = 0, count = 0;
};

std::vector<Mapping> mappings_of(std::string_view text) {
  std::vector<Mapping> mappings;
  while (const auto line = next_line(text)) {
    std::vector<std::uint64_t> numbers;
    std::string_view rest = *line;
    while (!(rest = trim(rest)).empty()) {
      const auto number = parse_number<std::uint64_t>(next_field(rest, ' '));
      if (!number || numbers.size() == 3) break;
      numbers.push_back(*number);
    }
    if (numbers.size() == 3 && mappings.size() < 1000) mappings.push_back({numbers[0], numbers[1], numbers[2]});
  }
  return mappings;
}

}  // namespace

std::optional<std::uint32_t> uid_inside(std::string_view uid_map, std::uint32_t outside) {
  for (const Mapping& mapping : mappings_of(uid_map)) {
    if (outside < mapping.outside || outside - mapping.outside >= mapping.count) continue;
    const std::uint64_t inside = mapping.inside + (outside - mapping.outside);
    if (inside <= UINT32_MAX) return static_cast<std::uint32_t>(inside);
  }
  return std::nullopt;
}

bool is_identity(std::string_view uid_map) {
  const std::vector<Mapping> mappings = mappings_of(uid_map);
  return mappings.size() == 1 && mappings[0].inside == 0 && mappings[0].outside == 0 && mappings[0].count >= UINT32_MAX;
}

}  // namespace oakum::engine
