// Running another program: an argument vector, never a shell.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum {

struct ProcessResult {
  int exit_status = 0;  // 128 + signal number when a signal ended it
  std::string output;   // standard output
  std::string errors;   // standard error
};

struct ProcessLimits {
  std::size_t output_bytes = 1 << 20;  // of each stream; beyond it the program is killed and the call fails
  std::chrono::milliseconds time{30'000};
};

// Looks argv[0] up on PATH, feeds `input`, waits. An error when it cannot start, runs over a limit, or floods.
Result<ProcessResult> run_process(const std::vector<std::string>& argv, std::string_view input = {},
                                  const ProcessLimits& limits = {});

}  // namespace oakum
