// Inside read/runcmd: the little languages of flag values, as docker 28 (cli/opts, go-units) and podman 5 read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/workload.h"

namespace oakum::runcmd {

// "512m", "1.5GiB", "1024": bytes, with factors of 1024. nullopt for what is no size or beyond 2^63.
std::optional<std::int64_t> size_of(std::string_view text);

// What Go's strconv.ParseBool takes.
std::optional<bool> bool_of(std::string_view text);

// Parts between separators that stand outside of ${…}, $(…), `…` and […] (IPv6).
std::vector<std::string_view> split_outside(std::string_view text, char separator);

// Fields of one line of comma-separated values (RFC 4180: a field in double quotes may hold commas).
std::vector<std::string> split_csv(std::string_view text);

// "key=value"; without '=' the value is "".
KeyValue key_value(std::string_view text);

// ["a", "b"]: an array of JSON strings; nullopt for anything else.
std::optional<std::vector<std::string>> json_strings(std::string_view text);

// [ip:][host]:container[/protocol], with ranges and [IPv6]; nullopt when it is none of it.
std::optional<PublishedPort> port_of(std::string_view text);

// "8080", "8080-8090/udp"
std::optional<ContainerPort> container_port_of(std::string_view text);

// "nofile=1024:2048", "core=-1"
std::optional<Ulimit> ulimit_of(std::string_view text);

}  // namespace oakum::runcmd
