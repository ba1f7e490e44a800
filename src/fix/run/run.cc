#include "fix/run/run.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>

#include "base/fd.h"
#include "base/parallel.h"
#include "fix/all/plan.h"
#include "fix/kit/text.h"
#include "fix/run/accept.h"
#include "fix/run/groups.h"

namespace oakum::fix {

namespace {

using check::Texts;
using Batch = std::vector<const Finding*>;

// What one reading of everything gave.
struct Round {
  std::vector<Target> targets;
  Texts sources;  // of all that was read and has an own text, by name
  std::vector<UnitTexts> units;
};
using RoundPointer = std::shared_ptr<const Round>;
using Planner = std::function<void(const Subjects&, std::vector<Finding>&)>;

bool is_of_cluster(const Subjects& subjects) {
  const auto is_pod = [](const Workload& workload) { return workload.surface == Surface::kubernetes; };
  return !subjects.objects.empty() || std::ranges::any_of(subjects.workloads, is_pod);
}

RoundPointer judge(const Request& request, const Texts& texts, const Planner& planner) {
  auto round = std::make_shared<Round>();
  std::mutex mutex;
  check::Plan plan = request.plan;
  plan.fix = [&](const Subjects& subjects, std::vector<Finding>& findings) {
    if (planner) planner(subjects, findings);
    const std::lock_guard lock(mutex);
    UnitTexts unit{
        .unit = subjects.first_source / check::kSourcesPerUnit, .names = {}, .cluster = is_of_cluster(subjects)};
    for (const Source& source : subjects.sources) {
      if (source.derived || source.name.empty()) continue;
      round->sources.emplace(source.name, source.text);
      unit.names.insert(source.name);
    }
    round->units.push_back(std::move(unit));
  };
  check::ReadOptions read = request.read;
  read.texts = &texts;
  std::vector<check::Pending> pending = request.pending;
  for (check::Pending& one : pending) {
    if (!one.unit.paths.empty()) continue;
    if (const auto text = texts.find(one.unit.name); text != texts.end()) one.unit.text = text->second;
  }
  round->targets = check::run(std::move(pending), read, plan);
  return round;
}

// The passes over texts that belong together.
class Runner {
 public:
  Runner(const Request& request, Texts texts)
      : request_(request), texts_(std::move(texts)), excluded_(request.excluded) {}

  void run() {
    round_ = judge(request_, texts_, planner());
    while (outcome_.passes < kMaxPasses) {
      const RoundPointer chosen_from = round_;  // the batch points into it
      const Batch batch = choose(chosen_from->targets);
      if (batch.empty() && !try_refused_again()) break;
      if (batch.empty()) continue;
      ++outcome_.passes;
      changed_in_pass_.clear();
      advance(batch);
    }
    for (const Target& target : round_->targets) {
      for (const Finding& finding : target.findings) sort_out(finding);
    }
  }

  Outcome& outcome() { return outcome_; }
  const Texts& texts() const { return texts_; }
  const std::map<std::string, std::optional<std::string>>& originals() const { return originals_; }

 private:
  Planner planner() const {
    return [this](const Subjects& subjects, std::vector<Finding>& findings) { plan_round(subjects, findings); };
  }

  // Edits of one workload nearly always meet, as what is missing is added at one place; and working one out costs a
  // reading of its text. So only the first that can be fixed is worked out, the others in the passes that follow.
  void plan_round(const Subjects& subjects, std::vector<Finding>& findings) const {
    const Context context{subjects, request_.options};
    // Run lines of one script may all be called alike, so that the number counts where there is one.
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::string_view>> settled;
    for (Finding& finding : findings) {
      const bool numbered = finding.workload != kNoWorkload;
      const std::tuple whose(finding.origin.source, finding.workload,
                             numbered ? std::string_view() : std::string_view(finding.subject));
      if (finding.suppressed || settled.contains(whose)) continue;
      plan(finding, context);
      if (finding.origin.surface != Surface::dockerfile && is_wanted(finding)) settled.insert(whose);
    }
  }

  // What would have brought another finding may be welcome now that others are fixed. False: nothing was fixed since
  // they were tried.
  bool try_refused_again() {
    if (refused_.empty() || outcome_.fixed.size() == fixed_when_tried_) return false;
    fixed_when_tried_ = outcome_.fixed.size();
    refused_.clear();
    round_ = judge(request_, texts_, planner());
    return true;
  }

  bool is_wanted(const Finding& finding) const {
    if (finding.suppressed || finding.fix.plan == nullptr || !finding.fix.plan->refused.empty()) return false;
    if (request_.wants && !request_.wants(finding)) return false;
    const FixSafety safety = finding.fix.safety;
    if (safety != FixSafety::safe && !(safety == FixSafety::unsafe && request_.options.unsafe)) return false;
    return !excluded_.contains(id_of(finding)) && !refused_.contains(id_of(finding));
  }

  // What can be fixed at once: edits that meet others wait for the next pass.
  Batch choose(const std::vector<Target>& targets) const {
    Batch batch;
    std::map<std::string, std::vector<const Edit*>> taken;
    for (const Target& target : targets) {
      for (const Finding& finding : target.findings) {
        if (!is_wanted(finding)) continue;
        const auto meets = [&](const Edit& edit) {
          return std::ranges::any_of(taken[edit.path], [&](const Edit* other) { return conflict(edit, *other); });
        };
        const std::vector<Edit>& edits = finding.fix.plan->edits;
        if (std::ranges::any_of(edits, meets)) continue;
        for (const Edit& edit : edits) taken[edit.path].push_back(&edit);
        batch.push_back(&finding);
      }
    }
    return batch;
  }

  // Takes as much of the batch as is good. What is not is looked for by halves: first file by file, as those do not
  // touch each other's places, then within one, where what is taken ends the pass. False: nothing was taken.
  bool advance(const Batch& batch) {
    std::string wrong = try_out(batch);
    if (wrong.empty()) return true;
    if (batch.size() == 1) {
      refused_.emplace(id_of(*batch.front()), std::move(wrong));
      return false;
    }
    // Sorted by file, so that both halves have files of their own while there are several.
    Batch sorted = batch;
    std::ranges::stable_sort(sorted, {}, [](const Finding* finding) { return std::string_view(finding->path); });
    auto half = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    const bool several = sorted.front()->path != sorted.back()->path;
    if (several) half = end_of_file(sorted, half);
    const bool first = advance({sorted.begin(), half});
    const Batch rest(half, sorted.end());
    return !(first && !several) && !touches_taken(rest) ? advance(rest) || first : first;
  }

  // The nearest place at or behind `at` where another file begins; before it when there is none behind.
  static Batch::iterator end_of_file(Batch& batch, Batch::iterator at) {
    const auto begins = [](const Batch::iterator& i) { return (*i)->path != (*std::prev(i))->path; };
    auto behind = at;
    while (behind != batch.end() && !begins(behind)) ++behind;
    if (behind != batch.end()) return behind;
    while (!begins(at)) --at;
    return at;
  }

  // Were the texts of these edits changed since they were planned?
  bool touches_taken(const Batch& batch) const {
    return std::ranges::any_of(batch, [&](const Finding* finding) {
      return std::ranges::any_of(finding->fix.plan->edits,
                                 [&](const Edit& edit) { return changed_in_pass_.contains(edit.path); });
    });
  }

  // The texts with the batch's edits; an error names what cannot be.
  Result<Texts> edited(const Batch& batch) const {
    std::map<std::string, std::vector<Edit>> by_path;
    for (const Finding* finding : batch) {
      for (const Edit& edit : finding->fix.plan->edits) {
        std::vector<Edit>& edits = by_path[edit.path];
        if (std::ranges::find(edits, edit) == edits.end()) edits.push_back(edit);
      }
    }
    Texts texts = texts_;
    for (auto& [path, edits] : by_path) {
      if (!edits.front().new_file.empty()) {
        // A fix before, in this run or an earlier one, may have wanted the same file.
        const std::string& text = edits.front().text;
        const auto made = texts.find(path);
        const bool on_disk = made == texts.end() && path_exists(path);
        const Result<std::string> there = on_disk               ? read_file(path, text.size())
                                          : made == texts.end() ? text
                                                                : made->second;
        if (!there || *there != text) return fail(ErrorCode::invalid, path, "is there already");
        if (!on_disk) texts[path] = text;
        continue;
      }
      const auto source = round_->sources.find(path);
      if (source == round_->sources.end()) return fail(ErrorCode::invalid, path, "has no text to edit");
      OAKUM_TRY(texts[path], apply_edits(source->second, std::move(edits)));
    }
    return texts;
  }

  // "" when the batch was good; then it is taken.
  std::string try_out(const Batch& batch) {
    auto texts = edited(batch);
    if (!texts) return texts.error().message();
    RoundPointer next = judge(request_, *texts, planner());
    std::string wrong = what_is_wrong(round_->targets, next->targets, batch);
    if (!wrong.empty()) return wrong;
    for (const Finding* finding : batch) {
      outcome_.fixed.push_back(*finding);
      for (const Edit& edit : finding->fix.plan->edits) {
        if (!texts->contains(edit.path)) continue;  // it is on disk already, as it should be
        changed_in_pass_.insert(edit.path);
        const auto source = round_->sources.find(edit.path);
        originals_.try_emplace(edit.path,
                               source == round_->sources.end() ? std::nullopt : std::optional(source->second));
      }
    }
    texts_ = std::move(*texts);
    round_ = std::move(next);
    return {};
  }

  void sort_out(const Finding& finding) {
    if (finding.suppressed || finding.fix.plan == nullptr || excluded_.contains(id_of(finding))) return;
    if (request_.wants && !request_.wants(finding)) return;
    const auto failed = refused_.find(id_of(finding));
    if (failed != refused_.end()) {
      Finding& refused = outcome_.refused.emplace_back(finding);
      PlannedFix why = *finding.fix.plan;
      why.refused = failed->second;
      refused.fix.plan = std::make_shared<const PlannedFix>(std::move(why));
    } else if (!finding.fix.plan->refused.empty()) {
      outcome_.refused.push_back(finding);
    } else if (finding.fix.safety == FixSafety::unsafe && !request_.options.unsafe) {
      outcome_.unsafe.push_back(finding);
    }
  }

  const Request& request_;
  Texts texts_;
  RoundPointer round_;
  std::map<std::string, std::optional<std::string>> originals_;  // by path; nullopt: was not there
  std::set<std::string> changed_in_pass_;
  std::set<FixId> excluded_;
  std::map<FixId, std::string> refused_;
  std::size_t fixed_when_tried_ = 0;  // how many were fixed when those refused were last given up
  Outcome outcome_;
};

// One group's share of the whole request.
Request share_of(const Request& request, const std::vector<std::size_t>& group) {
  Request share = request;
  share.pending.clear();
  for (const std::size_t unit : group) share.pending.push_back(request.pending[unit]);
  share.plan.threads = 1;
  return share;
}

// Units that have texts which can be edited. Charts and kustomizations have none: their programs would run in each
// pass.
std::vector<UnitTexts> editable(const Request& request, const std::vector<UnitTexts>& units) {
  std::vector<UnitTexts> all;
  for (const UnitTexts& unit : units) {
    const bool was_read =
        unit.unit < request.pending.size() && request.pending[unit.unit].kind != check::FileKind::none;
    if (was_read && !unit.names.empty()) all.push_back(unit);
  }
  return all;
}

std::set<std::string, std::less<>> texts_without_file(const Request& request) {
  std::set<std::string, std::less<>> names;
  for (const check::Pending& pending : request.pending) {
    if (pending.unit.paths.empty()) names.insert(pending.unit.name);
  }
  return names;
}

void append(std::vector<Finding>& all, std::vector<Finding>& more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace

FixId id_of(const Finding& finding) { return {finding.rule, finding.path, finding.subject, finding.message}; }

Outcome run(const Request& request) {
  Texts texts = request.read.texts == nullptr ? Texts() : *request.read.texts;
  const RoundPointer first = judge(request, texts, {});
  const auto groups = groups_of(editable(request, first->units));
  std::vector<std::unique_ptr<Runner>> runners(groups.size());
  std::vector<Request> shares(groups.size());
  const std::size_t threads = request.plan.threads == 0 ? hardware_threads() : request.plan.threads;
  parallel_for(groups.size(), threads, [&](std::size_t i) {
    shares[i] = share_of(request, groups[i]);
    runners[i] = std::make_unique<Runner>(shares[i], texts);
    runners[i]->run();
  });
  const auto without_file = texts_without_file(request);
  Outcome whole;
  whole.before = first->targets;
  for (const auto& runner : runners) {
    Outcome& outcome = runner->outcome();
    append(whole.fixed, outcome.fixed);
    append(whole.refused, outcome.refused);
    append(whole.unsafe, outcome.unsafe);
    whole.passes = std::max(whole.passes, outcome.passes);
    for (const auto& [path, before] : runner->originals()) {
      // Two groups may want to make one file (a .dockerignore): the first does, and the next run completes it.
      if (!before && texts.contains(path)) continue;
      const std::string& after = runner->texts().find(path)->second;
      texts[path] = after;
      if (!before || *before != after)
        whole.files.push_back({path, before.value_or(""), after, before.has_value(), !without_file.contains(path)});
    }
  }
  std::ranges::sort(whole.files, {}, &FileChange::path);
  whole.after = whole.files.empty() ? whole.before : judge(request, texts, {})->targets;
  return whole;
}

}  // namespace oakum::fix
