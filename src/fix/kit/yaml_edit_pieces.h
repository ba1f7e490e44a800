// A text while it is edited: which bytes of it are still those it had, and where they stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/edit.h"

namespace oakum::fix {

// The bytes [begin, end) become `text`.
struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

class Pieces {
 public:
  explicit Pieces(std::shared_ptr<const std::string> text);

  const std::string& text() const { return is_original_ ? *original_ : text_; }
  bool changed() const { return text() != *original_; }

  // What apply() would make the text; nullopt when they overlap or lie outside. `splices` get sorted; those at one
  // place keep their order.
  std::optional<std::string> preview(std::vector<Splice>& splices) const;
  // Only with splices that preview() took.
  void apply(const std::vector<Splice>& splices);

  // Where that byte of the original stands now; nullopt when it is gone.
  std::optional<std::size_t> now(std::size_t original_offset) const;
  std::vector<Edit> edits(std::uint32_t source) const;

 private:
  struct Piece {
    std::size_t begin = 0, end = 0;  // of the original, or nothing of it
    std::string text;                // put in: `begin` and `end` are then without meaning
    bool kept = true;
    std::size_t size() const { return kept ? end - begin : text.size(); }
  };
  std::shared_ptr<const std::string> original_;
  bool is_original_ = true;
  std::string text_;  // once it is no longer that
  std::vector<Piece> pieces_;
};

}  // namespace oakum::fix
