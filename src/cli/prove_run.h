// `oakum fix --prove`: the fixes of every target that can be started are tried, and those that break it left out.
#pragma once

#include <string>
#include <vector>

#include "check/check.h"
#include "cli/fix_run.h"
#include "cli/prove_options.h"
#include "fix/run/run.h"

namespace oakum::cli {

struct ProvenFixes {
  fix::Outcome outcome;    // what is left to be written: only fixes of targets that were proven
  std::string text;        // the proofs as text, one after the other, and where the evidence is
  bool all_proven = true;  // false: some target was not proven or could not be tried; its fixes are not in `outcome`
  bool interrupted = false;
};

// Errors: no engine answers, a probe that is none, evidence that cannot be written. `progress` may be null.
Result<ProvenFixes> prove_fixes(FixSession& session, const std::vector<check::Pending>& pending,
                                const std::string& docker_host, const ProveOptions& options,
                                const std::function<void(const std::string&)>& progress);

}  // namespace oakum::cli
