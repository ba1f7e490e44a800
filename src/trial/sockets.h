// Which ports the programs of a network namespace listen on, from /proc/PID/net (proc_pid_net(5)).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trial/proof.h"

namespace oakum::trial {

// One file: `protocol` is "tcp" or "udp", for tcp6 and udp6 too. Left out: the engine's name server at 127.0.0.11, and
// udp ports that clients get (32768 and above).
void parse_sockets(std::string_view text, const std::string& protocol, std::vector<ListeningPort>& to);

// Sorted, each once; false when nothing could be read.
bool read_listening(int pid, std::vector<ListeningPort>& ports);

}  // namespace oakum::trial
