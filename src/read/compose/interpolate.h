// Variables in values: https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace oakum::compose {

using Environment = std::map<std::string, std::string, std::less<>>;

struct Interpolated {
  std::string text;
  // False when a variable without value and default is in it; `text` is then as written.
  bool known = true;
  // Not empty: what is wrong with the syntax; `text` is as written.
  std::string problem;
};

// $VAR, ${VAR}, ${VAR:-default}, ${VAR-default}, ${VAR:?message}, ${VAR?message}, ${VAR:+other}, ${VAR+other}, $$ for
// a dollar sign; defaults and others may hold variables themselves, at most 20 levels deep. They add at most
// 64 KiB to the text.
Interpolated interpolate(std::string_view text, const Environment& environment);

}  // namespace oakum::compose
