// Secrets that stand in a command line, and how findings about secrets keep them out of reports.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

struct CommandSecret {
  std::string what;  // `a secret after "--password"`, "an AWS access key"
  std::string_view value;
};
// Borrows the line.
std::vector<CommandSecret> secrets_in(const CommandLine& line);
// None for an unset one. Of one with variables, what is written out all the same.
std::vector<CommandSecret> secrets_in(const Field<CommandLine>& line);

// Every value of the workload's environment and command lines that looks secret. Borrows the workload.
std::vector<std::string_view> secret_values(const Workload& workload);

// Sets what reports show of the finding's line: without `own`, the secrets it tells of, and without any other of the
// workload's that stand on it.
void hide_secrets(Finding& finding, const Workload& workload, std::span<const std::string_view> own,
                  const Judge& judge);

}  // namespace oakum::rules
