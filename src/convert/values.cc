#include "convert/values.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/duration.h"
#include "base/text.h"

namespace oakum::convert {

namespace {

struct Unit {
  unsigned shift;
  char letter;
};
constexpr std::array kUnits{Unit{30, 'g'}, Unit{20, 'm'}, Unit{10, 'k'}};

}  // namespace

std::optional<std::int64_t> size_of(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_number<std::int64_t>(text.substr(0, digits));
  if (!number) return std::nullopt;
  std::string unit = to_lower(text.substr(digits));
  if (unit == "ki" || unit == "mi" || unit == "gi" || unit == "kb" || unit == "mb" || unit == "gb") unit.pop_back();
  if (unit.empty() || unit == "b") return number;
  for (const Unit& row : kUnits) {
    if (unit.size() != 1 || unit[0] != row.letter) continue;
    if (*number > (INT64_MAX >> row.shift)) return std::nullopt;
    return *number << row.shift;
  }
  return std::nullopt;
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
  const auto duration = parse_duration(text);
  if (!duration) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(*duration).count();
}

std::string shared_memory_of_pod(const Workload& workload) {
  for (const Stated<Mount>& stated : workload.mounts) {
    const Mount& mount = stated.value;
    const std::string* size =
        mount.kind == MountKind::tmpfs && mount.target == "/dev/shm" ? mount.option("size") : nullptr;
    if (const auto bytes = size == nullptr ? std::nullopt : size_of(*size)) return size_text(*bytes);
  }
  return {};
}

std::string short_mount(const Mount& mount, const std::vector<std::string_view>& more) {
  std::string modes;
  const auto mode = [&](std::string_view word) {
    if (!word.empty()) modes.append(modes.empty() ? "" : ",").append(word);
  };
  if (mount.read_only) mode(*mount.read_only ? "ro" : "rw");
  mode(mount.selinux);
  mode(mount.propagation);
  for (const std::string_view word : more) mode(word);
  std::string text = mount.source.empty() ? mount.target : mount.source + ":" + mount.target;
  return modes.empty() ? text : text + ":" + modes;
}

std::string option_text(const KeyValue& option) {
  std::string text = option.value.empty() ? option.key : option.key + "=" + option.value;
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace oakum::convert
