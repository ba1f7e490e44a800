#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "yaml/stream.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

namespace {

std::string place(std::string_view name, const Span& at) {
  return std::string(name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

bool is_allowed(unsigned char c) { return (c >= 0x20 && c != 0x7F) || c == '\n' || c == '\r' || c == '\t'; }

// Printable ASCII or the end of a line; without branches, for whole blocks at once.
bool is_usual(char c) { return ((c >= ' ') & (c <= '~')) | (c == '\n'); }

// The first byte that is not usual. Nearly all texts have none.
std::size_t find_unusual(std::string_view text) {
  constexpr std::size_t kBlock = 64;
  std::size_t from = 0;
  for (; text.size() - from >= kBlock; from += kBlock) {
    const char* const block = text.data() + from;
    unsigned char all = 1;
    for (std::size_t i = 0; i < kBlock; ++i) all &= static_cast<unsigned char>(is_usual(block[i]));
    if (all == 0) break;
  }
  while (from < text.size() && is_usual(text[from])) ++from;
  return from;
}

// YAML 1.2.2 sections 5.1 and 5.2, from an offset on.
Status check_characters(std::string_view name, std::string_view text, std::size_t from_offset, const LineIndex& lines) {
  const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from_offset);
  const auto* const bad =
      std::find_if_not(begin, text.end(), [](char c) { return is_allowed(static_cast<unsigned char>(c)); });
  if (bad != text.end()) {
    const auto at = static_cast<std::size_t>(bad - text.begin());
    return fail(ErrorCode::invalid, place(name, lines.span(at, at + 1)),
                *bad == '\0' ? "holds a NUL byte" : "holds the control character " + printable({bad, bad + 1}, 8));
  }
  const auto is_high = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  for (auto from = std::find_if(begin, text.end(), is_high); from != text.end();) {
    const auto to = std::find_if_not(from, text.end(), is_high);
    if (!is_valid_utf8({from, to})) {
      const auto at = static_cast<std::size_t>(from - text.begin());
      return fail(ErrorCode::invalid, place(name, lines.span(at, at + 1)), "is not UTF-8");
    }
    from = std::find_if(to, text.end(), is_high);
  }
  return {};
}

Status check_encoding(std::string_view name, std::string_view text) {
  if (text.size() > kMaxBytes) return fail(ErrorCode::limit, std::string(name), "larger than 16 MiB");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return fail(ErrorCode::unsupported, std::string(name) + ":1:1", "is UTF-16", "save it as UTF-8");
  }
  return {};
}

}  // namespace

Result<Documents> parse_all(std::string_view name, std::string_view text) {
  OAKUM_CHECK(check_encoding(name, text));
  const LineIndex lines(text);
  if (const std::size_t unusual = find_unusual(text); unusual != text.size())
    OAKUM_CHECK(check_characters(name, text, unusual, lines));
  auto documents = read_stream(text, lines);
  if (!documents) documents.error().what = std::string(name) + ":" + documents.error().what;
  return documents;
}

Result<Node> parse(std::string_view name, std::string_view text) {
  OAKUM_TRY(Documents documents, parse_all(name, text));
  if (documents.roots.empty()) return Node{};
  if (documents.roots.size() > 1) {
    return fail(ErrorCode::invalid, place(name, documents.spans[1]), "a second document",
                "keep one document in a file");
  }
  return std::move(documents.roots.front());
}

}  // namespace oakum::yaml
