#include "cli/prove_run.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/fd.h"
#include "base/text.h"
#include "cli/console.h"
#include "cli/prove_report.h"
#include "trial/trial.h"

namespace oakum::cli {

namespace {

using check::FileKind;
using trial::Choice;
using trial::Proof;

// Leaving out a fix may bring another one forth.
constexpr int kMaxRounds = 10;

// One target, and the files that it is made of.
struct Candidate {
  trial::Target target;
  std::set<std::string> files;
  bool can_start = false;  // containers come of it
};

Candidate survey(const check::Pending& pending, const check::ReadOptions& read) {
  Candidate candidate;
  candidate.target = {pending.unit, pending.kind};
  check::Unit unit = pending.unit;
  unit.subjects = Subjects{};
  const FileKind kind = check::read_unit(unit, pending.kind, read);
  candidate.target.kind = kind;
  candidate.can_start = kind == FileKind::compose || kind == FileKind::dockerfile || kind == FileKind::run_lines;
  for (const Source& source : unit.subjects.sources) candidate.files.insert(source.name);
  candidate.files.insert(pending.unit.paths.begin(), pending.unit.paths.end());
  candidate.files.insert(pending.unit.name);
  return candidate;
}

// A Dockerfile that a Compose project builds is tried there.
bool is_built_elsewhere(const Candidate& candidate, const std::vector<Candidate>& all) {
  if (candidate.target.kind != FileKind::dockerfile) return false;
  return std::ranges::any_of(all, [&](const Candidate& other) {
    return other.target.kind == FileKind::compose && other.files.contains(candidate.target.unit.name);
  });
}

Choice joined(Choice base, const Choice& more) {
  base.excluded.insert(more.excluded.begin(), more.excluded.end());
  for (const auto& [subject, needs] : more.needs) base.needs[subject] = needs;
  for (const auto& [key, count] : more.passed_over) base.passed_over[key] = count;
  return base;
}

trial::Applied applied_of(const Finding& finding) {
  return {fix::id_of(finding), finding.fix.summary, finding.fix.safety};
}

class Run {
 public:
  Run(FixSession& session, const std::vector<check::Pending>& pending, trial::Options options)
      : session_(session), pending_(pending), options_(std::move(options)) {
    options_.read = session.request().read;
    for (const check::Pending& one : pending) candidates_.push_back(survey(one, session.request().read));
  }

  Status prove_all() {
    const fix::Outcome all = fixes({});
    for (const Candidate& candidate : candidates_) {
      if (is_built_elsewhere(candidate, candidates_)) continue;
      if (touches(candidate, all)) OAKUM_CHECK(prove(candidate));
    }
    return {};
  }

  const std::vector<Proof>& proofs() const { return proofs_; }
  bool all_proven() const { return unproven_.empty(); }
  fix::Outcome outcome() {
    leave_out_unproven();
    return fixes(choice_);
  }

 private:
  fix::Outcome fixes(const Choice& choice) {
    fix::Options options = session_.options();
    options.needs = choice.needs;
    options.passed_over = choice.passed_over;
    return session_.run(pending_, options, choice.excluded);
  }

  static bool touches(const Candidate& candidate, const fix::Outcome& outcome) {
    return std::ranges::any_of(outcome.fixed, [&](const Finding& f) { return candidate.files.contains(f.path); });
  }

  Status prove(const Candidate& candidate) {
    if (!candidate.can_start) {
      proofs_.push_back({.target = candidate.target.unit.name,
                         .why = "only Dockerfiles, Compose files and run lines are started; fix it without --prove"});
      unproven_.push_back(&candidate);
      return {};
    }
    const trial::MakeFixes make = [&](const Choice& choice) -> Result<trial::FixRun> {
      return run_of(fixes(joined(choice_, choice)), candidate);
    };
    OAKUM_TRY(trial::Proven proven, trial::prove(candidate.target, make, options_));
    if (proven.proof.verdict == Proof::Verdict::proven || proven.proof.verdict == Proof::Verdict::nothing)
      choice_ = joined(std::move(choice_), proven.choice);
    else
      unproven_.push_back(&candidate);
    proofs_.push_back(std::move(proven.proof));
    return {};
  }

  static trial::FixRun run_of(const fix::Outcome& outcome, const Candidate& candidate) {
    trial::FixRun run;
    for (const fix::FileChange& file : outcome.files) run.texts[file.path] = file.after;
    for (const Finding& finding : outcome.fixed) {
      if (candidate.files.contains(finding.path)) run.applied.push_back(applied_of(finding));
    }
    return run;
  }

  void leave_out_unproven() {
    for (int round = 0; round < kMaxRounds && !unproven_.empty(); ++round) {
      bool changed = false;
      for (const Finding& finding : fixes(choice_).fixed) {
        const bool unproven = std::ranges::any_of(
            unproven_, [&](const Candidate* candidate) { return candidate->files.contains(finding.path); });
        changed = (unproven && choice_.excluded.insert(fix::id_of(finding)).second) || changed;
      }
      if (!changed) return;
    }
  }

  FixSession& session_;
  const std::vector<check::Pending>& pending_;
  trial::Options options_;
  std::vector<Candidate> candidates_;
  std::vector<const Candidate*> unproven_;
  std::vector<Proof> proofs_;
  Choice choice_;
};

// .oakum/proof-20261121.json beside the target; the second is proof-20261121-2.json.
std::string evidence_path(const ProveOptions& options, const Proof& proof, const std::vector<check::Pending>& pending,
                          std::size_t index) {
  const std::string number = index == 0 ? "" : "-" + std::to_string(index + 1);
  if (!options.evidence.empty()) {
    const std::filesystem::path given(options.evidence);
    return (given.parent_path() / (given.stem().string() + number + given.extension().string())).string();
  }
  std::string date = proof.started.substr(0, 10);
  std::erase(date, '-');
  std::filesystem::path beside;
  for (const check::Pending& one : pending) {
    if (one.unit.name == proof.target && !one.unit.paths.empty())
      beside = std::filesystem::path(one.unit.paths.front()).parent_path();
  }
  return (beside / ".oakum" / ("proof-" + date + number + ".json")).string();
}

Status write_evidence(const std::string& path, const Proof& proof) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  if (!directory.empty()) OAKUM_CHECK(make_directories(directory));
  return write_file_atomically(path, trial::to_json(proof));
}

Result<trial::Options> trial_options(const std::string& docker_host, const ProveOptions& options,
                                     const std::function<void(const std::string&)>& progress) {
  trial::Options result;
  result.docker_host = docker_host;
  result.settle = std::chrono::milliseconds(static_cast<std::int64_t>(options.settle * 1000));
  result.ready = std::chrono::milliseconds(static_cast<std::int64_t>(options.ready * 1000));
  result.progress = progress;
  for (const std::string& text : options.probes) {
    OAKUM_TRY(trial::ProbeWish wish, trial::parse_probe(text));
    result.probes.push_back(std::move(wish));
  }
  return result;
}

}  // namespace

Result<ProvenFixes> prove_fixes(FixSession& session, const std::vector<check::Pending>& pending,
                                const std::string& docker_host, const ProveOptions& options,
                                const std::function<void(const std::string&)>& progress) {
  OAKUM_TRY(trial::Options how, trial_options(docker_host, options, progress));
  Run run(session, pending, std::move(how));
  ProvenFixes result;
  if (auto status = run.prove_all(); !status) {
    if (!trial::was_interrupted()) return std::unexpected(std::move(status.error()));
    result.interrupted = true;
    result.all_proven = false;
    return result;
  }
  for (std::size_t i = 0; i < run.proofs().size(); ++i) {
    const Proof& proof = run.proofs()[i];
    result.text += prove_text(proof, terminal_width());
    if (proof.started.empty() || proof.verdict == Proof::Verdict::nothing) continue;
    const std::string path = evidence_path(options, proof, pending, i);
    OAKUM_CHECK(write_evidence(path, proof));
    result.text += "  evidence " + printable(path) + "\n";
  }
  result.all_proven = run.all_proven();
  result.outcome = run.outcome();
  return result;
}

}  // namespace oakum::cli
