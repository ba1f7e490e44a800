// Which fixes may stay: the largest set with which everything works as before. Pure logic; what it tries is given.
//
// First all fixes, then all with what the errors ask for. What still breaks is found by bisection among the fixes of
// the service that is broken (of all, if it is none of them), one after the other: each is tried once more in its next
// best form, and else taken back. Assumes that a fix that breaks alone breaks in company; where that does not hold,
// more than needed may be taken back, but what stays was seen to work.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "trial/proof.h"
#include "trial/trial.h"

namespace oakum::trial {

// What one attempt showed.
struct Outcome {
  std::vector<Regression> regressions;                   // empty: all works
  std::map<std::string, fix::Needs, std::less<>> wants;  // by subject: what its errors ask for
  double seconds = 0;
};
// An error ends the search.
using TryRun = std::function<Result<Outcome>(const FixRun&)>;
// Does a fix change what the service of that subject runs as, or from?
using Concerns = std::function<bool(const Applied&, const std::string& subject)>;

struct SearchLimits {
  std::size_t attempts = 40;
  std::size_t lessons = 6;        // rounds of learning from errors
  std::size_t next_best = 3;      // forms of one fix beyond the first
  std::function<bool()> is_over;  // time; may be null
};

struct SearchResult {
  bool works = false;
  std::string why;  // when it does not
  Choice choice;
  FixRun run;                           // with that choice
  std::vector<Regression> regressions;  // of it
  std::vector<Attempt> attempts;
  std::vector<TakenBack> taken_back;
};

Result<SearchResult> search(const MakeFixes& make, const TryRun& try_run, const Concerns& concerns,
                            const SearchLimits& limits);

}  // namespace oakum::trial
