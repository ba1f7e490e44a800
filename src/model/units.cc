#include "model/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

namespace oakum {

std::string size_text(std::int64_t bytes) {
  constexpr std::pair<unsigned, char> kUnits[] = {{30, 'g'}, {20, 'm'}, {10, 'k'}};
  for (const auto& [shift, letter] : kUnits) {
    if (bytes > 0 && bytes % (std::int64_t{1} << shift) == 0) return std::to_string(bytes >> shift) + letter;
  }
  return std::to_string(bytes);
}

// Kubernetes' Ki, Mi and Gi are Docker's k, m and g.
std::string quantity_text(std::int64_t bytes) {
  std::string text = size_text(bytes);
  const char unit = text.back();
  if (unit >= '0' && unit <= '9') return text;
  text.back() = static_cast<char>(unit - 'a' + 'A');
  return text + "i";
}

std::string number_text(double number) {
  std::array<char, 400> buffer{};  // the longest double without an exponent
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed);
  return error == std::errc() ? std::string(buffer.data(), end) : std::to_string(number);
}

std::string cores_text(double cores) {
  const auto thousandths = static_cast<std::int64_t>(std::llround(std::clamp(cores, 0.0, 1e9) * 1000));
  return thousandths % 1000 == 0 ? std::to_string(thousandths / 1000) : std::to_string(thousandths) + "m";
}

std::string port_range(std::uint32_t first, std::uint32_t last) {
  return first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last);
}

std::string port_text(const PublishedPort& port) {
  std::string text = port_range(port.container_first, port.container_last);
  if (port.host_first != 0) text = port_range(port.host_first, port.host_last) + ":" + text;
  if (port.host_first == 0 && !port.host_ip.empty()) text = ":" + text;
  const bool six = port.host_ip.find(':') != std::string::npos;
  if (!port.host_ip.empty()) text = (six ? "[" + port.host_ip + "]" : port.host_ip) + ":" + text;
  return port.protocol == "tcp" || port.protocol.empty() ? text : text + "/" + port.protocol;
}

}  // namespace oakum
