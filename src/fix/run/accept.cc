#include "fix/run/accept.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

namespace oakum::fix {

namespace {

// Subjects change their names with an edit (a stage, the image of a run line); rules and files do not.
using Key = std::pair<std::string, std::string>;  // path, rule
using Counts = std::map<Key, std::ptrdiff_t>;

Key key_of(const Finding& finding) { return {finding.path, finding.rule}; }

Counts count(const std::vector<Target>& targets) {
  Counts counts;
  for (const Target& target : targets) {
    for (const Finding& finding : target.findings) {
      if (!finding.suppressed) ++counts[key_of(finding)];
    }
  }
  return counts;
}

std::size_t count_errors(const std::vector<Target>& targets) {
  std::size_t errors = 0;
  for (const Target& target : targets) errors += target.errors.size();
  return errors;
}

const Error* last_error(const std::vector<Target>& targets) {
  for (const Target& target : targets) {
    if (!target.errors.empty()) return &target.errors.back();
  }
  return nullptr;
}

const Finding* example(const std::vector<Target>& targets, const Key& key) {
  for (const Target& target : targets) {
    for (const Finding& finding : target.findings) {
      if (!finding.suppressed && key_of(finding) == key) return &finding;
    }
  }
  return nullptr;
}

// What a fix brings to light rather than about: network policies do not hold for pods on the host's network, so nobody
// missed one until they left it. A second stage has a base of its own, which is as little pinned as the first was.
struct Revealed {
  std::string_view fixed, shown;
  bool had_one = false;  // only where the file has such a finding already
};
constexpr Revealed kRevealed[] = {{"host-network", "network-policy"},
                                  {"build-tools-in-final-stage", "image-no-digest", true}};

bool is_revealed(std::string_view rule, std::ptrdiff_t before, const std::vector<const Finding*>& fixed) {
  return std::ranges::any_of(kRevealed, [&](const Revealed& row) {
    return row.shown == rule && (!row.had_one || before > 0) &&
           std::ranges::count(fixed, row.fixed, &Finding::rule) > 0;
  });
}

using Findings = std::vector<const Finding*>;

Findings of_key(const Findings& fixed, const Key& key) {
  Findings result;
  std::ranges::copy_if(fixed, std::back_inserter(result), [&](const Finding* one) { return key_of(*one) == key; });
  return result;
}

Findings of_file(const Findings& fixed, const std::string& path) {
  Findings result;
  std::ranges::copy_if(fixed, std::back_inserter(result), [&](const Finding* one) {
    return one->path == path ||
           std::ranges::find(one->fix.plan->edits, path, &Edit::path) != one->fix.plan->edits.end();
  });
  return result;
}

// Collects what is wrong, and who is to blame for it.
class Inquest {
 public:
  explicit Inquest(const Findings& fixed) : fixed_(fixed) {}

  void add(const Key& key, const Finding& example) {
    const Findings own = of_key(fixed_, key);
    const std::string what = own.empty() ? "the edit would bring another finding, " + key.second + ": "
                                         : "the finding would still be there after the edit: ";
    if (verdict_.wrong.empty()) verdict_.wrong = what + example.message;
    if (own.size() == 1) verdict_.guilty.emplace(own.front(), what + example.message);
    const Findings more = own.empty() ? of_file(fixed_, key.first) : own;
    unknown_ = unknown_ || more.empty();
    suspects_.insert(more.begin(), more.end());
  }

  Verdict close() {
    if (!unknown_) {
      std::ranges::copy_if(fixed_, std::back_inserter(verdict_.suspects),
                           [&](const Finding* one) { return suspects_.contains(one); });
    }
    return std::move(verdict_);
  }

 private:
  const Findings& fixed_;
  Verdict verdict_;
  std::set<const Finding*> suspects_;
  bool unknown_ = false;
};

}  // namespace

Verdict judge_pass(const std::vector<Target>& before, const std::vector<Target>& after, const Findings& fixed) {
  if (count_errors(after) > count_errors(before)) {
    Verdict verdict;
    verdict.wrong = "the result could not be read: " + last_error(after)->message();
    return verdict;
  }
  Counts allowed = count(before);
  for (const Finding* finding : fixed) --allowed[key_of(*finding)];
  Inquest inquest(fixed);
  for (const auto& [key, found] : count(after)) {
    const auto limit = allowed.find(key);
    const std::ptrdiff_t most = limit == allowed.end() ? 0 : limit->second;
    if (found > most && !is_revealed(key.second, most, fixed)) inquest.add(key, *example(after, key));
  }
  return inquest.close();
}

}  // namespace oakum::fix
