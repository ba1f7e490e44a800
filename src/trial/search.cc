#include "trial/search.h"

#include <algorithm>
#include <set>

namespace oakum::trial {

namespace {

bool join_needs(const fix::Needs& from, fix::Needs& to) {
  const std::size_t size = to.capabilities.size() + to.written.size();
  to.capabilities.insert(from.capabilities.begin(), from.capabilities.end());
  to.written.insert(from.written.begin(), from.written.end());
  bool changed = to.capabilities.size() + to.written.size() != size;
  if (!from.user.empty() && to.user != from.user) {
    to.user = from.user;
    changed = true;
  }
  if (from.root && !to.root) to.root = changed = true;
  return changed;
}

std::string count_of_fixes(std::size_t number) { return std::to_string(number) + (number == 1 ? " fix" : " fixes"); }

class Search {
 public:
  Search(const MakeFixes& make, const TryRun& try_run, const Concerns& concerns, const SearchLimits& limits)
      : make_(make), try_run_(try_run), concerns_(concerns), limits_(limits) {}

  Result<SearchResult> run() {
    OAKUM_TRY(bool works, attempt({}, "all fixes"));
    first_ = run_.applied;
    OAKUM_TRY(works, learn(works));
    while (!works && !is_over()) {
      OAKUM_TRY(const bool found, take_back_one());
      if (!found) break;
      OAKUM_TRY(works, learn(outcome_.regressions.empty()));
    }
    tell_given_up();
    result_.works = works;
    result_.regressions = outcome_.regressions;
    result_.choice = choice_;
    result_.run = std::move(run_);
    if (!works && result_.why.empty())
      result_.why =
          is_over() ? "the limits of time or attempts were reached" : "it does not work as before even without fixes";
    return std::move(result_);
  }

 private:
  bool is_over() const { return result_.attempts.size() >= limits_.attempts || (limits_.is_over && limits_.is_over()); }

  static bool is_same(const fix::FixId& one, const fix::FixId& other) {
    return one.rule == other.rule && one.subject == other.subject && one.path == other.path;
  }

  // Fixes that what was learned stands against: a service that has to be root is given no user.
  void tell_given_up() {
    for (const Applied& fix : first_) {
      const auto is_it = [&](const Applied& other) { return is_same(fix.id, other.id); };
      const bool told = std::ranges::any_of(result_.taken_back, is_it, &TakenBack::fix);
      if (told || std::ranges::any_of(run_.applied, is_it)) continue;
      result_.taken_back.push_back({fix, "what the service was seen to need stands against it", {}});
    }
  }

  // The choice with `excluded` added. What leads to texts that were tried is not tried again.
  Result<bool> attempt(const std::set<fix::FixId>& excluded, std::string why) {
    Choice choice = choice_;
    choice.excluded.insert(excluded.begin(), excluded.end());
    OAKUM_TRY(run_, make_(choice));
    if (const auto known = seen_.find(run_.texts); known != seen_.end()) {
      outcome_ = known->second;
      return outcome_.regressions.empty();
    }
    OAKUM_TRY(outcome_, try_run_(run_));
    seen_[run_.texts] = outcome_;
    result_.attempts.push_back({std::move(why), run_.applied.size(), outcome_.seconds, outcome_.regressions});
    return outcome_.regressions.empty();
  }

  // Takes what the broken services ask for into the choice; false when nothing is new.
  bool take_wants() {
    bool changed = false;
    for (const Regression& regression : outcome_.regressions) {
      const auto wants = outcome_.wants.find(regression.subject);
      if (wants != outcome_.wants.end())
        changed = join_needs(wants->second, choice_.needs[regression.subject]) || changed;
    }
    return changed;
  }

  Result<bool> learn(bool works) {
    for (std::size_t round = 0; !works && round < limits_.lessons && !is_over(); ++round) {
      const check::Texts before = run_.texts;
      if (!take_wants()) break;
      OAKUM_TRY(works, attempt({}, "with what its errors ask for"));
      if (run_.texts == before) break;
    }
    return works;
  }

  // Fixes of the services that are broken; all of them when there are none.
  std::vector<Applied> candidates() const {
    std::vector<Applied> found;
    std::ranges::copy_if(run_.applied, std::back_inserter(found), [&](const Applied& fix) {
      return std::ranges::any_of(outcome_.regressions,
                                 [&](const Regression& broken) { return concerns_(fix, broken.subject); });
    });
    return found.empty() ? run_.applied : found;
  }

  static std::set<fix::FixId> first(const std::vector<Applied>& fixes, std::size_t count) {
    std::set<fix::FixId> ids;
    for (std::size_t i = 0; i < count; ++i) ids.insert(fixes[i].id);
    return ids;
  }

  Result<bool> works_without(const std::vector<Applied>& fixes, std::size_t count) {
    return attempt(first(fixes, count), "bisection: without " + count_of_fixes(count));
  }

  // The smallest count of first fixes without which all works; 0 when there is none.
  Result<std::size_t> bisect(const std::vector<Applied>& fixes) {
    OAKUM_TRY(const bool works, works_without(fixes, fixes.size()));
    if (!works) return 0;
    std::size_t low = 0;  // breaks
    std::size_t high = fixes.size();
    while (high - low > 1 && !is_over()) {
      const std::size_t middle = low + (high - low) / 2;
      OAKUM_TRY(const bool middle_works, works_without(fixes, middle));
      (middle_works ? high : low) = middle;
    }
    return high;
  }

  // False when it works with no fix at all neither.
  Result<bool> take_back_one() {
    const Outcome broken = outcome_;
    std::vector<Applied> suspects = candidates();
    const std::vector<Applied> all = run_.applied;
    if (all.empty()) return false;
    OAKUM_TRY(std::size_t count, bisect(suspects));
    if (count == 0 && suspects.size() < all.size()) {
      suspects = all;
      OAKUM_TRY(count, bisect(suspects));
    }
    if (count == 0) {
      outcome_ = broken;
      return false;
    }
    return settle(suspects[count - 1], broken);
  }

  static std::string without(const Applied& fix) { return "without \"" + fix.id.rule + "\""; }

  // The culprit in its next best form, or without it.
  Result<bool> settle(const Applied& culprit, const Outcome& broken) {
    TakenBack taken{culprit, reason(culprit, broken), {}};
    const auto key = std::pair(culprit.id.rule, culprit.id.subject);
    for (std::size_t i = 1; i <= limits_.next_best && !is_over(); ++i) {
      choice_.passed_over[key] = i;
      const std::size_t attempts = result_.attempts.size();
      OAKUM_TRY(const bool works, attempt({}, "with the next best of \"" + culprit.id.rule + "\""));
      const auto now =
          std::ranges::find_if(run_.applied, [&](const Applied& fix) { return is_same(fix.id, culprit.id); });
      const bool tried = result_.attempts.size() != attempts;
      if (tried && now == run_.applied.end()) result_.attempts.back().why = without(culprit);
      if (!tried || now == run_.applied.end()) break;  // there is no further form
      if (works) {
        taken.tried.push_back("kept as: " + now->summary);
        result_.taken_back.push_back(std::move(taken));
        return true;
      }
      taken.tried.push_back(now->summary);
    }
    choice_.passed_over.erase(key);
    choice_.excluded.insert(culprit.id);
    add_lessons(culprit, taken);
    result_.taken_back.push_back(std::move(taken));
    OAKUM_CHECK(attempt({}, without(culprit)));
    return true;
  }

  void add_lessons(const Applied& culprit, TakenBack& taken) const {
    for (const auto& [subject, needs] : choice_.needs) {
      if (!concerns_(culprit, subject)) continue;
      if (!needs.user.empty()) taken.tried.push_back("user " + needs.user);
      for (const std::string& name : needs.capabilities) taken.tried.push_back("cap_add " + name);
      for (const std::string& path : needs.written) taken.tried.push_back("tmpfs " + path);
    }
  }

  std::string reason(const Applied& culprit, const Outcome& broken) const {
    const Regression* best = nullptr;
    for (const Regression& regression : broken.regressions) {
      if (best == nullptr || (concerns_(culprit, regression.subject) && !concerns_(culprit, best->subject)))
        best = &regression;
    }
    if (best == nullptr) return {};
    return best->service + " " + best->what + (best->cause.empty() ? "" : ": " + best->cause);
  }

  const MakeFixes& make_;
  const TryRun& try_run_;
  const Concerns& concerns_;
  const SearchLimits& limits_;
  Choice choice_;
  std::vector<Applied> first_;  // of the first attempt
  FixRun run_;
  Outcome outcome_;
  std::map<check::Texts, Outcome> seen_;
  SearchResult result_;
};

}  // namespace

Result<SearchResult> search(const MakeFixes& make, const TryRun& try_run, const Concerns& concerns,
                            const SearchLimits& limits) {
  return Search(make, try_run, concerns, limits).run();
}

}  // namespace oakum::trial
