// `ports:`, short and long.
#include <algorithm>

#include "fix/write/compose_text.h"

namespace oakum::fix::compose {

namespace {

std::string range(std::uint32_t first, std::uint32_t last) {
  return std::to_string(first) + (last > first ? "-" + std::to_string(last) : "");
}

std::string address(const std::string& ip) { return ip.find(':') == std::string::npos ? ip : "[" + ip + "]"; }

std::string short_text(const PublishedPort& port) {
  std::string text = port.host_ip.empty() ? std::string() : address(port.host_ip) + ":";
  if (port.host_first != 0) text += range(port.host_first, port.host_last);
  if (!text.empty()) text += ":";
  text += range(port.container_first, port.container_last);
  return port.protocol == "tcp" ? text : text + "/" + port.protocol;
}

bool differs_in_address_only(PublishedPort a, const PublishedPort& b) {
  a.host_ip = b.host_ip;
  a.text = b.text;
  return a == b;
}

const PublishedPort* old_port(const Workload& workload, const Origin& at) {
  const auto found =
      std::ranges::find_if(workload.ports, [&](const Stated<PublishedPort>& port) { return port.origin == at; });
  return found == workload.ports.end() ? nullptr : &found->value;
}

// What stands between and around `${…}`.
std::string without_variables(std::string_view written) {
  std::string rest;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written.substr(i).starts_with("${")) ++depth;
    if (depth == 0) rest += written[i];
    if (written[i] == '}' && depth > 0) --depth;
  }
  return rest;
}

// The written text with another address in front: variables in the ports stay.
std::optional<std::string> with_address(std::string_view written, const PublishedPort& old, const PublishedPort& port) {
  const std::string front = port.host_ip.empty() ? std::string() : address(port.host_ip) + ":";
  // All of it in one variable: an address may come with it.
  const bool whole = written.starts_with('$') && without_variables(written).find(':') == std::string::npos;
  if (whole) return std::nullopt;
  if (old.host_ip.empty()) {
    const bool chosen = old.host_first == 0 && written.find(':') == std::string_view::npos;
    return front + (chosen && !front.empty() ? ":" : "") + std::string(written);
  }
  for (const std::string& before : {old.host_ip + ":", "[" + old.host_ip + "]:"}) {
    if (written.starts_with(before)) return front + std::string(written.substr(before.size()));
  }
  return std::nullopt;
}

Done change_long(const Place& item, const PublishedPort* old, const PublishedPort& port) {
  if (old == nullptr || !differs_in_address_only(*old, port))
    return refuse("the port is written in the long form: change it by hand");
  if (auto done = check_no_variable(item.with({"host_ip"})); !done) return done;
  return item.editor->set(item.with({"host_ip"}).path, YamlValue(port.host_ip), Shared::allow);
}

Done change_port(Text& text, const Origin& at, const PublishedPort& port) {
  auto place = text.place(at);
  if (!place) return std::unexpected(place.error());
  const yaml::Node* node = place->node();
  if (node == nullptr) return refuse("the port is gone");
  const PublishedPort* old = old_port(text.workload(), at);
  if (node->kind == yaml::Node::Kind::mapping) return change_long(*place, old, port);
  if (old == nullptr || !differs_in_address_only(*old, port)) {
    if (auto done = check_no_variable(*place); !done) return done;
    return place->editor->set(place->path, YamlValue(short_text(port)), Shared::allow);
  }
  const auto written = with_address(node->text(), *old, port);
  if (!written) return refuse("the port's address comes from a variable: change that");
  return place->editor->set(place->path, YamlValue(*written), Shared::allow);
}

}  // namespace

Outcome write_port(Text& text, const Change& change) {
  if (change.key != Key::ports) return std::nullopt;
  if (change.act == Change::Act::remove) {
    if (!change.at) return take_away(text.key({"ports"}));
    const auto place = text.place(*change.at);
    return place ? take_away(*place) : std::unexpected(place.error());
  }
  const auto* port = std::get_if<PublishedPort>(&change.value);
  if (port == nullptr) return refuse("this is no port");
  if (change.at) return change_port(text, *change.at, *port);
  const Place list = text.key({"ports"});
  return list.editor->append(list.path, YamlValue(short_text(*port)));
}

}  // namespace oakum::fix::compose
