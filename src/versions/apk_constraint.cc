// apk's dependency operators: a set of '<', '>', '=' and '~' in any order names the results that are wanted. '~' makes
// the comparison fuzzy: what follows the end of the bound does not count ("1.2.3-r1" ~ "1.2"). "><" wants any version
// but that one.
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Wanted {
  bool less = false;
  bool equal = false;
  bool greater = false;
  bool fuzzy = false;
};

// False where an operator is repeated or there is none.
bool take_operators(std::string_view& rest, Wanted& wanted) {
  bool any = false;
  while (!rest.empty()) {
    bool* flag = nullptr;
    switch (rest.front()) {
      case '<':
        flag = &wanted.less;
        break;
      case '>':
        flag = &wanted.greater;
        break;
      case '=':
        flag = &wanted.equal;
        break;
      case '~':
        flag = &wanted.fuzzy;
        break;
      default:
        return any;
    }
    if (*flag) return false;
    *flag = any = true;
    rest.remove_prefix(1);
  }
  return any;
}

bool matches(const Wanted& wanted, std::string_view key, std::string_view bound) {
  // The last byte of a key says that the version ends there; without it the bound's tokens are a prefix of longer ones.
  const bool equal = wanted.fuzzy ? key.starts_with(bound.substr(0, bound.size() - 1)) : key == bound;
  if (equal) return wanted.equal || wanted.fuzzy;
  return key < bound ? wanted.less : wanted.greater;
}

}  // namespace

Result<bool> apk_satisfies(std::string_view version, std::string_view constraint) {
  OAKUM_TRY(const std::string key, apk_key(version));
  std::string_view rest = constraint;
  bool all = true;
  bool any = false;
  while (true) {
    take_while(rest, [](char c) { return c == ',' || is_space(c); });
    if (rest.empty()) break;
    Wanted wanted;
    if (!take_operators(rest, wanted))
      return refuse_constraint(VersionScheme::apk, constraint, "a version has no operator of apk before it");
    take_while(rest, is_space);
    OAKUM_TRY(const std::string bound, apk_key(take_while(rest, [](char c) { return c != ',' && !is_space(c); })));
    all = all && matches(wanted, key, bound);
    any = true;
  }
  if (!any) return refuse_constraint(VersionScheme::apk, constraint, "it is empty");
  return all;
}

}  // namespace oakum::versions
