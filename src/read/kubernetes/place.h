// A node of a manifest together with the path that leads to it: what the readers of this folder pass around. Asking a
// place for something of another type than it has is one error with its line, and the asker gets nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/field.h"
#include "model/workload.h"
#include "yaml/yaml.h"

namespace oakum::kubernetes {

// What all places of one file share.
struct Manifest {
  std::uint32_t source = 0;
  std::string name;
  std::vector<Error>* errors = nullptr;
  std::set<std::uint32_t> told;  // offsets of nodes whose wrong type was told
  std::size_t budget = 128U << 20;

  // Statements of a pod are copied into each of its containers, paths are longer than keys: hostile files make that
  // quadratic. False, after one error of code `limit`, when `bytes` more are too many for one file.
  bool spend(std::size_t bytes);
  void tell(const Span& where, std::string why);
};

// Steps of a path: `a.b`, `a["example.org/b"]`, `a[2]`. A path that grew too long stays as it is.
void append_key(std::string& path, std::string_view key);
void append_index(std::string& path, std::size_t index);

class Place {
 public:
  Place(Manifest& manifest, const yaml::Node* node, const Span& key, std::string path)
      : manifest_(&manifest), node_(node), key_(key), path_(std::move(path)) {}

  // There, and not null.
  explicit operator bool() const { return node_ != nullptr && !node_->is_null(); }
  const yaml::Node* node() const { return node_; }
  const std::string& path() const { return path_; }  // "" of what is absent: most of what is asked for is
  Manifest& manifest() const { return *manifest_; }

  Place at(std::string_view key) const;    // absent when there is none; an error when this is no mapping
  Place find(std::string_view key) const;  // the same without the error
  std::vector<Place> items() const;        // of a sequence
  struct Entry;
  std::vector<Entry> entries() const;  // of a mapping

  std::optional<std::string> text() const;  // of a scalar
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;
  std::string text_or_empty() const { return text().value_or(""); }
  bool known() const;  // is_known() of its text

  Origin origin() const;      // of the value
  Origin key_origin() const;  // of the key, or of the value of an item
  Span key_span() const { return key_; }

 private:
  void wrong(std::string_view wanted) const;

  Manifest* manifest_;
  const yaml::Node* node_;
  Span key_;
  std::string path_;
};

struct Place::Entry {
  std::string key;
  Place value;
};

// False when the text holds a variable that some later program fills in: ${X}, $(X), {{x}}.
bool is_known(std::string_view text);

// State the field when the place is there and has the type.
void state(Field<bool>& field, const Place& place);
void state_negated(Field<bool>& field, const Place& place);
void state(Field<std::string>& field, const Place& place);
void state(Field<std::int64_t>& field, const Place& place);
// A sequence of scalars; stated, too, when it is empty.
void state(List<std::string>& list, const Place& place);
std::vector<std::string> texts(const Place& place);
// A mapping of scalars.
std::vector<KeyValue> pairs(const Place& place);
void state(List<KeyValue>& list, const Place& place);

}  // namespace oakum::kubernetes
