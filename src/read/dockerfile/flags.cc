#include "read/dockerfile/flags.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"

namespace oakum::dockerfile {

namespace {

struct Known {
  InstructionKind kind;
  std::string_view name;
  enum class Value : unsigned char { text, boolean, many } value = Value::text;
};
using enum Known::Value;

// moby/buildkit, frontend/dockerfile/instructions/parse.go.
constexpr Known kFlags[] = {
    {InstructionKind::add, "chown"},
    {InstructionKind::add, "chmod"},
    {InstructionKind::add, "link", boolean},
    {InstructionKind::add, "keep-git-dir", boolean},
    {InstructionKind::add, "checksum"},
    {InstructionKind::add, "unpack", boolean},
    {InstructionKind::add, "exclude", many},
    {InstructionKind::copy, "from"},
    {InstructionKind::copy, "chown"},
    {InstructionKind::copy, "chmod"},
    {InstructionKind::copy, "link", boolean},
    {InstructionKind::copy, "parents", boolean},
    {InstructionKind::copy, "exclude", many},
    {InstructionKind::from, "platform"},
    {InstructionKind::healthcheck, "interval"},
    {InstructionKind::healthcheck, "timeout"},
    {InstructionKind::healthcheck, "start-period"},
    {InstructionKind::healthcheck, "start-interval"},
    {InstructionKind::healthcheck, "retries"},
    {InstructionKind::run, "mount", many},
    {InstructionKind::run, "network"},
    {InstructionKind::run, "security"},
    {InstructionKind::run, "device", many},
};

std::string quoted(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

const Known* known_flag(InstructionKind kind, std::string_view name) {
  const auto* found =
      std::ranges::find_if(kFlags, [&](const Known& row) { return row.kind == kind && row.name == name; });
  return found == std::end(kFlags) ? nullptr : found;
}

std::string unknown_flag(const Instruction& instruction, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Known& row : kFlags) {
    if (row.kind == instruction.kind) names.push_back(row.name);
  }
  std::string why = quoted("--" + std::string(name)) + ": is no flag of " + instruction.name;
  if (const std::string_view near = nearest(name, names); !near.empty()) {
    return why + "; did you mean \"--" + std::string(near) + "\"";
  }
  if (names.empty()) return why + ", which has none; write it behind \"--\" or in JSON form";
  why += "; it has";
  for (const std::string_view each : names) why += (each == names.front() ? " --" : ", --") + std::string(each);
  return why;
}

bool is_plain(char byte) { return byte != '\\' && byte != '"' && byte != '\'' && !is_blank(byte); }

// One flag; `at` is left behind it.
RawFlag take_one(std::string_view text, std::size_t& at, std::size_t end) {
  RawFlag flag;
  flag.range.begin = at;
  char quote = 0;
  for (; at < end; ++at) {
    const char byte = text[at];
    if (byte == '\\' && at + 1 < end) {
      flag.text += text[++at];
    } else if (quote != 0) {
      if (byte == quote) {
        quote = 0;
      } else {
        flag.text += byte;
      }
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
    } else if (is_blank(byte)) {
      break;
    } else {
      const std::size_t begin = at;
      while (at + 1 < end && is_plain(text[at + 1])) ++at;
      flag.text += text.substr(begin, at + 1 - begin);
    }
  }
  flag.range.end = at;
  return flag;
}

}  // namespace

std::vector<RawFlag> take_flags(std::string_view text, Range& range) {
  std::vector<RawFlag> flags;
  range = trimmed(text, range);
  while (range.of(text).starts_with("--")) {
    std::size_t at = range.begin;
    RawFlag flag = take_one(text, at, range.end);
    range = trimmed(text, {at, range.end});
    if (flag.text == "--") break;
    flags.push_back(std::move(flag));
  }
  return flags;
}

InstructionFlag flag_of(const RawFlag& raw) {
  InstructionFlag flag;
  const std::size_t equals = raw.text.find('=');
  flag.name = raw.text.substr(2, equals == std::string::npos ? equals : equals - 2);
  flag.has_value = equals != std::string::npos;
  if (flag.has_value) flag.value = raw.text.substr(equals + 1);
  return flag;
}

std::string flag_problem(const Instruction& instruction, const InstructionFlag& flag, bool given_before) {
  const Known* known = known_flag(instruction.kind, flag.name);
  if (known == nullptr) return unknown_flag(instruction, flag.name);
  if (given_before && known->value != many) return quoted("--" + flag.name) + ": is given twice; keep one";
  if (known->value == boolean) {
    const std::string value = to_lower(flag.value);
    if (!flag.has_value || value == "true" || value == "false") return "";
    return quoted("--" + flag.name) + ": takes true or false, not " + quoted(flag.value);
  }
  return flag.has_value ? "" : quoted("--" + flag.name) + ": has no value; write --" + flag.name + "=VALUE";
}

namespace {

// Go's time.ParseDuration, in nanoseconds: "1m30s", "1.5h".
std::optional<double> duration(std::string_view text) {
  constexpr std::pair<std::string_view, double> kUnits[] = {{"ns", 1},  {"us", 1e3}, {"µs", 1e3},  {"ms", 1e6},
                                                            {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}};
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  double sum = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    const auto number = parse_number<double>(text.substr(0, digits));
    text.remove_prefix(digits);
    const std::size_t letters = std::min(text.find_first_of("0123456789."), text.size());
    const auto* unit = std::ranges::find(kUnits, text.substr(0, letters), &std::pair<std::string_view, double>::first);
    if (!number || unit == std::end(kUnits)) return std::nullopt;
    sum += *number * unit->second;
    text.remove_prefix(letters);
  }
  return sum;
}

std::string healthcheck_problem(const InstructionFlag& flag) {
  const std::string what = quoted("--" + flag.name) + ": ";
  if (flag.name == "retries") {
    const auto count = parse_number<std::int32_t>(flag.value);
    return !count || *count < 0 ? what + quoted(flag.value) + " is no count" : "";
  }
  const auto time = duration(flag.value);
  if (!time || flag.value.starts_with('-')) return what + quoted(flag.value) + " is no duration; write one like 30s";
  return *time > 0 && *time < 1e6 ? what + quoted(flag.value) + " is shorter than 1ms" : "";
}

std::string one_of(const InstructionFlag& flag, const std::vector<std::string_view>& allowed) {
  if (std::ranges::find(allowed, flag.value) != allowed.end()) return "";
  std::string why = quoted("--" + flag.name) + ": " + quoted(flag.value) + " is none of";
  for (const std::string_view each : allowed) why += (each == allowed.front() ? " " : ", ") + std::string(each);
  return why;
}

}  // namespace

std::string value_problem(const Instruction& instruction, const InstructionFlag& flag) {
  if (!flag.has_value || known_flag(instruction.kind, flag.name) == nullptr || flag.value.contains('$')) return "";
  if (instruction.kind == InstructionKind::healthcheck) return healthcheck_problem(flag);
  if (flag.name == "network") return one_of(flag, {"default", "none", "host"});
  if (flag.name == "security") return one_of(flag, {"sandbox", "insecure"});
  return "";
}

}  // namespace oakum::dockerfile
