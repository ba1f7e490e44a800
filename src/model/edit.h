// A change of a text: what fixes are made of, and what reports, editors and `oakum fix` carry.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/origin.h"

namespace oakum {

// One replacement in one source's text. An insertion has an empty span; a removal an empty text.
struct Edit {
  std::uint32_t source = 0;  // number of the source: Subjects::source(); without meaning where a file is made
  Span span;                 // bytes [begin, end) of that text; of a planned fix the columns count code points
  std::string text;          // what stands there afterwards, in the file's own line ends
  // Of a file that is to be made, `text` being all of it: its path. "" for a change of `source`.
  std::string new_file;
  // The source's name: set with the path of findings, when the report is put together.
  std::string path;

  bool operator==(const Edit&) const = default;
};

// What was worked out for one finding: either edits, that belong together, or the reason why there are none.
struct PlannedFix {
  std::vector<Edit> edits;  // in the order of the places; none overlap
  std::string patch;        // the edits as a unified diff that `git apply` takes
  std::string note;         // what is left to do by hand, or to know; "" nothing
  std::string refused;      // "" when there are edits
  bool secret = false;      // an edit's text holds a secret: it is for the file alone, not for a report
};

}  // namespace oakum
