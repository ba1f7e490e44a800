// Everything that one run found: what every reporter prints and nothing else does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/distribution.h"
#include "model/finding.h"
#include "model/image.h"
#include "model/package.h"
#include "model/vulnerability.h"

namespace oakum {

struct FeedInfo {
  std::string name;  // "debian", "kev", …
  std::string date;  // ISO date of the data: what upstream states, else the newest record
  std::uint64_t records = 0;
};

struct DatabaseInfo {
  std::string path;
  std::string built;   // RFC 3339; derived from the data, so that equal feeds give equal bytes
  std::string digest;  // of the feeds it was built from
  std::vector<FeedInfo> feeds;
};

enum class TargetKind : std::uint8_t {
  dockerfile,
  compose,
  kubernetes,
  run_command,
  image,
  rootfs,
  container,
  host,
  network,
  endpoint
};
std::string_view to_string(TargetKind kind);  // "run-command", …

// One thing to do, and what it closes. Made from a target's unsuppressed vulnerabilities; most useful first.
struct Action {
  std::string package;                // source package to upgrade
  std::string from;                   // its version now
  std::string to;                     // the lowest version that closes all that can be closed
  std::vector<std::string> binaries;  // installed packages of that source, sorted
  std::vector<std::string> closes;    // vulnerability ids, sorted
  std::uint32_t by_severity[6] = {};  // closes, by Severity
  bool kev = false;
  std::string layer;    // diff_id that brought it; empty without layers
  std::string command;  // the package manager's command that does it; empty when not known
};

// How a target stands, in a letter; the arithmetic is docs/grade.md's.
struct Grade {
  char letter = 'A';  // A to D, F
  int score = 100;    // 0 to 100
  std::string why;    // what holds it down: "any high finding holds it at C"; "" nothing
};

struct Target {
  TargetKind kind = TargetKind::image;
  std::string name;
  std::vector<Finding> findings;  // sorted by path, line, column, rule
  std::vector<NotEvaluated> not_evaluated;
  std::vector<std::string> subjects;  // what was looked at: `service "web"`
  std::optional<Grade> grade;         // of what was checked; unset where nothing could be
  std::vector<std::string> notes;     // worth knowing, no failure: a pragma that names no rule
  std::optional<Image> image;         // for images
  std::optional<Distribution> distribution;
  std::string ecosystem;    // "debian:12"; empty when not known
  std::string end_of_life;  // ISO date, where the database knows it
  bool past_end_of_life = false;
  std::vector<Package> packages;               // sorted by name, version, arch, path
  std::vector<Vulnerability> vulnerabilities;  // sorted by package, severity (worst first), id
  std::vector<Unevaluated> unevaluated;
  std::vector<Action> actions;  // advisories/actions.h makes them after filters and ignores
  std::string upgrade_all;      // the one command that does every action; empty when there is none
  std::vector<Error> errors;    // what could not be read; the rest went on
};

// What reporters that describe rules (SARIF) need of one that has findings.
struct RuleText {
  std::string id, title, why, fix;
  Severity severity = Severity::medium;
  std::vector<std::string> aliases, references;
};

struct Report {
  std::string tool_version;
  bool check = false;           // made by a check: findings of rules, where a scan has vulnerabilities
  std::vector<RuleText> rules;  // of all findings, sorted by id
  std::optional<DatabaseInfo> database;
  std::vector<Target> targets;  // in the order of the command line
};

}  // namespace oakum
