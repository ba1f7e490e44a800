// Reports are kept, mailed and uploaded: no text of a finding holds a secret, whichever rule wrote it.
#pragma once

#include <string>
#include <string_view>

namespace oakum::check {

enum class TextKind : unsigned char {
  source,  // a line of a file: NAME=VALUE, NAME: VALUE, --name VALUE and `ENV NAME VALUE` give values
  message  // our own words, which quote: only NAME=VALUE and --name VALUE do
};

// The text with a star for each byte of what looks secret (columns hold): values whose name says so, tokens of a known
// shape, passwords in addresses. Linear in the text.
std::string without_secrets(std::string_view text, TextKind kind);

}  // namespace oakum::check
