#include "fix/kit/yaml_edit_pieces.h"

#include <algorithm>
#include <utility>

#include "fix/kit/text.h"
#include "model/origin.h"

namespace oakum::fix {

Pieces::Pieces(std::shared_ptr<const std::string> text) : original_(std::move(text)) {
  pieces_.push_back({.begin = 0, .end = original_->size(), .text = {}, .kept = true});
}

std::optional<std::string> Pieces::preview(std::vector<Splice>& splices) const {
  std::ranges::stable_sort(splices, {}, &Splice::begin);
  const std::string& before = text();
  std::string result;
  std::size_t at = 0;
  for (const Splice& splice : splices) {
    if (splice.begin < at || splice.end < splice.begin || splice.end > before.size()) return std::nullopt;
    result.append(before, at, splice.begin - at);
    result += splice.text;
    at = splice.end;
  }
  result.append(before, at);
  return result;
}

void Pieces::apply(const std::vector<Splice>& splices) {
  std::vector<Piece> made;
  // Copies what is between two offsets of the text as it is now.
  const auto keep = [&](std::size_t from, std::size_t to) {
    std::size_t offset = 0;
    for (const Piece& piece : pieces_) {
      const std::size_t begin = std::max(from, offset);
      const std::size_t end = std::min(to, offset + piece.size());
      if (begin < end) {
        Piece part = piece;
        part.text = piece.kept ? std::string() : piece.text.substr(begin - offset, end - begin);
        part.begin = piece.begin + (begin - offset);
        part.end = piece.begin + (end - offset);
        made.push_back(std::move(part));
      }
      offset += piece.size();
    }
  };
  std::size_t at = 0;
  for (const Splice& splice : splices) {
    keep(at, splice.begin);
    if (!splice.text.empty()) made.push_back({.begin = 0, .end = 0, .text = splice.text, .kept = false});
    at = splice.end;
  }
  keep(at, text().size());
  pieces_ = std::move(made);
  text_.clear();
  for (const Piece& piece : pieces_) {
    if (piece.kept) {
      text_.append(*original_, piece.begin, piece.end - piece.begin);
    } else {
      text_ += piece.text;
    }
  }
  is_original_ = false;
}

std::optional<std::size_t> Pieces::now(std::size_t original_offset) const {
  std::size_t offset = 0;
  for (const Piece& piece : pieces_) {
    if (piece.kept && piece.begin <= original_offset && original_offset < piece.end)
      return offset + (original_offset - piece.begin);
    offset += piece.size();
  }
  return std::nullopt;
}

std::vector<Edit> Pieces::edits(std::uint32_t source) const {
  std::vector<Edit> result;
  std::size_t at = 0;
  std::string added;
  const auto flush = [&](std::size_t to) {
    // Something taken out and put in again is no edit.
    if (to != at || !added.empty()) {
      if (std::string_view(*original_).substr(at, to - at) != added) {
        result.push_back(replace(*original_, source, at, to, std::move(added)));
      }
    }
    added.clear();
  };
  for (const Piece& piece : pieces_) {
    if (!piece.kept) {
      added += piece.text;
      continue;
    }
    flush(piece.begin);
    at = piece.end;
  }
  flush(original_->size());
  return result;
}

}  // namespace oakum::fix
