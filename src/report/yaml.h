// The little YAML that configuration files need, with the line of every value: libfyaml behind a plain tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::report {

struct YamlMember;

struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  std::string scalar;
  std::vector<YamlNode> items;      // of a sequence
  std::vector<YamlMember> members;  // of a mapping, in file order
  std::size_t line = 0;             // 1-based

  // nullptr when this is not a mapping or has no such key.
  const YamlNode* find(std::string_view key) const;
  // A scalar as one string, a sequence of scalars as several; anything else gives none.
  std::vector<std::string> strings() const;
  std::string text() const { return kind == Kind::scalar ? scalar : std::string(); }
};

struct YamlMember {
  std::string key;
  YamlNode value;
};

// One document. Refuses aliases and anchors (no bombs), more than 1 MiB, and nesting beyond 32 levels.
Result<YamlNode> parse_yaml(std::string_view name, std::string_view text);

}  // namespace oakum::report
