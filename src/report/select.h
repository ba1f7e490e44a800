// What of a report counts: severity and status filters, ignore files, and the exit status that follows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/report.h"

namespace oakum::report {

struct IgnoreRule {
  std::string by;                     // "file:line"
  std::vector<std::string> ids;       // vulnerability or alias; empty: any
  std::vector<std::string> packages;  // names, glob; empty: any
  std::vector<std::string> purls;     // prefix or whole, without qualifiers; empty: any
  std::vector<std::string> paths;     // glob; empty: any
  std::string expires;                // ISO date; the rule no longer holds from the day after
  std::string reason;
};

// Reads ".trivyignore" (ID [exp:DATE], # comments), ".trivyignore.yaml" and the `ignore` list of ".oakum.yaml", told by
// the file's name and content. Bad lines are errors with their place, the others hold.
struct IgnoreFile {
  std::vector<IgnoreRule> rules;
  std::vector<Error> errors;
};
Result<IgnoreFile> read_ignore_file(const std::string& path);
IgnoreFile parse_ignore_file(std::string_view name, std::string_view text);

struct Selection {
  std::vector<Severity> severities;  // empty: all
  bool ignore_unfixed = false;
  std::vector<FixStatus> ignore_statuses;
  std::vector<IgnoreRule> rules;
  std::string today;  // ISO date
};

// Filters drop; ignore rules suppress (kept, marked). Rules that matched nothing or have expired come back as notes.
std::vector<std::string> apply(const Selection& selection, Report& report);

// Nullptr when the target could be judged; else why not at all: its distribution is unknown, or the database holds
// nothing about it. Data that is merely old or partial judges, and is listed among what was not evaluated.
const Unevaluated* not_judged(const Target& target);

// --fail-on: a severity ("high": that or worse), "fixable", "kev", "unknown" (anything unevaluated), "eol", or several
// joined by commas: any of them.
struct FailOn {
  std::optional<Severity> severity;
  bool fixable = false;
  bool kev = false;
  bool unknown = false;
  bool end_of_life = false;
};
Result<FailOn> parse_fail_on(std::string_view text);
bool fails(const FailOn& conditions, const Report& report);

}  // namespace oakum::report
