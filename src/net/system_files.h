// Which files HTTP takes besides its sockets: for a process that confines itself and has requests to make yet.
#pragma once

#include <string>
#include <vector>

#include "net/http.h"

namespace oakum::net {

// Files and directories that requests with these options may open: the resolver's configuration and the modules that it
// loads, trusted certificates, OpenSSL's configuration. Not all of them exist on each system.
std::vector<std::string> files_read(const TlsOptions& tls);

// The bundle of trusted certificates that the environment names, or null for the system's.
const char* chosen_ca_bundle();

}  // namespace oakum::net
