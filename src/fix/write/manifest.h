// One document of a manifest, opened for edits. Files hold thousands of documents and each finding is planned by
// itself: only the document that it is in is parsed, and what is wrong with the others does not matter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fix/kit/parsed_texts.h"
#include "fix/kit/remedy.h"
#include "fix/kit/yaml_edit.h"
#include "model/edit.h"
#include "model/origin.h"

namespace oakum::fix {

class ManifestEditor {
 public:
  // The document that holds `offset`. Refused as YamlEditor::open() refuses.
  static std::expected<ManifestEditor, Refusal> open(ParsedTexts& texts, const oakum::Source& source,
                                                     std::size_t offset);

  YamlEditor& yaml() { return yaml_; }
  const YamlEditor& yaml() const { return yaml_; }

  // Where what was read there stands now; empty: it is not in this document, or was removed. What came through an alias
  // is placed where the alias is used, so that editing it is refused.
  YamlPath place_of(const Origin& at) const;

  // The bytes of that key in the source, before anything was edited; nullopt: there is none, or it came through an
  // alias.
  std::optional<Span> key_of(const YamlPath& path) const;

  // In the source's offsets. Those that take away a part of a small collection reach back to its first byte, so that
  // two of them meet: else all its parts could go in one pass, and its key would be left with nothing.
  std::vector<Edit> edits() const;

 private:
  explicit ManifestEditor(YamlEditor yaml) : yaml_(std::move(yaml)) {}

  Span in_source(Span span) const;

  YamlEditor yaml_;                     // of the document
  std::uint32_t begin_ = 0, line_ = 0;  // bytes and lines of the source before this document
};

}  // namespace oakum::fix
