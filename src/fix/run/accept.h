// Was a pass good? Judged by what the rules say before and after.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/finding.h"
#include "model/report.h"

namespace oakum::fix {

struct Verdict {
  std::string wrong;  // a sentence; "" when the pass was good
  // Of the fixed, those in whose files something is wrong. Empty: it is not known whose fault it is.
  std::vector<const Finding*> suspects;
  // Of these, those that alone of all would have mended what is still there, each with what is wrong.
  std::map<const Finding*, std::string> guilty;
};

// A pass is good when of every rule there are, in every file, at least as many findings less as `fixed` holds of it, no
// rule has more than before (but those whose findings a fix brings to light), and nothing that was readable is
// unreadable now.
Verdict judge_pass(const std::vector<Target>& before, const std::vector<Target>& after,
                   const std::vector<const Finding*>& fixed);

}  // namespace oakum::fix
