// Texts that are read for edits. Working out a fix begins with the tree of its text; a text has many findings and is
// read once for all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <tuple>

#include "base/error.h"
#include "model/subjects.h"
#include "yaml/yaml.h"

namespace oakum::fix {

struct ParsedText {
  Source source;
  yaml::Documents documents;
  // The text means the same when lines of it are read alone: no directives are in force, all keys are plain to see
  // (no "? key"), and no limit of the parser is near that the whole could be over and its parts are not.
  bool has_plain_parts = false;
};
using ParsedPointer = std::shared_ptr<const ParsedText>;

Result<ParsedPointer> parse_text(Source source);

// Keeps what was parsed, up to some text: what is kept goes when more comes. For one thread, and for sources that do
// not change meanwhile.
class ParsedTexts {
 public:
  Result<ParsedPointer> whole(const Source& source) { return part(source, 0, source.text.size()); }
  // The bytes [begin, end) as a text of their own.
  Result<ParsedPointer> part(const Source& source, std::size_t begin, std::size_t end);

 private:
  using Key = std::tuple<std::uint32_t, std::size_t, std::size_t>;
  std::map<Key, Result<ParsedPointer>> parsed_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace oakum::fix
