// The passes over texts that belong together.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "check/check.h"
#include "fix/run/accept.h"
#include "fix/run/round.h"
#include "fix/run/run.h"

namespace oakum::fix {

class Passes {
 public:
  // Borrows `request`.
  Passes(const Request& request, check::Texts texts)
      : request_(request), texts_(std::move(texts)), excluded_(request.excluded) {}

  void run();

  // Filled by run(); `files`, `before` and `after` are not.
  Outcome& outcome() { return outcome_; }
  const check::Texts& texts() const { return texts_; }
  // Of what was changed: what stood there; nullopt: nothing.
  const std::map<std::string, std::optional<std::string>>& originals() const { return originals_; }

 private:
  using Batch = std::vector<const Finding*>;

  Planner planner() const;
  void plan_round(const Subjects& subjects, std::vector<Finding>& findings) const;
  bool plan_past_refused();
  bool try_refused_again();
  bool is_wanted(const Finding& finding) const;
  std::set<const Finding*> first_of_all(const Target& target) const;
  Batch choose(const std::vector<Target>& targets) const;
  bool advance(const Batch& batch);
  bool advance_both(const Batch& first, const Batch& second);
  void give_up(const Finding& finding, std::string wrong);
  static Batch without(const Batch& batch, const Batch& others);
  static Batch::iterator end_of_file(Batch& batch, Batch::iterator at);
  bool touches_taken(const Batch& batch) const;
  Result<check::Texts> edited(const Batch& batch) const;
  Verdict try_out(const Batch& batch);
  void sort_out(const Finding& finding);

  const Request& request_;
  check::Texts texts_;
  RoundPointer round_;
  std::map<std::string, std::optional<std::string>> originals_;
  std::set<std::string> changed_in_pass_;
  std::set<FixId> excluded_;
  std::map<FixId, std::string> refused_;
  bool refused_since_ = false;        // since the texts were last judged
  std::size_t fixed_when_tried_ = 0;  // how many were fixed when those refused were last given up
  Outcome outcome_;
};

}  // namespace oakum::fix
