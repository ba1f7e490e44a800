// Fixing as a whole: plan, apply, read again, judge again, until nothing more can be fixed. All in memory; save.h
// writes.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "check/check.h"
#include "fix/kit/remedy.h"
#include "model/finding.h"
#include "model/report.h"

namespace oakum::fix {

// What one fix is known by from one pass to the next: places move, names stay.
struct FixId {
  std::string rule, path, subject, message;
  auto operator<=>(const FixId&) const = default;
};
FixId id_of(const Finding& finding);

struct Request {
  std::vector<check::Pending> pending;  // files, and texts without one (Unit::text); others are judged and not fixed
  check::ReadOptions read;              // `texts` is what stands for files from the beginning; may be nullptr
  check::Plan plan;                     // `fix` is set by run()
  Options options;
  std::set<FixId> excluded;                   // are left as they are
  std::function<bool(const Finding&)> wants;  // others are left as they are; null: all are wanted
};

struct FileChange {
  std::string path;  // or the name of a text without a file
  std::string before, after;
  bool existed = true;
  bool is_file = true;  // false: it came as a text (standard input, a run line in words) and is to be printed
};

struct Outcome {
  std::vector<FileChange> files;  // sorted by path; only what changed
  std::vector<Finding> fixed;     // as they were found, with their plans, in the order in which they were fixed
  std::vector<Finding> refused;   // still there, with the reason in plan->refused
  std::vector<Finding> unsafe;    // still there, would be fixed if unsafe fixes were allowed
  std::vector<Target> before, after;
  std::size_t passes = 0;
};

// Files that belong together are fixed together, each group by itself and side by side: the functions of `plan` are
// called from several threads at once, `resolve` too. Edits that meet are settled in passes, kMaxPasses at most. After
// each pass every text is read and judged again: each finding that was to be fixed must be gone, and none may have
// come; else the fixes are tried one by one, and those that fail are refused with what they brought. Targets that have
// no text are left alone.
inline constexpr std::size_t kMaxPasses = 100;
Outcome run(const Request& request);

}  // namespace oakum::fix
