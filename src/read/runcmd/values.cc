#include "read/runcmd/values.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace oakum::runcmd {

std::optional<std::int64_t> size_of(std::string_view text) {
  if (text == "-1") return -1;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  std::optional<double> number = parse_number<double>(text.substr(0, digits));
  if (!number || digits == 0) return std::nullopt;
  std::string unit = to_lower(trim(text.substr(digits)));
  if (unit.size() > 1 && unit.ends_with("ib")) unit.resize(unit.size() - 2);
  if (unit.size() > 1 && unit.ends_with('b')) unit.resize(unit.size() - 1);
  constexpr std::string_view kUnits = "bkmgtp";
  const std::size_t power = unit.empty() ? 0 : kUnits.find(unit);
  if (unit.size() > 1 || power == std::string_view::npos) return std::nullopt;
  const double bytes = std::ldexp(*number, static_cast<int>(power) * 10);
  if (!(bytes < 9.2e18)) return std::nullopt;
  return static_cast<std::int64_t>(bytes);
}

std::optional<bool> bool_of(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

std::vector<std::string_view> split_outside(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::string closers;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (!closers.empty() && c == closers.back()) {
      closers.pop_back();
    } else if (c == '$' && at + 1 < text.size() && (text[at + 1] == '{' || text[at + 1] == '(')) {
      closers += text[++at] == '{' ? '}' : ')';
    } else if (c == '[' || c == '`') {
      closers += c == '[' ? ']' : '`';
    } else if (c == separator && closers.empty()) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::vector<std::string> split_csv(std::string_view text) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      fields.back() += text[++at];
    } else if (c == '"' && (quoted || fields.back().empty())) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

KeyValue key_value(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

std::optional<std::vector<std::string>> json_strings(std::string_view text) {
  text = trim(text);
  if (!text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  text = trim(text.substr(1, text.size() - 2));
  std::vector<std::string> items;
  while (!text.empty()) {
    if (text.front() != '"') return std::nullopt;
    std::string item;
    std::size_t at = 1;
    for (; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      item += text[at];
    }
    if (at >= text.size()) return std::nullopt;
    items.push_back(std::move(item));
    text = trim(text.substr(at + 1));
    if (text.starts_with(',')) {
      text = trim(text.substr(1));
      if (text.empty()) return std::nullopt;
    } else if (!text.empty()) {
      return std::nullopt;
    }
  }
  return items;
}

namespace {

std::optional<std::pair<std::uint32_t, std::uint32_t>> range_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_number<std::uint32_t>(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_number<std::uint32_t>(text.substr(dash + 1));
  if (!first || !last || *first > *last || *last > 65535) return std::nullopt;
  return std::pair(*first, *last);
}

}  // namespace

std::optional<PublishedPort> port_of(std::string_view text) {
  PublishedPort port;
  port.text = text;
  if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
    port.protocol = to_lower(text.substr(slash + 1));
    text = text.substr(0, slash);
  }
  std::vector<std::string_view> parts = split_outside(text, ':');
  const auto container = range_of(parts.back());
  if (!container) return std::nullopt;
  std::tie(port.container_first, port.container_last) = *container;
  parts.pop_back();
  if (parts.empty()) return port;
  if (!parts.back().empty()) {
    const auto host = range_of(parts.back());
    if (!host) return std::nullopt;
    std::tie(port.host_first, port.host_last) = *host;
  }
  parts.pop_back();
  if (parts.empty()) return port;
  // What is left is the address; IPv6 may stand without brackets.
  const std::string_view ip =
      text.substr(0, static_cast<std::size_t>(parts.back().data() - text.data()) + parts.back().size());
  port.host_ip = ip.starts_with('[') && ip.ends_with(']') ? ip.substr(1, ip.size() - 2) : ip;
  return port;
}

std::optional<ContainerPort> container_port_of(std::string_view text) {
  ContainerPort port;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) port.protocol = to_lower(text.substr(slash + 1));
  const auto range = range_of(text.substr(0, slash));
  if (!range) return std::nullopt;
  std::tie(port.first, port.last) = *range;
  return port;
}

std::optional<Ulimit> ulimit_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  Ulimit limit;
  limit.name = text.substr(0, equals);
  const std::string_view values = text.substr(equals + 1);
  const std::size_t colon = values.find(':');
  limit.soft = parse_number<std::int64_t>(values.substr(0, colon));
  limit.hard = colon == std::string_view::npos ? limit.soft : parse_number<std::int64_t>(values.substr(colon + 1));
  if (!limit.soft || !limit.hard) return std::nullopt;
  return limit;
}

}  // namespace oakum::runcmd
