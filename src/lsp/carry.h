// ShellCheck's findings while somebody types: the program takes longer than all the rest, so that it is asked when a
// file is opened or saved, and what it said of an instruction holds for as long as that stays as it is.
#pragma once

#include <vector>

#include "lsp/analysis.h"
#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::lsp {

// Adds what `before` has of ShellCheck's on instructions that still stand somewhere in the same file.
void carry_shellcheck(const Analysis& before, const Subjects& subjects, std::vector<Finding>& findings);

}  // namespace oakum::lsp
