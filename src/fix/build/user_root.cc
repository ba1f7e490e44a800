#include <optional>
#include <string>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/build/run_as.h"
#include "model/image_facts.h"
#include "model/platform_defaults.h"

namespace oakum::fix::build {

namespace {

bool runs_something(const Instruction& step) {
  return step.kind == InstructionKind::run || step.kind == InstructionKind::copy || step.kind == InstructionKind::add ||
         step.kind == InstructionKind::workdir;
}

// Does the stage do something as this USER, for which it may be root?
bool is_needed(const Place& place, const Stage& stage) {
  for (const Instruction& step : instructions_of(*place.file, stage)) {
    if (step.span.begin > place.at->span.end && runs_something(step)) return true;
  }
  return false;
}

bool is_in_chain(const Dockerfile& file, const Stage& stage, const Stage& of) {
  for (const Stage* one : chain_of(file, of)) {
    if (one == &stage) return true;
  }
  return false;
}

// Whom it ran as before this USER, when that was not root: an earlier USER, or the base image's own.
std::optional<std::string> user_before(const Place& place, const Context& context) {
  const auto as_user = [](const std::string& user) {
    return user.empty() || is_root_user(user) ? std::nullopt : std::optional(user);
  };
  if (place.at->before.user) return as_user(*place.at->before.user);
  if (const ImageFacts* facts = base_facts(place, context)) return as_user(facts->image.config.user);
  return std::nullopt;
}

// A name that has a number is written as that.
std::string as_number(const Place& place, const std::string& user, const Context& context) {
  if (is_number(user.substr(0, user.find(':')))) return user;
  return known_account(place, *place.stage, user, context).value_or(user);
}

Planned of_build_stage(const Place& place, const Context& context) {
  if (root_before(place, context) == true) return answer(without(place, *place.outer));
  return refuse(
      "this stage is thrown away, where root does little harm: end it with its former user if another is built on it");
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  if (place.stage == nullptr || place.at != place.outer) return refuse("what ONBUILD says is for images built on this");
  if (place.at->text.find('$') != std::string::npos)
    return refuse("\"" + printable(place.at->text, 80) + "\" is a variable: change what it stands for");
  const auto stage = shipped_place(place);
  if (!stage) return std::unexpected(stage.error());
  if (!is_in_chain(*place.file, *place.stage, *stage->stage) || finding.severity == Severity::info)
    return of_build_stage(place, context);
  const bool last_stage = place.stage == stage->stage;
  const bool needed = is_needed(place, *place.stage) || !last_stage;
  if (const auto user = user_before(place, context)) {
    if (!needed) return answer(without(place, *place.outer));
    return answer(put_last(*stage, *stage->stage, "USER " + as_number(place, *user, context)));
  }
  if (root_before(place, context) != true)
    return refuse("which user the base image has is not known here: pull it, or write USER with its number at the end");
  return run_as_owner(*stage, finding, context, needed ? nullptr : place.outer);
}

}  // namespace

extern constinit const Remedy user_root{"user-root", at_place<plan>};

}  // namespace oakum::fix::build
