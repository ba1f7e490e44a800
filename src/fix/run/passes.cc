#include "fix/run/passes.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/fd.h"
#include "fix/all/plan.h"
#include "fix/kit/text.h"
#include "fix/run/accept.h"

namespace oakum::fix {

using check::Texts;

void Passes::run() {
  round_ = judge(request_, texts_, planner());
  while (outcome_.passes < kMaxPasses) {
    const RoundPointer chosen_from = round_;  // the batch points into it
    const Batch batch = choose(chosen_from->targets);
    if (batch.empty() && !plan_past_refused() && !try_refused_again()) break;
    if (batch.empty()) continue;
    ++outcome_.passes;
    changed_in_pass_.clear();
    advance(batch);
  }
  for (const Target& target : round_->targets) {
    for (const Finding& finding : target.findings) sort_out(finding);
  }
}

Planner Passes::planner() const {
  return [this](const Subjects& subjects, std::vector<Finding>& findings) { plan_round(subjects, findings); };
}

// Edits of one workload nearly always meet, as what is missing is added at one place; and working one out costs a
// reading of its text. So only the first that can be fixed is worked out, the others in the passes that follow.
void Passes::plan_round(const Subjects& subjects, std::vector<Finding>& findings) const {
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

// Behind a finding whose edit was no good others of its workload wait, which were not worked out. False: nothing was
// refused since the texts were last judged.
bool Passes::plan_past_refused() {
  if (!refused_since_) return false;
  refused_since_ = false;
  round_ = judge(request_, texts_, planner());
  return true;
}

// What would have brought another finding may be welcome now that others are fixed. False: nothing was fixed since
// they were tried.
bool Passes::try_refused_again() {
  if (refused_.empty() || outcome_.fixed.size() == fixed_when_tried_) return false;
  fixed_when_tried_ = outcome_.fixed.size();
  refused_.clear();
  refused_since_ = false;
  round_ = judge(request_, texts_, planner());
  return true;
}

bool Passes::is_wanted(const Finding& finding) const {
  if (finding.suppressed || finding.fix.plan == nullptr || !finding.fix.plan->refused.empty()) return false;
  if (request_.wants && !request_.wants(finding)) return false;
  const FixSafety safety = finding.fix.safety;
  if (safety != FixSafety::safe && !(safety == FixSafety::unsafe && request_.options.unsafe)) return false;
  return !excluded_.contains(id_of(finding)) && !refused_.contains(id_of(finding));
}

namespace {

constexpr std::string_view kSplit = "build-tools-in-final-stage", kExecForm = "shell-form";

}  // namespace

// The fixes that files want before all others: one that makes other stages of the file, after which it shows what else
// is needed, and the exec form, which that one needs.
std::set<const Finding*> Passes::first_of_all(const Target& target) const {
  std::set<std::string_view> split;
  for (const Finding& finding : target.findings) {
    if (finding.rule == kSplit && !finding.suppressed && !excluded_.contains(id_of(finding)))
      split.insert(finding.path);
  }
  std::set<const Finding*> first;
  if (split.empty()) return first;
  for (const Finding& finding : target.findings) {
    const bool is_one = finding.rule == kSplit || (finding.rule == kExecForm && split.contains(finding.path));
    if (is_one && is_wanted(finding)) first.insert(&finding);
  }
  return first;
}

// What can be fixed at once: edits that meet others wait for the next pass.
Passes::Batch Passes::choose(const std::vector<Target>& targets) const {
  Batch batch;
  std::map<std::string, std::vector<const Edit*>> taken;
  for (const Target& target : targets) {
    const std::set<const Finding*> first = first_of_all(target);
    std::set<std::string_view> waiting;
    for (const Finding* finding : first) waiting.insert(finding->path);
    for (const Finding& finding : target.findings) {
      if (!is_wanted(finding) || (waiting.contains(finding.path) && !first.contains(&finding))) continue;
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

// Takes as much of the batch as is good. What is not is looked for among those in whose files something is wrong, or by
// halves where that says nothing: first file by file, as those do not touch each other's places, then within one, where
// what is taken ends the pass. False: nothing was taken.
bool Passes::advance(const Batch& batch) {
  const Verdict verdict = try_out(batch);
  if (verdict.wrong.empty()) return true;
  if (batch.size() == 1) {
    give_up(*batch.front(), verdict.wrong);
    return false;
  }
  if (!verdict.suspects.empty() && verdict.suspects.size() < batch.size())
    return advance_both(without(batch, verdict.suspects), verdict.suspects);
  if (!verdict.guilty.empty()) {
    Batch guilty;
    for (const auto& [finding, wrong] : verdict.guilty) {
      give_up(*finding, wrong);
      guilty.push_back(finding);
    }
    const Batch rest = without(batch, guilty);
    return !rest.empty() && advance(rest);
  }
  // Sorted by file, so that both halves have files of their own while there are several.
  Batch sorted = batch;
  std::ranges::stable_sort(sorted, {}, [](const Finding* finding) { return std::string_view(finding->path); });
  auto half = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  if (sorted.front()->path != sorted.back()->path) half = end_of_file(sorted, half);
  return advance_both({sorted.begin(), half}, {half, sorted.end()});
}

// The second waits for the next pass where the first changed a text of its.
bool Passes::advance_both(const Batch& first, const Batch& second) {
  const bool taken = advance(first);
  return !touches_taken(second) ? advance(second) || taken : taken;
}

void Passes::give_up(const Finding& finding, std::string wrong) {
  refused_.emplace(id_of(finding), std::move(wrong));
  refused_since_ = true;
}

Passes::Batch Passes::without(const Batch& batch, const Batch& others) {
  const std::set<const Finding*> left_out(others.begin(), others.end());
  Batch rest;
  std::ranges::copy_if(batch, std::back_inserter(rest),
                       [&](const Finding* finding) { return !left_out.contains(finding); });
  return rest;
}

// The nearest place at or behind `at` where another file begins; before it when there is none behind.
Passes::Batch::iterator Passes::end_of_file(Batch& batch, Batch::iterator at) {
  const auto begins = [](const Batch::iterator& i) { return (*i)->path != (*std::prev(i))->path; };
  auto behind = at;
  while (behind != batch.end() && !begins(behind)) ++behind;
  if (behind != batch.end()) return behind;
  while (!begins(at)) --at;
  return at;
}

// Were the texts of these edits changed since they were planned?
bool Passes::touches_taken(const Batch& batch) const {
  return std::ranges::any_of(batch, [&](const Finding* finding) {
    return std::ranges::any_of(finding->fix.plan->edits,
                               [&](const Edit& edit) { return changed_in_pass_.contains(edit.path); });
  });
}

// The texts with the batch's edits; an error names what cannot be.
Result<Texts> Passes::edited(const Batch& batch) const {
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

// When the batch was good it is taken.
Verdict Passes::try_out(const Batch& batch) {
  auto texts = edited(batch);
  if (!texts) return {.wrong = texts.error().message(), .suspects = {}, .guilty = {}};
  RoundPointer next = judge(request_, *texts, planner());
  Verdict verdict = judge_pass(round_->targets, next->targets, batch);
  if (!verdict.wrong.empty()) return verdict;
  for (const Finding* finding : batch) {
    outcome_.fixed.push_back(*finding);
    for (const Edit& edit : finding->fix.plan->edits) {
      if (!texts->contains(edit.path)) continue;  // it is on disk already, as it should be
      changed_in_pass_.insert(edit.path);
      const auto source = round_->sources.find(edit.path);
      originals_.try_emplace(edit.path, source == round_->sources.end() ? std::nullopt : std::optional(source->second));
    }
  }
  texts_ = std::move(*texts);
  round_ = std::move(next);  // without what was refused before
  refused_since_ = false;
  return {};
}

void Passes::sort_out(const Finding& finding) {
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

}  // namespace oakum::fix
