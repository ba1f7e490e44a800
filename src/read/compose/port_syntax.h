// `ports`: [[HOST:][PUBLISHED]:]TARGET[/PROTOCOL], with ranges and IPv6 addresses in brackets; and the long form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/workload.h"
#include "read/compose/value.h"

namespace oakum::compose {

struct ParsedPort {
  PublishedPort port;
  std::string problem;  // "" when it is well-formed
};

ParsedPort parse_port(std::string_view text);
ParsedPort parse_long_port(const Value& map);

// "80" or "80-90"; ports are 0 to 65535 and the first is not above the last.
std::optional<std::pair<std::uint32_t, std::uint32_t>> parse_port_range(std::string_view text);

}  // namespace oakum::compose
