#include "trial/sockets.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::trial {

namespace {

constexpr std::uint64_t kFileLimit = 8U << 20;
constexpr std::string_view kNameServer = "0B00007F";  // 127.0.0.11
constexpr std::uint32_t kFirstClientPort = 32768;

struct File {
  const char* name;
  const char* protocol;
};
constexpr std::array<File, 4> kFiles{{{"tcp", "tcp"}, {"tcp6", "tcp"}, {"udp", "udp"}, {"udp6", "udp"}}};
// The state of a socket that listens: TCP_LISTEN, and TCP_CLOSE for udp without a peer (include/net/tcp_states.h).
constexpr std::string_view kTcpListens = "0A", kUdpListens = "07";

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (const std::string_view field : split(line, ' ')) {
    if (!field.empty()) fields.push_back(field);
  }
  return fields;
}

// "00000000:0050"
void take_socket(std::string_view local, const std::string& protocol, std::vector<ListeningPort>& to) {
  const std::size_t colon = local.rfind(':');
  if (colon == std::string_view::npos || local.substr(0, colon) == kNameServer) return;
  std::uint32_t port = 0;
  const std::string_view digits = local.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return;
  if (protocol == "udp" && port >= kFirstClientPort) return;
  to.push_back({protocol, port});
}

}  // namespace

void parse_sockets(std::string_view text, const std::string& protocol, std::vector<ListeningPort>& to) {
  const std::string_view listening = protocol == "tcp" ? kTcpListens : kUdpListens;
  next_line(text);  // the heading
  while (const auto line = next_line(text)) {
    const auto fields = fields_of(*line);
    if (fields.size() > 3 && fields[3] == listening) take_socket(fields[1], protocol, to);
  }
}

bool read_listening(int pid, std::vector<ListeningPort>& ports) {
  bool any = false;
  for (const File& file : kFiles) {
    const auto text = read_file("/proc/" + std::to_string(pid) + "/net/" + file.name, kFileLimit);
    if (!text) continue;  // a kernel without IPv6 has no tcp6
    any = true;
    parse_sockets(*text, file.protocol, ports);
  }
  std::ranges::sort(ports);
  const auto rest = std::ranges::unique(ports);
  ports.erase(rest.begin(), rest.end());
  return any;
}

}  // namespace oakum::trial
