#include "cli/plumbing_workload.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/workload_json.h"

namespace oakum::cli {

namespace {

using Json = nlohmann::ordered_json;

Json error_json(const Error& error) {
  return {{"path", error.what}, {"message", error.message()}, {"code", to_string(error.code)}};
}

}  // namespace

int plumbing_workload(const std::string& path) {
  CheckArguments arguments;
  arguments.targets = {path};
  CheckTargets targets = gather(arguments);
  Json workloads = Json::array();
  Json errors = Json::array();
  for (const Error& error : targets.errors) errors.push_back(error_json(error));
  std::uint32_t index = 0;
  for (check::Pending& pending : targets.pending) {
    Subjects& subjects = pending.unit.subjects;
    if (pending.kind != check::FileKind::none) {
      subjects.first_source = index * check::kSourcesPerUnit;
      check::read_unit(pending.unit, pending.kind, {});
    }
    ++index;
    for (const Workload& workload : subjects.workloads) workloads.push_back(workload_json(workload, subjects));
    for (const Error& error : subjects.errors) errors.push_back(error_json(error));
  }
  const bool failed = !errors.empty();
  const Json document = {{"workloads", std::move(workloads)}, {"errors", std::move(errors)}};
  if (auto status = print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"); !status) {
    complain(status.error());
    return kCouldNot;
  }
  return failed ? kCouldNot : kClean;
}

}  // namespace oakum::cli
