// Comments that suppress: oakum's own and every peer's, as they stand.
//
//   # oakum ignore=rule,DL3008 [until=2027-01-31] -- reason      above a statement or behind it on the line
//   # oakum ignore-file=rule -- reason                          the whole file
//   # hadolint ignore=… · global ignore=… · stage ignore=…      # check=skip=…       #checkov:skip=ID:reason
//   # trivy:ignore:ID    # kics-scan ignore|ignore-line|ignore-block|disable=ID      # dclint disable…
//
// A comment on a line of its own covers the statement below it: an instruction with its continuations, a YAML entry
// with all that is indented deeper. One behind a statement covers that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/subjects.h"

namespace oakum::check {

struct Pragma {
  std::string tool;                // "oakum", "hadolint", "buildkit", "trivy", "checkov", "kics", "dclint"
  std::vector<std::string> names;  // rules and aliases as the tool writes them; empty with `all`
  bool all = false;                // everything that the tool has an alias for
  std::string reason;
  std::string until;                  // ISO date; the pragma no longer holds from the day after
  std::uint32_t line = 0;             // of the comment
  std::uint32_t first = 0, last = 0;  // lines covered, inclusive
};

struct PragmaOptions {
  std::string today;     // ISO date
  bool hadolint = true;  // .hadolint.yaml: disable-ignore-pragma
};

// Every pragma of one text. `file` gives instructions their extent when the source is a Dockerfile; else nullptr.
std::vector<Pragma> pragmas_of(const Source& source, const Dockerfile* file);

// Marks the findings that pragmas of their own source cover. Names that no rule has, and pragmas that covered nothing,
// are told.
void apply_pragmas(const Subjects& subjects, const PragmaOptions& options, std::vector<Finding>& findings,
                   std::vector<std::string>& notes);

// Does the finding have an alias of this tool at all (for "ignore everything")?
bool is_of_tool(const Finding& finding, std::string_view tool);

}  // namespace oakum::check
