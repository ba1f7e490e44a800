// A field of a subject: unset, or stated one or more times. When statements meet (image USER and Compose `user:`, pod
// and container securityContext, several -f files) all are kept in order and the last one wins.
#pragma once

#include <utility>
#include <vector>

#include "model/origin.h"

namespace oakum {

template <class T>
struct Stated {
  T value{};
  Origin origin;
  // False when the text depends on something that is not there to read (an unset variable, a Helm value): `value` is
  // then the text as written, and no rule may judge it as if it were the value.
  bool known = true;
};

// "Not stated" differs from "stated as the default": an unset field says nothing, and effective_*() of platform.h gives
// what the engine then does.
template <class T>
class Field {
 public:
  explicit operator bool() const { return !statements_.empty(); }
  bool known() const { return !statements_.empty() && statements_.back().known; }

  // The statement that wins. Only when stated.
  const T& operator*() const { return statements_.back().value; }
  const T* operator->() const { return &statements_.back().value; }
  const Stated<T>& winner() const { return statements_.back(); }
  const Origin& origin() const { return statements_.back().origin; }

  T value_or(const T& fallback) const { return statements_.empty() ? fallback : statements_.back().value; }
  // Stated, known, and equal to `value`.
  bool is(const T& value) const { return known() && statements_.back().value == value; }

  void state(T value, Origin origin, bool is_known = true) {
    statements_.push_back({std::move(value), std::move(origin), is_known});
  }
  void reset() { statements_.clear(); }
  const std::vector<Stated<T>>& statements() const { return statements_; }

 private:
  std::vector<Stated<T>> statements_;
};

// A list: an origin per item, and one of the list itself (`cap_drop:`). Stated and empty differs from unset.
template <class T>
struct List {
  std::vector<Stated<T>> items;
  bool stated = false;
  Origin origin;  // of the key or flag; meaningful when stated

  void add(T value, Origin where, bool known = true) {
    if (!stated) origin = where;
    stated = true;
    items.push_back({std::move(value), std::move(where), known});
  }
  bool empty() const { return items.empty(); }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
};

}  // namespace oakum
