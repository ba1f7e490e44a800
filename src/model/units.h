// Amounts and ports as the surfaces write them.
#pragma once

#include <cstdint>
#include <string>

#include "model/workload.h"

namespace oakum {

std::string size_text(std::int64_t bytes);  // as engines take it, in the largest unit that divides it: "512m", "1000"
std::string quantity_text(std::int64_t bytes);  // as Kubernetes does: "512Mi", "1000"
std::string number_text(double number);         // "0.5", the shortest that reads back the same, never with an exponent
std::string cores_text(double cores);           // as Kubernetes takes it: "500m", "2"

std::string port_range(std::uint32_t first, std::uint32_t last);  // "80", "80-81"
// The short syntax of engines and Compose: "127.0.0.1:8080:80/udp", "127.0.0.1::80" where the engine chooses.
std::string port_text(const PublishedPort& port);

}  // namespace oakum
