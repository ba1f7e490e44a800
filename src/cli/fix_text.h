// What `oakum fix` says of what it did.
#pragma once

#include <string>

#include "fix/run/run.h"
#include "report/reporter.h"

namespace oakum::cli {

struct FixText {
  bool written = false;  // the files were written; else this is what would be
  bool unsafe = false;
  std::string command;  // to be typed next, without options: "oakum fix web"
};

std::string fix_text(const fix::Outcome& outcome, const FixText& how, const report::ReportOptions& options);

}  // namespace oakum::cli
