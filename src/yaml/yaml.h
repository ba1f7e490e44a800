// YAML 1.2 (with the merge keys of 1.1) as a plain tree in which every node knows its bytes, so that a finding can
// point and an edit can cut. libfyaml behind a plain value; anchors are kept by name and aliases are resolved.
//
// Hostile input: at most kMaxBytes (and as much text copied by aliases), kMaxDepth levels, kMaxNodes nodes after
// aliases are expanded (bombs), UTF-8 only, no control characters. Each limit is one error of code `limit` that names
// it; each syntax error has line and column. Thread-safe: no shared state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/origin.h"
#include "yaml/rare_text.h"

namespace oakum::yaml {

inline constexpr std::size_t kMaxBytes = 16U << 20;
inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxNodes = 1'000'000;

struct Member;

struct Node {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };
  Kind kind = Kind::null;  // null also for a plain ~ or null; `scalar` is then as written
  Style style = Style::plain;
  std::string scalar;           // of a scalar, with escapes and folding done
  RareText tag;                 // "!reset", "!!str", …; "" none
  RareText anchor;              // &name; ""
  RareText alias;               // *name when this stands for an anchor's node: spans are the alias's own
  bool merged = false;          // came in through a merge key (<<)
  Span span;                    // of the value; of a collection: its first to its last byte
  std::vector<Node> items;      // of a sequence
  std::vector<Member> members;  // of a mapping, in file order, merge keys resolved (own keys win)

  // nullptr when this is not a mapping or has no such key. The first wins; duplicate keys are an error of the parser.
  const Node* find(std::string_view key) const;
  const Member* member(std::string_view key) const;
  bool is_null() const;  // nothing, ~, null, Null, NULL (plain)
  // YAML 1.2 core schema (and 1.1's yes/no/on/off, as Compose and Kubernetes parsers read them) for plain scalars.
  bool is_true() const;
  bool is_false() const;
  // A scalar as one string, a sequence of scalars as several; anything else gives none.
  std::vector<std::string> strings() const;
  std::string_view text() const { return kind == Kind::scalar ? std::string_view(scalar) : std::string_view(); }
};

struct Member {
  std::string key;
  Span key_span;
  Node value;
};

struct Comment {
  std::string text;  // without '#', trimmed
  Span span;
  bool own_line = false;  // nothing but white space before it
};

struct Documents {
  std::vector<Node> roots;        // empty documents are left out
  std::vector<Span> spans;        // of each root's document
  std::vector<Comment> comments;  // of the whole stream, in order
};

// Every document of a stream. `name` starts error texts.
Result<Documents> parse_all(std::string_view name, std::string_view text);

// One document: more than one is an error. An empty text is a null node.
Result<Node> parse(std::string_view name, std::string_view text);

}  // namespace oakum::yaml
