#include "fix/run/run.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/fd.h"
#include "fix/all/plan.h"
#include "fix/kit/text.h"
#include "fix/run/accept.h"

namespace oakum::fix {

namespace {

using check::Texts;
using Batch = std::vector<const Finding*>;

// What one reading of everything gave.
struct Round {
  std::vector<Target> targets;
  Texts sources;  // of all that was read and has an own text, by name
};

class Runner {
 public:
  explicit Runner(const Request& request) : request_(request), excluded_(request.excluded) {
    if (request.read.texts != nullptr) texts_ = *request.read.texts;
  }

  Outcome run() {
    Round round = judge(texts_);
    outcome_.before = round.targets;
    while (outcome_.passes < kMaxPasses) {
      const Batch batch = choose(round.targets);
      if (batch.empty()) break;
      ++outcome_.passes;
      if (!advance(batch, round) && !one_by_one(batch, round)) break;
    }
    report(round);
    return std::move(outcome_);
  }

 private:
  Round judge(const Texts& texts) {
    Round round;
    std::mutex mutex;
    check::Plan plan = request_.plan;
    plan.fix = [&](const Subjects& subjects, std::vector<Finding>& findings) {
      plan_all(findings, {subjects, request_.options});
      const std::lock_guard lock(mutex);
      for (const Source& source : subjects.sources) {
        if (!source.derived) round.sources.emplace(source.name, source.text);
      }
    };
    check::ReadOptions read = request_.read;
    read.texts = &texts;
    std::vector<check::Pending> pending = request_.pending;
    for (check::Pending& one : pending) {
      if (!one.unit.paths.empty()) continue;
      if (const auto text = texts.find(one.unit.name); text != texts.end()) one.unit.text = text->second;
    }
    round.targets = check::run(std::move(pending), read, plan);
    return round;
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
    std::vector<const Edit*> taken;
    for (const Target& target : targets) {
      for (const Finding& finding : target.findings) {
        if (!is_wanted(finding)) continue;
        const auto meets = [&](const Edit& edit) {
          return std::ranges::any_of(taken, [&](const Edit* other) { return conflict(edit, *other); });
        };
        const std::vector<Edit>& edits = finding.fix.plan->edits;
        if (std::ranges::any_of(edits, meets)) continue;
        for (const Edit& edit : edits) taken.push_back(&edit);
        batch.push_back(&finding);
      }
    }
    return batch;
  }

  // The texts with the batch's edits; an error names what cannot be.
  Result<Texts> edited(const Batch& batch, const Round& round) const {
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
        if (texts.contains(path) || path_exists(path)) return fail(ErrorCode::invalid, path, "is there already");
        texts[path] = edits.front().text;
        continue;
      }
      const auto source = round.sources.find(path);
      if (source == round.sources.end()) return fail(ErrorCode::invalid, path, "has no text to edit");
      OAKUM_TRY(texts[path], apply_edits(source->second, std::move(edits)));
    }
    return texts;
  }

  // Empty when the batch was good; then it is taken.
  std::string try_out(const Batch& batch, Round& round) {
    auto texts = edited(batch, round);
    if (!texts) return texts.error().message();
    Round next = judge(*texts);
    std::string wrong = what_is_wrong(round.targets, next.targets, batch);
    if (!wrong.empty()) return wrong;
    for (const Finding* finding : batch) outcome_.fixed.push_back(*finding);
    for (const auto& [path, text] : *texts) {
      const auto source = round.sources.find(path);
      originals_.try_emplace(path, source == round.sources.end() ? std::nullopt : std::optional(source->second));
    }
    texts_ = std::move(*texts);
    round = std::move(next);
    return {};
  }

  bool advance(const Batch& batch, Round& round) { return try_out(batch, round).empty(); }

  // The first that is good alone is taken; those before it are refused. False: none is.
  bool one_by_one(const Batch& batch, Round& round) {
    for (const Finding* finding : batch) {
      const FixId id = id_of(*finding);
      const std::string wrong = try_out({finding}, round);
      if (wrong.empty()) return true;
      refused_.emplace(id, wrong);
    }
    return !batch.empty();
  }

  void report(Round& round) {
    for (const auto& [path, before] : originals_) {
      const std::string& after = texts_.find(path)->second;
      if (!before || *before != after) outcome_.files.push_back({path, before.value_or(""), after, before.has_value()});
    }
    for (const Target& target : round.targets) {
      for (const Finding& finding : target.findings) sort_out(finding);
    }
    outcome_.after = std::move(round.targets);
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
  std::map<std::string, std::optional<std::string>> originals_;  // by path; nullopt: was not there
  std::set<FixId> excluded_;
  std::map<FixId, std::string> refused_;
  Outcome outcome_;
};

}  // namespace

FixId id_of(const Finding& finding) { return {finding.rule, finding.path, finding.subject, finding.message}; }

Outcome run(const Request& request) { return Runner(request).run(); }

}  // namespace oakum::fix
