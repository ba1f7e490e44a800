// Where reports go: --format for stdout, and any number of -o FORMAT=FILE.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/fd.h"
#include "report/reporter.h"

namespace oakum::cli {

struct Output {
  const report::Reporter* reporter = nullptr;
  std::string path;  // empty: stdout
  Fd file;           // opened before the process confines itself
};

// `format` (empty: terminal, or what -o says) and the -o arguments: "FORMAT=FILE", "FORMAT" (to stdout) or "FILE" (in
// `format`). Opens the files; what they held is kept until write_output() replaces it.
Result<std::vector<Output>> open_outputs(const std::string& format, const std::vector<std::string>& arguments);

Status write_output(const Output& output, std::string_view text);

}  // namespace oakum::cli
