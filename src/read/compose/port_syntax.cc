#include "read/compose/port_syntax.h"

#include "base/text.h"

namespace oakum::compose {

namespace {

// Cuts what is behind the last ':' off `text`; the whole when there is none.
std::string_view take_last(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::exchange(text, std::string_view());
  const std::string_view last = text.substr(colon + 1);
  text = text.substr(0, colon);
  return last;
}

std::string without_brackets(std::string_view address) {
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  return std::string(address);
}

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found == nullptr ? std::string() : found->text;
}

bool same_size(const PublishedPort& port) {
  // A range may be published for one container port: the engine then picks one of it.
  return port.container_first == port.container_last ||
         port.host_last - port.host_first == port.container_last - port.container_first;
}

}  // namespace

std::optional<std::pair<std::uint32_t, std::uint32_t>> parse_port_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_number<std::uint32_t>(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_number<std::uint32_t>(text.substr(dash + 1));
  if (!first || !last || *first > *last || *last > 65535) return std::nullopt;
  return std::pair(*first, *last);
}

ParsedPort parse_port(std::string_view text) {
  ParsedPort result;
  result.port.text = std::string(text);
  if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
    result.port.protocol = to_lower(text.substr(slash + 1));
    text = text.substr(0, slash);
  }
  const std::string_view target = take_last(text);
  const auto container = parse_port_range(target);
  if (!container || container->first == 0) {
    result.problem = "\"" + printable(target, 40) + "\" is not a port of the container";
    return result;
  }
  result.port.container_first = container->first;
  result.port.container_last = container->second;
  if (text.empty()) return result;
  const bool bracketed = text.ends_with(']');
  const std::string_view published = bracketed ? std::string_view() : take_last(text);
  if (!published.empty()) {
    const auto host = parse_port_range(published);
    if (!host) {
      result.problem = "\"" + printable(published, 40) + "\" is not a port of the host";
      return result;
    }
    result.port.host_first = host->first;
    result.port.host_last = host->second;
    if (!same_size(result.port)) result.problem = "the ranges of host and container differ in size";
  }
  result.port.host_ip = without_brackets(text);
  return result;
}

ParsedPort parse_long_port(const Value& map) {
  ParsedPort result;
  PublishedPort& port = result.port;
  port.host_ip = without_brackets(text_of(map, "host_ip"));
  if (const std::string protocol = text_of(map, "protocol"); !protocol.empty()) port.protocol = to_lower(protocol);
  const std::string target = text_of(map, "target");
  const std::string published = text_of(map, "published");
  port.text = (port.host_ip.empty() ? "" : port.host_ip + ":") + (published.empty() ? "" : published + ":") + target;
  const auto container = parse_port_range(target);
  if (!container) {
    result.problem = target.empty() ? "has no \"target\"" : "\"" + printable(target, 40) + "\" is not a port";
    return result;
  }
  port.container_first = container->first;
  port.container_last = container->second;
  if (published.empty()) return result;
  const auto host = parse_port_range(published);
  if (!host) {
    result.problem = "\"" + printable(published, 40) + "\" is not a port of the host";
    return result;
  }
  port.host_first = host->first;
  port.host_last = host->second;
  return result;
}

}  // namespace oakum::compose
