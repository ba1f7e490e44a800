// A rule: what it is called, why it exists, and how it looks at a subject. One file each; CONTRIBUTING.md shows how.
//
// A rule fills in the functions for the subjects it looks at and leaves the others null. Most need one predicate:
// `workload`, `instruction` or `command`; `dockerfile` and `image` see the whole of one subject, `subjects` sees all
// that was read together. Checks are pure: they read the subject and the judge's settings, and write findings.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "model/dockerfile.h"
#include "model/finding.h"
#include "model/origin.h"
#include "model/practice.h"
#include "model/severity.h"
#include "model/subjects.h"

namespace oakum::rules {

class Judge;  // judge.h

// Which profiles a rule belongs to by its nature. Profiles cis, pss-*, hadolint are made from aliases and list no
// rules.
enum class Grade : std::uint8_t {
  recommended,  // on by default
  strict,       // right, but many find it noisy: --profile strict
  style,        // about taste: --profile strict, or asked for by name
};

struct Example {
  Surface surface = Surface::dockerfile;
  std::string_view text;
};

struct RuleInfo {
  std::string_view id;     // kebab-case, stable
  std::string_view title;  // lower case, no full stop; reads well in a list: "the container runs as root"
  Severity severity = Severity::medium;
  Practice practice = Practice::build_hygiene;
  SurfaceSet surfaces;
  std::string_view aliases;  // peers' ids, sorted, single spaces between: "DL3002 DS-0002 kube-linter:run-as-non-root"
  Grade grade = Grade::recommended;
  FixSafety fix = FixSafety::none;
  std::string_view fix_summary;  // one line; "" only with FixSafety::none
  std::string_view why;          // a paragraph: what goes wrong otherwise
  Example bad;                   // a complete small file of that surface that the rule finds fault with
  Example good;                  // the same, put right
  std::string_view references;   // URLs, separated by spaces
  std::string_view since = "0.2";
};

// What a command in a RUN instruction is looked at with.
struct RunView {
  const Dockerfile& dockerfile;
  const Stage& stage;
  const Instruction& instruction;
  const shell::Script& script;
};

class InstructionKinds {
 public:
  constexpr InstructionKinds() = default;  // all of them
  constexpr InstructionKinds(std::initializer_list<InstructionKind> kinds) : bits_(0) {
    for (const InstructionKind kind : kinds) add(kind);
  }
  static constexpr InstructionKinds none() { return InstructionKinds(std::initializer_list<InstructionKind>()); }
  constexpr void add(InstructionKind kind) { bits_ |= bit_of(kind); }
  constexpr bool has(InstructionKind kind) const { return (bits_ & bit_of(kind)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  static constexpr std::uint32_t bit_of(InstructionKind kind) { return 1U << static_cast<unsigned>(kind); }

  std::uint32_t bits_ = ~0U;
};

struct Checks {
  void (*workload)(const Workload& workload, Judge& judge) = nullptr;
  void (*instruction)(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) = nullptr;
  InstructionKinds instructions;  // those that `instruction` sees
  void (*command)(const shell::Command& command, const RunView& view, Judge& judge) = nullptr;
  void (*dockerfile)(const Dockerfile& dockerfile, Judge& judge) = nullptr;
  void (*image)(const ImageFacts& image, Judge& judge) = nullptr;
  void (*object)(const KubernetesObject& object, Judge& judge) = nullptr;
  void (*project)(const ComposeProject& project, Judge& judge) = nullptr;
  void (*subjects)(const Subjects& subjects, Judge& judge) = nullptr;
  // `instruction`, `command` and `dockerfile` look at the RUN steps in an image's history too (ImageFacts::build).
  bool history = false;
};

// Kinds of subjects, as a set: bits.
using SubjectKinds = std::uint32_t;
inline constexpr SubjectKinds kDockerfiles = 1, kProjects = 2, kWorkloads = 4, kObjects = 8, kImages = 16;

constexpr SubjectKinds kinds_in(const Subjects& subjects) {
  return (subjects.dockerfiles.empty() ? 0 : kDockerfiles) | (subjects.projects.empty() ? 0 : kProjects) |
         (subjects.workloads.empty() ? 0 : kWorkloads) | (subjects.objects.empty() ? 0 : kObjects) |
         (subjects.images.empty() ? 0 : kImages);
}

constexpr SubjectKinds kinds_for(const Checks& checks) {
  const bool dockerfiles = checks.instruction != nullptr || checks.command != nullptr || checks.dockerfile != nullptr;
  const bool images = checks.image != nullptr || checks.history;
  return (dockerfiles ? kDockerfiles : 0) | (checks.project != nullptr ? kProjects : 0) |
         (checks.workload != nullptr ? kWorkloads : 0) | (checks.object != nullptr ? kObjects : 0) |
         (images ? kImages : 0);
}

// Those that `instruction` or `command` sees.
constexpr InstructionKinds instructions_for(const Checks& checks) {
  InstructionKinds kinds = checks.instruction != nullptr ? checks.instructions : InstructionKinds::none();
  if (checks.command != nullptr) kinds.add(InstructionKind::run);
  return kinds;
}

struct Rule {
  RuleInfo info;
  Checks checks;
  InstructionKinds visits = instructions_for(checks);
  SubjectKinds sees = kinds_for(checks);  // what it can say something of by itself (Checks::subjects aside)
};

void malformed(const char* what);  // never defined: reaching it ends compilation with the reason in sight

consteval bool are_sorted(std::string_view aliases) {
  for (std::string_view before; !aliases.empty();) {
    const std::string_view alias = aliases.substr(0, aliases.find(' '));
    if (alias < before) return false;
    before = alias;
    aliases.remove_prefix(alias.size() == aliases.size() ? alias.size() : alias.size() + 1);
  }
  return true;
}

// Metadata that is wrong does not compile.
consteval RuleInfo checked(RuleInfo r) {
  if (r.id.empty()) malformed("no id");
  for (const char c : r.id) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) malformed("id is not kebab-case");
  }
  if (r.title.empty() || r.title.back() == '.') malformed("title is empty or ends in a full stop");
  if (r.title.front() >= 'A' && r.title.front() <= 'Z' && !(r.title[1] >= 'A' && r.title[1] <= 'Z'))
    malformed("title starts with a capital");
  if (r.surfaces.empty()) malformed("no surfaces");
  if (r.why.size() < 40) malformed("why says too little");
  if (r.bad.text.empty() || r.good.text.empty()) malformed("no bad or no good example");
  if (!r.surfaces.has(r.bad.surface)) malformed("the bad example is of a surface that the rule does not look at");
  if ((r.fix == FixSafety::none) != r.fix_summary.empty()) malformed("fix and fix_summary disagree");
  if (r.aliases.find("  ") != std::string_view::npos || r.aliases.starts_with(' ') || r.aliases.ends_with(' '))
    malformed("aliases are separated by single spaces");
  if (!are_sorted(r.aliases)) malformed("aliases are not sorted");
  if (r.references.empty()) malformed("no reference");
  return r;
}

}  // namespace oakum::rules
