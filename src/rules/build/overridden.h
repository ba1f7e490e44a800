// Instructions of which only the last in a stage counts.
#pragma once

#include "rules/kit/judge.h"

namespace oakum::rules {

// A finding at each instruction of `kind` that a later one of its stage replaces. It stands where nothing comes of the
// text (BuildKit's place); hadolint reports as many, at the later ones, which are the related place here.
void judge_overridden(InstructionKind kind, const Dockerfile& dockerfile, Judge& judge);

}  // namespace oakum::rules
