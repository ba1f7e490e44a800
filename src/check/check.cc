#include "check/check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/parallel.h"
#include "check/grade.h"
#include "check/kustomization.h"
#include "check/redact.h"
#include "check/shellcheck.h"
#include "check/thin.h"
#include "rules/kit/judge.h"

namespace oakum::check {

namespace {

using rules::Outcome;

// The Kubernetes objects and workloads of all units: they are moved here, and back again one unit at a time, as there
// may be thousands. Their sources stay where they are: rules look at values.
class Together {
 public:
  Together(std::vector<Unit>& units, std::size_t threads) : units_(units) {
    std::size_t objects = 0, workloads = 0;
    for (const Unit& unit : units_) {
      first_.push_back({objects, workloads});
      objects += unit.subjects.objects.size();
      workloads += unit.subjects.workloads.size();
    }
    all_.objects.reserve(objects);
    all_.workloads.reserve(workloads);
    parallel_for(2, threads, [&](std::size_t i) { i == 0 ? take_workloads() : take_objects(); });
    for (Unit& unit : units_) all_.known_images.merge(unit.subjects.known_images);
  }

  const Subjects& all() const { return all_; }

  // Ends looking at all() together. Thread-safe for different units.
  void give_back(std::size_t number) {
    Subjects& own = units_[number].subjects;
    const First& first = first_[number];
    auto workload = all_.workloads.begin() + static_cast<std::ptrdiff_t>(first.workload);
    auto object = all_.objects.begin() + static_cast<std::ptrdiff_t>(first.object);
    for (Workload& slot : own.workloads) slot = std::move(*workload++);
    for (KubernetesObject& slot : own.objects) {
      slot = std::move(*object++);
      for (std::size_t& index : slot.workloads) index -= first.workload;
    }
  }

 private:
  struct First {
    std::size_t object, workload;
  };

  void take_workloads() {
    for (Unit& unit : units_) std::ranges::move(unit.subjects.workloads, std::back_inserter(all_.workloads));
  }

  void take_objects() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      for (KubernetesObject& object : units_[i].subjects.objects) {
        for (std::size_t& index : object.workloads) index += first_[i].workload;
        all_.objects.push_back(std::move(object));
      }
    }
  }

  std::vector<Unit>& units_;
  std::vector<First> first_;  // of each unit, in all_
  Subjects all_;
};

std::string_view line_around(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const auto before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  // Enough to show the place itself; one that lies deeper in a line is only named.
  constexpr std::size_t kShown = 4096;
  return line.substr(0, offset - begin < 900 ? 1000 : kShown);
}

void show_place(const Source* source, Finding& finding) {
  if (source == nullptr) return;
  finding.path = source->name;
  if (finding.origin.span.line != 0 && finding.excerpt.empty())
    finding.excerpt = without_secrets(line_around(source->text, finding.origin.span.begin), TextKind::source);
}

// Rules quote what they found: commands, addresses, instructions.
void hide_secrets(Finding& finding) {
  finding.message = without_secrets(finding.message, TextKind::message);
  finding.evidence = without_secrets(finding.evidence, TextKind::message);
  for (RelatedPlace& place : finding.related) place.message = without_secrets(place.message, TextKind::message);
}

// A rule that found a secret has said already what of its line may be shown; that holds for what others find there too.
void show_places(const Subjects& subjects, std::vector<Finding>& findings) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> said;
  for (const Finding& finding : findings) {
    if (!finding.excerpt.empty()) said.try_emplace({finding.origin.source, finding.origin.span.line}, finding.excerpt);
  }
  for (Finding& finding : findings) {
    const auto line = said.find({finding.origin.source, finding.origin.span.line});
    if (line != said.end() && finding.excerpt.empty()) finding.excerpt = line->second;
    show_place(subjects.source(finding.origin.source), finding);
    hide_secrets(finding);
  }
}

std::vector<std::string> subject_names(const Subjects& subjects) {
  std::vector<std::string> names;
  for (const Workload& workload : subjects.workloads) names.push_back(workload.subject);
  for (const Dockerfile& file : subjects.dockerfiles) {
    for (std::size_t i = 0; i < file.stages.size(); ++i) names.push_back(rules::stage_name(file, i));
  }
  for (const KubernetesObject& object : subjects.objects)
    names.push_back(object.kind + " " + rules::quoted(object.name));
  for (const ImageFacts& image : subjects.images) names.push_back("image " + rules::quoted(image.name));
  return names;
}

// A program of its own judges the scripts in RUN; without it that is not judged.
void ask_shellcheck(const Subjects& subjects, Outcome& outcome) {
  for (const Dockerfile& file : subjects.dockerfiles) {
    const Source* source = subjects.source(file.source);
    if (source == nullptr) continue;
    auto findings = shellcheck(file, source->text);
    if (findings) {
      std::ranges::move(*findings, std::back_inserter(outcome.findings));
      continue;
    }
    outcome.not_evaluated.push_back(
        {"shellcheck", source->name, findings.error().message(), Origin{Surface::dockerfile, file.source, {}, {}}});
  }
}

void judge_each(const Unit& unit, const Plan& plan, Outcome& outcome) {
  if (plan.shellcheck && wants_shellcheck(plan.selection)) ask_shellcheck(unit.subjects, outcome);
  for (const rules::Rule* rule : plan.selection.rules) {
    rules::evaluate_each(*rule, unit.subjects, plan.settings, outcome);
    if (unit.kind != TargetKind::kubernetes) rules::evaluate_together(*rule, unit.subjects, plan.settings, outcome);
  }
  std::erase_if(outcome.findings, [&](const Finding& finding) { return !keeps(plan.selection, finding); });
}

// The unit whose source it is.
std::size_t owner_of(std::uint32_t source, const std::vector<Unit>& units) {
  const auto next =
      std::ranges::upper_bound(units, source, {}, [](const Unit& unit) { return unit.subjects.first_source; });
  return next == units.begin() ? 0 : static_cast<std::size_t>(next - units.begin()) - 1;
}

// What rules say of all files together goes to the file that each place is in.
void hand_out(Outcome&& outcome, const Plan& plan, const std::vector<Unit>& units, std::vector<Outcome>& outcomes) {
  for (Finding& finding : outcome.findings) {
    if (!keeps(plan.selection, finding)) continue;
    outcomes[owner_of(finding.origin.source, units)].findings.push_back(std::move(finding));
  }
  for (NotEvaluated& entry : outcome.not_evaluated)
    outcomes[owner_of(entry.origin.source, units)].not_evaluated.push_back(std::move(entry));
}

void judge_together(const std::vector<Unit>& units, const Subjects& all, const Plan& plan, std::size_t threads,
                    std::vector<Outcome>& outcomes) {
  if (all.objects.empty() && all.workloads.empty()) return;
  const std::vector<const rules::Rule*>& selected = plan.selection.rules;
  std::vector<Outcome> said(selected.size());
  parallel_for(selected.size(), threads,
               [&](std::size_t i) { rules::evaluate_together(*selected[i], all, plan.settings, said[i]); });
  for (Outcome& outcome : said) hand_out(std::move(outcome), plan, units, outcomes);
}

Target target_of(Unit& unit, Outcome& outcome, std::vector<std::string> subjects) {
  Target target;
  target.kind = unit.kind;
  target.name = unit.name;
  target.subjects = std::move(subjects);
  target.findings = std::move(outcome.findings);
  target.not_evaluated = std::move(unit.subjects.not_evaluated);
  std::ranges::move(outcome.not_evaluated, std::back_inserter(target.not_evaluated));
  target.errors = std::move(unit.subjects.errors);
  if (unit.subjects.images.size() == 1) target.image = unit.subjects.images.front().image;
  return target;
}

// A Dockerfile that a Compose file builds and that is a target too keeps its own findings.
void bring_home(std::vector<Target>& targets) {
  std::unordered_map<std::string_view, std::size_t> homes;
  homes.reserve(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) homes.emplace(targets[i].name, i);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const bool is_home = homes.find(targets[i].name)->second == i;
    const auto stays = [&](const Finding& finding) { return is_home && finding.path == targets[i].name; };
    if (std::ranges::all_of(targets[i].findings, stays)) continue;  // nearly always
    std::vector<Finding> staying;
    for (Finding& finding : targets[i].findings) {
      const auto home = homes.find(finding.path);
      if (home == homes.end() || home->second == i) {
        staying.push_back(std::move(finding));
      } else {
        targets[home->second].findings.push_back(std::move(finding));
      }
    }
    targets[i].findings = std::move(staying);
  }
}

Target finish(Unit& unit, Outcome& outcome, const Plan& plan) {
  show_places(unit.subjects, outcome.findings);
  std::vector<std::string> notes;
  if (plan.suppress) plan.suppress(unit.subjects, outcome.findings, notes);
  if (plan.fix) plan.fix(unit.subjects, outcome.findings);
  Target target = target_of(unit, outcome, subject_names(unit.subjects));
  target.notes = std::move(notes);
  return target;
}

// Reads, resolves and judges unit by unit: of what is judged only its target is left, so that memory does not grow with
// the files. Kubernetes units stay whole until all are there.
class Runner {
 public:
  Runner(std::vector<Pending> pending, const ReadOptions& options, const Plan& plan)
      : pending_(std::move(pending)),
        options_(options),
        plan_(plan),
        threads_(plan.threads == 0 ? hardware_threads() : plan.threads),
        outcomes_(pending_.size()),
        ours_(pending_.size(), 1),
        targets_(pending_.size()) {
    options_.contexts = &contexts_;
  }

  std::vector<Target> run() {
    constexpr std::size_t kAhead = 256;  // units that are read and not judged yet
    parallel_stages(pending_.size(), threads_, kAhead,
                    {.first = [this](std::size_t i) { read(i); },
                     .in_order = [this](std::size_t i) { resolve(i); },
                     .last = [this](std::size_t i) { judge(i); }});
    judge_cluster();
    leave_out_others();
    // Programs that render see the disk, not texts in the place of files: there nothing would fit together.
    if (options_.texts == nullptr) settle_rendered(targets_);
    bring_home(targets_);
    parallel_for(targets_.size(), threads_, [&](std::size_t i) {
      thin(targets_[i].findings, readings_);
      targets_[i].grade = grade_of(targets_[i]);
    });
    return std::move(targets_);
  }

 private:
  void read(std::size_t i) {
    auto& [unit, kind] = pending_[i];
    if (kind == FileKind::none) return;
    unit.subjects.first_source = static_cast<std::uint32_t>(i) * kSourcesPerUnit;
    const FileKind found = read_unit(unit, kind, options_);
    ours_[i] = found != FileKind::none || !unit.subjects.errors.empty() ? 1 : 0;
  }

  void resolve(std::size_t i) {
    if (ours_[i] == 0) return;
    if (plan_.resolve) plan_.resolve(pending_[i].unit);
    readings_.note(pending_[i].unit);
  }

  void judge(std::size_t i) {
    if (ours_[i] == 0) return;
    judge_each(pending_[i].unit, plan_, outcomes_[i]);
    if (pending_[i].unit.kind != TargetKind::kubernetes) end(i, pending_[i].unit, outcomes_[i]);
  }

  void end(std::size_t i, Unit& unit, Outcome& outcome) {
    targets_[i] = finish(unit, outcome, plan_);
    unit.subjects = Subjects();
  }

  void judge_cluster() {
    std::vector<std::size_t> places;  // in targets_
    std::vector<Unit> units;
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (ours_[i] == 0 || pending_[i].unit.kind != TargetKind::kubernetes) continue;
      places.push_back(i);
      units.push_back(std::move(pending_[i].unit));
      outcomes.push_back(std::move(outcomes_[i]));
    }
    if (units.empty()) return;
    Together cluster(units, threads_);
    judge_together(units, cluster.all(), plan_, threads_, outcomes);
    parallel_for(units.size(), threads_, [&](std::size_t i) {
      cluster.give_back(i);
      end(places[i], units[i], outcomes[i]);
    });
  }

  // What turned out to be nothing of ours.
  void leave_out_others() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if (ours_[i] == 0) continue;
      if (kept != i) targets_[kept] = std::move(targets_[i]);
      ++kept;
    }
    targets_.resize(kept);
  }

  std::vector<Pending> pending_;
  ReadOptions options_;
  const Plan& plan_;
  std::size_t threads_;
  Readings readings_;
  ContextCache contexts_;
  // One for each pending unit.
  std::vector<Outcome> outcomes_;
  std::vector<char> ours_;
  std::vector<Target> targets_;
};

}  // namespace

std::vector<Target> run(std::vector<Pending> pending, const ReadOptions& options, const Plan& plan) {
  return Runner(std::move(pending), options, plan).run();
}

}  // namespace oakum::check
