// Paths of the host that a trial does not hand out as they are asked for.
#pragma once

#include <string>
#include <string_view>

namespace oakum::trial {

// Of an engine: who has it has the host. Never mounted in a trial.
bool is_engine_socket(std::string_view path);
// A directory below which engines keep their sockets, or that holds `socket` ("": none known): read-only does not
// protect a socket, so it is not mounted either.
bool holds_engine_socket(std::string_view path, std::string_view socket);
// The system's own: mounted read-only, whatever is stated.
bool is_system_path(std::string_view path);

}  // namespace oakum::trial
