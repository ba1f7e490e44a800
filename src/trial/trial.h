// Proof that what was fixed still works: the project as it is and as it would be are built and started side by side on
// a container engine, in a network that leads nowhere, and compared. A fix that breaks something is found by bisection
// and taken back, after its next best form was tried. docs/prove.md says what is compared and what is not.
//
// Everything made carries the label `oakum.trial=ID` or lies in a directory of that name, and is removed at the end,
// also after SIGINT, SIGTERM and SIGHUP; what a killed run has left is removed by the next one.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/unit.h"
#include "fix/kit/remedy.h"
#include "fix/run/run.h"
#include "trial/proof.h"

namespace oakum::trial {

// What of all that could be fixed is fixed, and how.
struct Choice {
  std::set<fix::FixId> excluded;
  std::map<std::string, fix::Needs, std::less<>> needs;  // by Workload::subject
  std::map<std::pair<std::string, std::string>, std::size_t> passed_over;
};

// The fixes that a choice leads to, and the texts of files that changed.
struct FixRun {
  check::Texts texts;
  std::vector<Applied> applied;
};
using MakeFixes = std::function<Result<FixRun>(const Choice&)>;

// A command that is run in a service's container, or a URL that is asked for from there (or from this machine, when the
// container has no program that could). `service` "": the only service, or the first that listens.
struct ProbeWish {
  std::string service;
  std::string text;
  bool is_url = false;
};
// "[SERVICE=]CMD|URL"; "web=http://localhost:8080/health".
Result<ProbeWish> parse_probe(std::string_view text);

struct Options {
  std::string docker_host;  // overrides DOCKER_HOST and contexts
  std::vector<ProbeWish> probes;
  check::ReadOptions read;                           // `texts` is ignored
  std::chrono::milliseconds settle{2'000};           // so long nothing may change before a service counts as up
  std::chrono::milliseconds ready{60'000};           // a service that is not up by then is compared as it is
  std::chrono::milliseconds total{900'000};          // no further attempt is begun after that
  std::size_t attempts = 40;                         // of starting the fixed project
  std::function<void(const std::string&)> progress;  // one line; may be null
};

// Of one target: a Compose project, a Dockerfile, run lines. `unit` says which files it is read from; its subjects are
// not used. An error when no engine answers, the project cannot be read, or the run was interrupted (then everything is
// cleaned up, and `was_interrupted` is true). What could not be tried is in the proof, never taken for proven.
struct Target {
  check::Unit unit;
  check::FileKind kind = check::FileKind::unknown;
};
struct Proven {
  Proof proof;
  Choice choice;
  FixRun run;  // of that choice: what is to be written when the verdict is `proven`
};
Result<Proven> prove(const Target& target, const MakeFixes& fixes, const Options& options);
bool was_interrupted();

// The proof as JSON, schema "oakum.proof/1" (docs/prove.md).
std::string to_json(const Proof& proof);

}  // namespace oakum::trial
