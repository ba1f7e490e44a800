// Control data in paragraphs, deb822(5): Release, Packages and Sources of a Debian or Ubuntu archive.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace oakum::advisories {

// One paragraph. The views borrow the text it was read from.
class Paragraph {
 public:
  // The value with its continuation lines, white space at both ends cut; empty when there is no such field.
  std::string_view get(std::string_view field) const;
  bool empty() const { return fields_.empty(); }

 private:
  friend class ParagraphReader;
  struct Field {
    std::string_view name;
    std::string_view value;
  };
  std::vector<Field> fields_;
};

// Goes through the paragraphs of `text` one at a time; lines that are no field are passed over.
class ParagraphReader {
 public:
  explicit ParagraphReader(std::string_view text) : rest_(text) {}
  // False at the end. `paragraph` is replaced.
  bool next(Paragraph& paragraph);

 private:
  std::string_view rest_;
};

}  // namespace oakum::advisories
