// Numbers and words as the surfaces write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/workload.h"

namespace oakum::convert {

std::string size_text(std::int64_t bytes);                   // "512m", "1000" (bytes), "-1"
std::string quantity_text(std::int64_t bytes);               // "512Mi", "1000"
std::string number_text(double number);                      // "0.5"
std::string cores_text(double cores);                        // "500m", "2"
std::optional<std::int64_t> size_of(std::string_view text);  // "64m", "64Mi", "1000"; nullopt for what is no size

// "1m30s" in seconds, rounded up; nullopt for what is no duration.
std::optional<std::int64_t> seconds_of(std::string_view duration);

std::string port_range(std::uint32_t first, std::uint32_t last);
// "127.0.0.1:8080:80/udp"
std::string port_text(const PublishedPort& port);

// A text as Compose takes a `command:` apart (shlex); nullopt when a quote is not closed.
std::optional<std::vector<std::string>> shell_words(std::string_view text);
// As a POSIX shell reads it back as one word; with `expand`, variables in it are left to the shell.
std::string shell_quoted(std::string_view word, bool expand = false);
std::string shell_line(const std::vector<std::string>& words);

// Of an emptyDir in memory with a size at /dev/shm; "" when there is none.
std::string shared_memory_of_pod(const Workload& workload);

// "a=1,b" of options; a comma or quote in one is quoted as CSV.
std::string option_text(const KeyValue& option);

}  // namespace oakum::convert
