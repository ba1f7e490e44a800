#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "yaml/stream.h"

namespace {

using oakum::yaml::Documents;
using oakum::yaml::Node;

bool same(const Node& a, const Node& b) {
  const auto same_member = [](const auto& x, const auto& y) {
    return x.key == y.key && x.key_span == y.key_span && same(x.value, y.value);
  };
  return a.kind == b.kind && a.style == b.style && a.scalar == b.scalar && a.merged == b.merged && a.span == b.span &&
         b.tag.empty() && b.anchor.empty() && b.alias.empty() && std::ranges::equal(a.items, b.items, same) &&
         std::ranges::equal(a.members, b.members, same_member);
}

bool same_comment(const oakum::yaml::Comment& a, const oakum::yaml::Comment& b) {
  return a.text == b.text && a.span == b.span && a.own_line == b.own_line;
}

bool same_documents(const Documents& a, const Documents& b) {
  return std::ranges::equal(a.roots, b.roots, [](const Node& x, const Node& y) { return same(x, y); }) &&
         a.spans == b.spans && std::ranges::equal(a.comments, b.comments, same_comment);
}

}  // namespace

// What LineReader reads, libfyaml reads too, and as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto is_control = [](char c) { return (c >= '\0' && c < ' ' && c != '\n') || c == '\x7F'; };
  if (std::ranges::any_of(text, is_control) || !oakum::is_valid_utf8(text) || !oakum::yaml::fits_lines(text)) return 0;
  const oakum::LineIndex lines(text);
  const auto ours = oakum::yaml::read_lines(text, lines);
  if (!ours) return 0;
  const auto theirs = oakum::yaml::read_stream(text, lines);
  if (!theirs || !same_documents(*ours, *theirs)) std::abort();
  return 0;
}
