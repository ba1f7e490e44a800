#include "rules/workload/ports.h"

namespace oakum::rules {

bool is_open(const PublishedPort& port) {
  return port.host_ip.empty() || port.host_ip == "0.0.0.0" || port.host_ip == "::" || port.host_ip == "[::]" ||
         port.host_ip == "*";
}

std::string port_text(const PublishedPort& port) {
  const bool chosen = port.host_first == 0;
  const auto first = chosen ? port.container_first : port.host_first;
  const auto last = chosen ? port.container_last : port.host_last;
  std::string text = std::to_string(first);
  if (last > first) text.append("-").append(std::to_string(last));
  if (port.protocol != "tcp") text.append("/").append(port.protocol);
  if (chosen) text += " (host port chosen by the engine)";
  return text;
}

}  // namespace oakum::rules
