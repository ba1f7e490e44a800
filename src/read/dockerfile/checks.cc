#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "read/dockerfile/resolve.h"

namespace oakum::dockerfile {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

bool is_port_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_number<std::uint16_t>(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_number<std::uint16_t>(text.substr(dash + 1));
  return first && last && *first <= *last;
}

constexpr std::string_view kSignals[] = {"ABRT", "ALRM",   "BUS",  "CHLD",   "CLD",   "CONT", "FPE",  "HUP",  "ILL",
                                         "INT",  "IO",     "IOT",  "KILL",   "PIPE",  "POLL", "PROF", "PWR",  "QUIT",
                                         "SEGV", "STKFLT", "STOP", "SYS",    "TERM",  "TRAP", "TSTP", "TTIN", "TTOU",
                                         "URG",  "USR1",   "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ"};

}  // namespace

std::string port_problem(std::string_view word) {
  const std::size_t slash = word.rfind('/');
  const std::string protocol = slash == std::string_view::npos ? "tcp" : to_lower(word.substr(slash + 1));
  if (protocol != "tcp" && protocol != "udp" && protocol != "sctp") {
    return "port " + quoted(word) + ": its protocol is none of tcp, udp, sctp";
  }
  std::string_view port = word.substr(0, slash);
  if (const std::size_t colon = port.rfind(':'); colon != std::string_view::npos) port = port.substr(colon + 1);
  return is_port_range(port) ? "" : "port " + quoted(word) + ": is neither a port nor a range of ports";
}

std::string signal_problem(std::string_view word) {
  if (const auto number = parse_number<int>(word)) {
    return *number > 0 && *number <= 64 ? "" : "signal " + quoted(word) + ": there is none of this number";
  }
  std::string upper;
  for (const char byte : word) upper += static_cast<char>(byte >= 'a' && byte <= 'z' ? byte - 'a' + 'A' : byte);
  std::string_view name = upper;
  if (name.starts_with("SIG")) name.remove_prefix(3);
  const bool real_time = name.starts_with("RTMIN") || name.starts_with("RTMAX");
  const bool known = real_time || std::ranges::find(kSignals, name) != std::end(kSignals);
  return known ? "" : "signal " + quoted(word) + ": is not known";
}

}  // namespace oakum::dockerfile
