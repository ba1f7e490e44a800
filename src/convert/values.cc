#include "convert/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace oakum::convert {

namespace {

struct Unit {
  unsigned shift;
  char letter;
};
constexpr std::array kUnits{Unit{30, 'g'}, Unit{20, 'm'}, Unit{10, 'k'}};

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("%+,-./:=@_^").find(c) != std::string_view::npos;
}

std::optional<double> factor_of(std::string_view unit) {
  constexpr std::pair<std::string_view, double> kFactors[] = {
      {"h", 3600}, {"m", 60}, {"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"\xC2\xB5s", 1e-6}, {"ns", 1e-9},
  };
  for (const auto& [name, factor] : kFactors) {
    if (name == unit) return factor;
  }
  return std::nullopt;
}

}  // namespace

std::string size_text(std::int64_t bytes) {
  for (const Unit& unit : kUnits) {
    if (bytes > 0 && bytes % (std::int64_t{1} << unit.shift) == 0)
      return std::to_string(bytes >> unit.shift) + unit.letter;
  }
  return std::to_string(bytes);
}

std::string quantity_text(std::int64_t bytes) {
  std::string text = size_text(bytes);
  const char unit = text.back();
  if (unit >= '0' && unit <= '9') return text;
  text.back() = static_cast<char>(unit - 'a' + 'A');
  return text + "i";
}

std::string number_text(double number) {
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return error == std::errc() ? std::string(buffer.data(), end) : std::to_string(number);
}

std::string cores_text(double cores) {
  const auto thousandths = static_cast<std::int64_t>(std::llround(std::clamp(cores, 0.0, 1e9) * 1000));
  return thousandths % 1000 == 0 ? std::to_string(thousandths / 1000) : std::to_string(thousandths) + "m";
}

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

std::optional<std::int64_t> seconds_of(std::string_view duration) {
  double total = 0;
  if (duration.empty()) return std::nullopt;
  while (!duration.empty()) {
    const std::size_t digits = std::min(duration.find_first_not_of("0123456789."), duration.size());
    const auto number = parse_number<double>(duration.substr(0, digits));
    duration.remove_prefix(digits);
    const std::size_t letters = std::min(duration.find_first_of("0123456789."), duration.size());
    const auto factor = letters == 0 ? std::optional<double>(1) : factor_of(duration.substr(0, letters));
    duration.remove_prefix(letters);
    if (!number || !factor) return std::nullopt;
    total += *number * *factor;
  }
  if (!(total < 1e9)) return std::nullopt;
  return static_cast<std::int64_t>(std::ceil(total - 1e-9));
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

std::optional<std::vector<std::string>> shell_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool escapes = c == '\\' && quote != '\'' && i + 1 < text.size() &&
                         (quote == '\0' || text[i + 1] == '"' || text[i + 1] == '\\');
    if (escapes) {
      word += text[++i];
      in_word = true;
    } else if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quote != '\0') return std::nullopt;
  if (in_word) words.push_back(std::move(word));
  return words;
}

std::string shell_quoted(std::string_view word, bool expand) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string(word);
  std::string quoted(1, expand ? '"' : '\'');
  for (const char c : word) {
    if (!expand && c == '\'') {
      quoted += "'\\''";
    } else {
      if (expand && (c == '"' || c == '\\' || c == '`')) quoted += '\\';
      quoted += c;
    }
  }
  return quoted + quoted.front();
}

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_quoted(word);
  return line;
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

std::string option_text(const KeyValue& option) {
  std::string text = option.value.empty() ? option.key : option.key + "=" + option.value;
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace oakum::convert
