// What a trial saw and decided: the evidence. A plain value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fix/kit/remedy.h"
#include "fix/run/run.h"
#include "model/finding.h"
#include "model/workload.h"

namespace oakum::trial {

struct ListeningPort {
  std::string protocol;  // "tcp", "udp"
  std::uint32_t port = 0;
  auto operator<=>(const ListeningPort&) const = default;
};

// A line of the log that says that something was not allowed, or is missing.
struct ErrorLine {
  std::string kind;  // "read-only", "permission", "not-permitted", "no-space", "no-memory", "no-processes"
  std::string text;  // the line, made printable
  std::string path;  // that it names; "" none
  std::vector<std::string> capabilities;  // that would help
};

struct ProbeResult {
  std::string service, text;
  bool passed = false;
  std::string said;  // exit status and the end of the output, or the status of the answer
};

// One service on one side.
struct Observation {
  std::string service, subject;
  bool tried = true;    // false: could not be started here at all; `failure` says why
  std::string failure;  // what the engine said when it refused; "" started
  std::string state;    // the engine's word: "running", "exited", …
  int exit_code = 0;
  bool out_of_memory = false;
  int restarts = 0;
  std::string health;                               // "healthy", "unhealthy", "starting"; "" no check
  std::optional<std::vector<ListeningPort>> ports;  // sorted; unset: could not be seen
  std::vector<ErrorLine> errors;
  std::vector<ProbeResult> probes;
  bool cut_off = false;  // publishes ports, and all its networks are internal: engines then publish none
  std::optional<KernelFacts> kernel;
  std::set<std::string> written;  // directories outside of its volumes in which it wrote, that a tmpfs could cover
  std::vector<std::string> not_as_stated;  // settings that were not tried as they stand, with the reason
  fix::Needs wants;                        // what its errors ask for
  bool up() const { return tried && failure.empty() && state == "running" && health != "unhealthy"; }
};

struct Side {
  std::vector<Observation> services;  // in the order of the project
  double seconds = 0;                 // until all were up, building not counted
  std::vector<std::string> notes;     // about the whole
};

// What is worse on the fixed side.
struct Regression {
  std::string service, subject;
  std::string what;   // "does not listen on tcp 80 any more"
  std::string cause;  // the line of the log that tells; "" none
};

struct Applied {
  fix::FixId id;
  std::string summary;
  FixSafety safety = FixSafety::none;
};

// One start of the fixed project.
struct Attempt {
  std::string why;  // "all fixes", "with what the log asks for", "without 3 fixes of service \"db\""
  std::size_t fixes = 0;
  double seconds = 0;
  std::vector<Regression> regressions;
};

struct TakenBack {
  Applied fix;
  std::string why;                 // the first regression that it brings
  std::vector<std::string> tried;  // what else was tried for it
};

struct Learned {
  std::string subject;
  fix::Needs needs;
};

struct Proof {
  enum class Verdict : std::uint8_t {
    proven,      // what was tried works as before
    nothing,     // there was nothing to fix
    not_proven,  // even without any fix it does not work as before, or the limits were reached
    not_tried,   // no service could be tried
  };
  Verdict verdict = Verdict::not_tried;
  std::string target;
  std::string why;  // of not_proven and not_tried
  std::string engine, engine_version, kernel_version;
  std::string started;  // RFC 3339
  double seconds = 0;
  Side before, after;                   // `after` is the last one: the one that is proven
  std::vector<Regression> regressions;  // of `after`
  std::vector<Attempt> attempts;
  std::vector<Applied> kept;
  std::vector<TakenBack> taken_back;
  std::vector<Learned> learned;
  std::vector<std::string> cleaned;  // left-overs of killed runs that were removed first
  std::vector<std::string> left;     // what could not be removed at the end
};
std::string_view to_string(Proof::Verdict verdict);

}  // namespace oakum::trial
