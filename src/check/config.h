// Configuration: .oakum.yaml, and what the peers' files of the same directory say, as they stand.
//
// .oakum.yaml (all keys optional, unknown ones are errors with the nearest name):
//   profile: strict
//   fail-on: high
//   skip: [pin-packages, DL3008]
//   only: [privileged]
//   severity: {run-as-root: critical, DL3008: info}
//   trusted-registries: [registry.example.org, "*.example.net"]
//   label-schema: {org.opencontainers.image.source: url}
//   strict-labels: true
//   kubernetes-version: "1.31"
//   ignore:
//     - rule: cap-drop-all          # id or alias, or a list
//       paths: ["legacy/**"]        # globs, relative to the file's directory; none: everywhere
//       subjects: ["db"]            # names of services, containers, stages; none: all
//       reason: needs CHOWN at start
//       until: 2027-01-31
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "check/selection.h"
#include "model/finding.h"
#include "rules/kit/settings.h"

namespace oakum::check {

struct IgnoreEntry {
  std::string by;                     // "file:line"
  std::string directory;              // of the file: paths are relative to it; "" or "." the current one
  std::vector<std::string> names;     // rules and aliases; empty: all
  std::vector<std::string> paths;     // globs; empty: all
  std::vector<std::string> subjects;  // words that a finding's subject holds in quotes; empty: all
  std::string reason, until;
};

struct Config {
  std::vector<std::string> files;  // that were read
  std::optional<Profile> profile;
  std::optional<std::string> fail_on;
  std::vector<std::string> only, skip;
  std::vector<std::pair<std::string, Severity>> severities;  // rule or alias → severity
  rules::Settings settings;
  std::vector<IgnoreEntry> ignores;
  bool hadolint_pragmas = true;
  std::vector<Error> errors;  // entries that could not be understood; the others hold
};

// .oakum.yaml (or `file` when given) looked for from `directory` upward, and there and in `directory` the peers' files:
// .hadolint.yaml|yml, .trivyignore, .checkov.yaml, .kube-linter.yaml, .dclintrc(.yaml|.json), .compose-lint.yml.
// Only a `file` that was named and is not there is an error.
Result<Config> load_config(const std::string& directory, const std::string& file);

// One file's text into `config`; which format is told by its name.
Status read_config(const std::string& path, std::string_view text, Config& config);

void apply_severities(const Config& config, std::vector<Finding>& findings);
void apply_ignores(const Config& config, std::string_view today, std::vector<Finding>& findings);

}  // namespace oakum::check
