// What the rules about published ports share.
#pragma once

#include <string>

#include "model/workload.h"

namespace oakum::rules {

// On every interface: no address, or one that stands for all.
bool is_open(const PublishedPort& port);
// "8080", "8000-8010", "80 (host port chosen by the engine)"; with "/udp" unless TCP.
std::string port_text(const PublishedPort& port);

}  // namespace oakum::rules
