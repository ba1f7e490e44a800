// Names of hosts in free text: values of variables, addresses, command lines.
#pragma once

#include <string_view>
#include <vector>

namespace oakum {

// The words that may name a host, in order: "db" of "postgres://app:x@db:5432/shop", "cache" of "--redis cache:6379".
// Not the scheme of an address, nor its user and password, nor the parts of a path. Linear in the text, of which the
// words are views.
std::vector<std::string_view> host_words(std::string_view text);

}  // namespace oakum
