// What `oakum fix` says of what it did.
#pragma once

#include <cstdint>
#include <string>

#include "fix/run/run.h"
#include "report/reporter.h"

namespace oakum::cli {

struct FixText {
  bool written = false;  // the files were written; else this is what would be
  bool unsafe = false;
  std::string command;  // to be typed next, without options: "oakum fix web"
};

// The line that a finding of Outcome::after or ::refused is shown at: that of the text as it stands on the disk, so
// before the edits while they are not written.
std::uint32_t shown_line(const fix::Outcome& outcome, const Finding& finding, bool written);

std::string fix_text(const fix::Outcome& outcome, const FixText& how, const report::ReportOptions& options);

}  // namespace oakum::cli
