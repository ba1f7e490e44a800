// Which rules a run asks, and which of their findings it keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/finding.h"
#include "rules/kit/rule.h"

namespace oakum::check {

enum class Profile : std::uint8_t { recommended, strict, cis, pss_baseline, pss_restricted, hadolint };

struct ProfileInfo {
  Profile profile;
  std::string_view name;     // --profile NAME
  std::string_view summary;  // one line
};
std::span<const ProfileInfo> profiles();
std::optional<Profile> parse_profile(std::string_view name);

// Does the finding belong to the profile? cis, pss-* and hadolint go by the finding's own aliases, so that only what
// that standard really forbids is kept.
bool in_profile(Profile profile, const Finding& finding);
// Could any finding of the rule belong to it?
bool in_profile(Profile profile, const rules::RuleInfo& rule);

struct Selection {
  Profile profile = Profile::recommended;
  std::vector<const rules::Rule*> rules;  // to be asked, sorted by id
  std::vector<std::string> only;          // ids and aliases named by --rule: then nothing else is kept
  std::vector<std::string> skip;          // ids and aliases named by --skip
};

// `only` and `skip` hold rule ids and peers' aliases; an unknown name is an error that names the nearest one.
Result<Selection> select_rules(Profile profile, std::vector<std::string> only, std::vector<std::string> skip);
bool keeps(const Selection& selection, const Finding& finding);

// What an edit is judged by that closes findings of `chosen`: besides the rules that --rule names all of the profile,
// or of the recommended one where a profile holds but parts of rules.
Selection with_others(const Selection& chosen);

// Could any finding of the program shellcheck be kept?
bool wants_shellcheck(const Selection& selection);

// Is `name` the finding's rule or one of its aliases? Capitals are ignored.
bool is_called(const Finding& finding, std::string_view name);

}  // namespace oakum::check
