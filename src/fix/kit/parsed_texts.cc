#include "fix/kit/parsed_texts.h"

#include <string_view>
#include <utility>

#include "fix/kit/text.h"

namespace oakum::fix {

namespace {

constexpr std::size_t kMaxKeptBytes = 1U << 20;  // of text; trees are some ten times as large

std::size_t count_nodes(const yaml::Node& node) {
  std::size_t nodes = 1;
  for (const yaml::Node& item : node.items) nodes += count_nodes(item);
  for (const yaml::Member& member : node.members) nodes += 1 + count_nodes(member.value);
  return nodes;
}

// A quarter of a limit leaves room for whatever fixes add.
bool is_near_limits(const ParsedText& parsed) {
  std::size_t nodes = 0;
  for (const yaml::Node& root : parsed.documents.roots) nodes += count_nodes(root);
  return nodes > yaml::kMaxNodes / 4 || parsed.source.text.size() > yaml::kMaxBytes / 4;
}

// Directives, and keys written with a question mark, whose places the parser does not tell well.
bool has_odd_lines(std::string_view text) {
  for (std::size_t line = 0; line < text.size(); line = line_end(text, line)) {
    const std::size_t first = text.find_first_not_of(" \t-\xEF\xBB\xBF", line);
    if (text[line] == '%' || (first != std::string_view::npos && text[first] == '?')) return true;
  }
  return false;
}

}  // namespace

Result<ParsedPointer> parse_text(Source source) {
  auto parsed = std::make_shared<ParsedText>();
  OAKUM_TRY(parsed->documents, yaml::parse_all(source.name, source.text));
  parsed->documents.comments = {};
  parsed->source = std::move(source);
  parsed->has_plain_parts = !is_near_limits(*parsed) && !has_odd_lines(parsed->source.text);
  return parsed;
}

Result<ParsedPointer> ParsedTexts::part(const Source& source, std::size_t begin, std::size_t end) {
  const Key key(source.number, begin, end);
  if (const auto found = parsed_.find(key); found != parsed_.end()) return found->second;
  if (kept_bytes_ + (end - begin) > kMaxKeptBytes) {
    parsed_.clear();
    kept_bytes_ = 0;
  }
  kept_bytes_ += end - begin;
  Source text{source.name, source.text.substr(begin, end - begin), source.number, source.derived};
  return parsed_.emplace(key, parse_text(std::move(text))).first->second;
}

}  // namespace oakum::fix
