// What a workload mounts, as it is mounted in a trial: new volumes, copies of what may be written to, the user's files
// read-only, secrets and configs as files. Never an engine's socket; of the system's own paths nothing may be written.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/context.h"
#include "model/compose.h"
#include "model/workload.h"
#include "net/json.h"

namespace oakum::trial {

struct MountPlan {
  net::Json mounts = net::Json::array();
  net::Json tmpfs = net::Json::object();
  std::vector<std::string> not_as_stated;
  std::vector<std::string> data_paths;  // in the container: volumes and binds, where data lives
};

struct MountPlace {
  std::string base;       // directory that relative paths start from
  std::string directory;  // private: for copies and files that are made
  const check::Texts* texts = nullptr;
  const ComposeProject* project = nullptr;  // for the contents of secrets and configs; may be nullptr
  std::string socket;                       // of the engine
  bool local = true;                        // the engine sees this machine's files
  std::map<std::string, std::string, std::less<>> environment;
  // The engine's name for a volume of the project, made when it is first asked for.
  std::function<Result<std::string>(const std::string&)> volume;
};

Result<MountPlan> plan_mounts(const Workload& workload, const MountPlace& place);

}  // namespace oakum::trial
