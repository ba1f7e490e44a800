#include "versions/comparison.h"

#include <optional>

namespace oakum::versions {

namespace {

constexpr bool is_separator(char c) { return c == ',' || is_space(c); }
constexpr bool is_operator(char c) { return c == '<' || c == '>' || c == '=' || c == '!'; }

const OpName* find_op(std::span<const OpName> names, std::string_view name) {
  for (const OpName& row : names)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace

bool holds(Op op, std::strong_ordering order) {
  switch (op) {
    case Op::less:
      return order < 0;
    case Op::less_equal:
      return order <= 0;
    case Op::equal:
      return order == 0;
    case Op::not_equal:
      return order != 0;
    case Op::greater_equal:
      return order >= 0;
    case Op::greater:
      return order > 0;
  }
  return false;
}

Result<bool> all_hold(VersionScheme scheme, std::span<const OpName> names, Compare compare, std::string_view version,
                      std::string_view constraint) {
  std::string_view rest = constraint;
  bool all = true;
  bool any = false;
  while (true) {
    take_while(rest, is_separator);
    if (rest.empty()) break;
    const std::string_view name = take_while(rest, is_operator);
    const OpName* op = find_op(names, name);
    if (op == nullptr) {
      return refuse_constraint(scheme, constraint,
                               name.empty() ? "a version has no operator before it"
                                            : "\"" + std::string(name) + "\" is not an operator of it");
    }
    take_while(rest, is_space);
    const std::string_view bound = take_while(rest, [](char c) { return !is_separator(c); });
    if (bound.empty()) return refuse_constraint(scheme, constraint, "no version follows the operator");
    OAKUM_TRY(const std::strong_ordering order, compare(version, bound));
    all = all && holds(op->op, order);
    any = true;
  }
  if (!any) return refuse_constraint(scheme, constraint, "it is empty");
  return all;
}

}  // namespace oakum::versions
