// Comparison operators, and the constraints that are plain lists of them: ">= 1.0, < 2".
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>

#include "versions/key.h"

namespace oakum::versions {

enum class Op : unsigned char { less, less_equal, equal, not_equal, greater_equal, greater };

bool holds(Op op, std::strong_ordering order);

struct OpName {
  std::string_view name;
  Op op;
};

// Whether every comparison of `constraint` holds for `version`. Comparisons are separated by commas, white space or
// both; white space may stand after an operator. The empty operator must be among `names` for bare versions to be
// taken. `compare` orders the version against one of the constraint.
using Compare = Result<std::strong_ordering> (*)(std::string_view version, std::string_view bound);
Result<bool> all_hold(VersionScheme scheme, std::span<const OpName> names, Compare compare, std::string_view version,
                      std::string_view constraint);

// A bound and what it asks, of the schemes whose ranges come down to such pairs.
struct Bound {
  Op op;
  std::string key;
};
inline bool satisfied_by(const Bound& bound, std::string_view key) { return holds(bound.op, key <=> bound.key); }

}  // namespace oakum::versions
