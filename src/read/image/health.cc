#include "read/image/health.h"

namespace oakum::image {

namespace {

constexpr std::uint64_t kNanoseconds = 1'000'000'000;

// As people write it: "30s", "1m30s", "250ms"; "" for 0, which means the engine's own.
std::string duration(const net::Json& value, const char* key) {
  const std::uint64_t nanoseconds = net::size_member(value, key).value_or(0);
  if (nanoseconds == 0) return {};
  if (nanoseconds % 1'000'000 != 0) return std::to_string(nanoseconds) + "ns";
  if (nanoseconds % kNanoseconds != 0) return std::to_string(nanoseconds / 1'000'000) + "ms";
  std::uint64_t seconds = nanoseconds / kNanoseconds;
  std::string text;
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + "h";
  seconds %= 3600;
  if (seconds >= 60) text += std::to_string(seconds / 60) + "m";
  if (seconds % 60 != 0 || text.empty()) text += std::to_string(seconds % 60) + "s";
  return text;
}

}  // namespace

std::optional<HealthCheck> health_check_of(const net::Json& value) {
  std::vector<std::string> test = net::strings_member(value, "Test");
  if (test.empty()) return std::nullopt;
  HealthCheck check;
  check.disabled = test.front() == "NONE";
  check.test.shell_form = test.front() == "CMD-SHELL";
  check.test.arguments.assign(std::make_move_iterator(test.begin() + 1), std::make_move_iterator(test.end()));
  check.interval = duration(value, "Interval");
  check.timeout = duration(value, "Timeout");
  check.start_period = duration(value, "StartPeriod");
  check.start_interval = duration(value, "StartInterval");
  const std::uint64_t retries = net::size_member(value, "Retries").value_or(0);
  if (retries > 0 && retries <= 1'000'000) check.retries = static_cast<int>(retries);
  return check;
}

}  // namespace oakum::image
