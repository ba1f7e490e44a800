// Composer versions, shared by versions and constraints.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace oakum::versions {

// The suffix of a version, "-RC2-dev": [._-]?(stability numbers)?([.-]?dev)?
struct ComposerSuffix {
  std::string_view stability;  // in Composer's spelling: "alpha", "beta", "RC", "patch", "stable"; empty without one
  std::string_view numbers;    // "2", "-2.1"; as found
  bool dev = false;
};

// Reads a suffix that must reach to the end of `text`.
std::optional<ComposerSuffix> parse_composer_suffix(std::string_view text);

// VersionParser::normalize(): "v1.2-beta2" → "1.2.0.0-beta2", "2.x-dev" → "2.9999999.9999999.9999999-dev",
// "dev-main" as it is; nullopt where it throws.
std::optional<std::string> normalise_composer(std::string_view text);

// The key of a normalised version.
std::string composer_key_of(std::string_view normalised);

bool starts_with_word(std::string_view text, std::string_view lower_case_word);
bool is_composer_branch(std::string_view normalised);

// Cuts "@stability" off the end; the flag in lower case, or empty.
std::string take_composer_flag(std::string_view& text);

// "1.0 as 2.0" → "1.0".
void drop_composer_alias(std::string_view& text);

}  // namespace oakum::versions
