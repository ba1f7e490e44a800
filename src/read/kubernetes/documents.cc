#include "read/kubernetes/documents.h"

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

constexpr std::size_t kMaxErrors = 100;

// A piece of the stream, and how far it stands from the start.
struct Piece {
  std::string_view text;
  std::uint32_t offset = 0;
  std::uint32_t lines = 0;
};

bool is_marker(std::string_view line) {
  return line.starts_with("---") && (line.size() == 3 || line[3] == ' ' || line[3] == '\t');
}

// Cuts before each "---": YAML 1.2.2 section 9.1.2 allows that line nowhere else.
std::vector<Piece> cut(std::string_view text) {
  std::vector<Piece> pieces;
  Piece piece;
  std::uint32_t line_number = 0;
  for (std::string_view rest = text; auto line = next_line(rest); ++line_number) {
    const auto at = static_cast<std::uint32_t>(line->data() - text.data());
    if (!is_marker(*line) || at == piece.offset) continue;
    piece.text = text.substr(piece.offset, at - piece.offset);
    pieces.push_back(piece);
    piece = {{}, at, line_number};
  }
  piece.text = text.substr(piece.offset);
  pieces.push_back(piece);
  return pieces;
}

void move(Span& span, const Piece& piece) {
  span.begin += piece.offset;
  span.end += piece.offset;
  span.line += piece.lines;
  span.end_line += piece.lines;
}

void move(yaml::Node& node, const Piece& piece) {
  move(node.span, piece);
  for (yaml::Node& item : node.items) move(item, piece);
  for (yaml::Member& member : node.members) {
    move(member.key_span, piece);
    move(member.value, piece);
  }
}

// The parser counts lines from the start of the piece.
Error moved(Error error, std::string_view name, const Piece& piece) {
  std::string_view place = error.what;
  if (!place.starts_with(name) || place.size() <= name.size() + 1) return error;
  place.remove_prefix(name.size() + 1);
  const auto line = parse_number<std::uint32_t>(next_field(place, ':'));
  if (line) {
    error.what =
        std::string(name) + ":" + std::to_string(*line + piece.lines) + (place.empty() ? "" : ":" + std::string(place));
  }
  return error;
}

}  // namespace

ReadDocuments read_documents(std::string_view name, std::string_view text) {
  ReadDocuments result;
  if (auto all = yaml::parse_all(name, text)) {
    result.roots = std::move(all->roots);
    return result;
  } else if (all.error().code == ErrorCode::limit) {
    result.errors.push_back(std::move(all.error()));
    return result;
  }
  for (const Piece& piece : cut(text)) {
    auto documents = yaml::parse_all(name, piece.text);
    if (!documents) {
      if (result.errors.size() < kMaxErrors) result.errors.push_back(moved(documents.error(), name, piece));
      continue;
    }
    for (yaml::Node& root : documents->roots) {
      move(root, piece);
      result.roots.push_back(std::move(root));
    }
  }
  return result;
}

}  // namespace oakum::kubernetes
