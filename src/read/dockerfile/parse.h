// One instruction's syntax: name, flags, arguments as they stand. Variables come later: resolve.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/dockerfile.h"
#include "read/dockerfile/logical.h"

namespace oakum::dockerfile {

// What all steps of reading one file share.
struct Context {
  std::string_view text;
  const LineIndex& lines;
  Dockerfile& file;
  std::size_t growth = 64UZ << 20;         // bytes that variables may still add
  std::size_t arguments_left = 1'000'000;  // words of all instructions together

  Span span(Range in_file) const { return lines.span(in_file.begin, in_file.end); }
  Span span(const Logical& line, Range range) const { return line.span(range, lines); }
  void refuse(const Span& span, std::string message) { file.problems.push_back({std::move(message), span}); }
  // The builder refuses it, and oakum has not read it either.
  void give_up(const Span& span, std::string message) {
    file.problems.push_back({.message = std::move(message), .span = span, .unread = true});
  }
  void warn(const Span& span, std::string message) { file.problems.push_back({std::move(message), span, true}); }
};

// Fills `out`, which is new. `range` of the line is the whole instruction. Inside ONBUILD (`trigger`) only what the
// parser itself refuses is an error: the rest shows when a child is built.
void parse_instruction(const Logical& line, Range range, Context& context, Instruction& out, bool trigger = false);

}  // namespace oakum::dockerfile
