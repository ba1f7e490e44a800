// <<EOF markers: https://docs.docker.com/reference/dockerfile/#here-documents
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/dockerfile.h"
#include "read/dockerfile/logical.h"

namespace oakum::dockerfile {

// "[fd]<<[-]word" as a whole word; nullopt for anything else. Spans and content are left empty.
std::optional<Heredoc> heredoc_of(std::string_view word);

// Reads the body and the terminator's line; false when the text ends before. `end`: behind the terminator.
struct HeredocBody {
  Range body;
  std::size_t end = 0;
  bool terminated = false;
};
HeredocBody heredoc_body(std::string_view file, Lines& lines, const Heredoc& heredoc);

// With the tabs in front of each line gone.
std::string without_tabs(std::string_view content);

}  // namespace oakum::dockerfile
