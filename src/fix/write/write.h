// Writers: a change in the model's terms as edits of the text that the workload was read from. One file per surface.
#pragma once

#include <expected>
#include <vector>

#include "fix/kit/change.h"
#include "fix/kit/parsed_texts.h"
#include "fix/kit/remedy.h"
#include "model/edit.h"
#include "model/subjects.h"

namespace oakum::fix {

using Written = std::expected<std::vector<Edit>, Refusal>;

// All changes together, as edits that do not overlap. Refused where the text cannot say it, or cannot be edited without
// touching what others use (an anchor's node, an extended service, a rendered chart).
Written write(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
              const std::vector<Change>& changes);

// One surface each; write() chooses.
Written write_compose(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
                      const std::vector<Change>& changes);
Written write_kubernetes(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
                         const std::vector<Change>& changes);
Written write_run(const Subjects& subjects, const Workload& workload, const std::vector<Change>& changes);

}  // namespace oakum::fix
