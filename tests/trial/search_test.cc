// The search on a system under trial that is made up: which fixes break it, and what it asks for.
#include "trial/search.h"

#include <gtest/gtest.h>

namespace oakum::trial {
namespace {

constexpr const char* kWeb = "service \"web\"";
constexpr const char* kDb = "service \"db\"";

struct Fake {
  std::vector<Applied> fixes;
  std::set<std::string> breaks;                   // rules that break "web" when they are applied
  std::set<std::string> breaks_elsewhere;         // … "db", though they are fixes of "web"
  std::map<std::string, std::string> capability;  // rule → what makes it work
  std::map<std::string, std::size_t> good_form;   // rule → its form that works
  std::map<std::string, std::size_t> forms;       // rule → how many it has
  bool flaky = false;                             // broken without any fix
  std::size_t runs = 0;

  static Applied fix(const std::string& rule, const std::string& subject = kWeb) {
    return {{rule, "compose.yaml", subject, "message"}, "does " + rule, FixSafety::unsafe};
  }

  std::size_t form_of(const Choice& choice, const fix::FixId& id) const {
    const auto at = choice.passed_over.find({id.rule, id.subject});
    return at == choice.passed_over.end() ? 0 : at->second;
  }

  MakeFixes make() {
    return [this](const Choice& choice) -> Result<FixRun> {
      FixRun run;
      std::string text;
      for (const Applied& one : fixes) {
        const std::size_t form = form_of(choice, one.id);
        const auto count = forms.find(one.id.rule);
        if (choice.excluded.contains(one.id) || form >= (count == forms.end() ? 1 : count->second)) continue;
        run.applied.push_back(one);
        text += one.id.rule + std::to_string(form);
        const auto needs = choice.needs.find(one.id.subject);
        if (needs == choice.needs.end()) continue;
        for (const std::string& name : needs->second.capabilities) text += "+" + name;
      }
      if (!text.empty()) run.texts["compose.yaml"] = text;
      return run;
    };
  }

  bool is_broken(const std::string& rule, const std::string& text) const {
    const std::size_t at = text.find(rule);
    if (at == std::string::npos) return false;
    const auto wanted = capability.find(rule);
    if (wanted != capability.end() && text.find("+" + wanted->second) != std::string::npos) return false;
    const auto good = good_form.find(rule);
    return good == good_form.end() || text[at + rule.size()] != static_cast<char>('0' + good->second);
  }

  TryRun try_run() {
    return [this](const FixRun& run) -> Result<Outcome> {
      ++runs;
      const auto found = run.texts.find("compose.yaml");
      const std::string text = found == run.texts.end() ? "" : found->second;
      Outcome outcome;
      if (flaky) outcome.regressions.push_back({"web", kWeb, "is flaky", ""});
      for (const std::string& rule : breaks) {
        if (!is_broken(rule, text)) continue;
        outcome.regressions.push_back({"web", kWeb, "breaks by " + rule, ""});
        if (const auto wanted = capability.find(rule); wanted != capability.end())
          outcome.wants[kWeb].capabilities.insert(wanted->second);
      }
      for (const std::string& rule : breaks_elsewhere) {
        if (is_broken(rule, text)) outcome.regressions.push_back({"db", kDb, "breaks by " + rule, ""});
      }
      return outcome;
    };
  }

  SearchResult search(SearchLimits limits = {}) {
    const Concerns concerns = [](const Applied& one, const std::string& subject) { return one.id.subject == subject; };
    auto result = oakum::trial::search(make(), try_run(), concerns, limits);
    EXPECT_TRUE(result);
    return result ? std::move(*result) : SearchResult{};
  }
};

std::vector<std::string> rules_of(const FixRun& run) {
  std::vector<std::string> rules;
  for (const Applied& one : run.applied) rules.push_back(one.id.rule);
  return rules;
}

TEST(Search, OneRunWhenAllWorks) {
  Fake fake{.fixes = {Fake::fix("a"), Fake::fix("b")}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(fake.runs, 1U);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(result.taken_back.empty());
}

TEST(Search, LearnsWhatTheErrorsAskFor) {
  Fake fake{.fixes = {Fake::fix("a"), Fake::fix("b")}, .breaks = {"a"}, .capability = {{"a", "CHOWN"}}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(fake.runs, 2U);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(result.choice.needs.at(kWeb).capabilities, (std::set<std::string>{"CHOWN"}));
}

TEST(Search, TakesBackOnlyTheCulpritOfMany) {
  Fake fake;
  for (const char* rule : {"a", "b", "c", "d", "e", "f", "g", "h"}) fake.fixes.push_back(Fake::fix(rule));
  fake.breaks = {"f"};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"a", "b", "c", "d", "e", "g", "h"}));
  ASSERT_EQ(result.taken_back.size(), 1U);
  EXPECT_EQ(result.taken_back[0].fix.id.rule, "f");
  EXPECT_EQ(result.taken_back[0].why, "web breaks by f");
  EXPECT_EQ(result.attempts.back().why, "without \"f\"");
  EXPECT_LE(fake.runs, 7U);  // all, none, three halvings, and the last
}

TEST(Search, TakesBackTwoThatBreakApart) {
  Fake fake;
  for (const char* rule : {"a", "b", "c", "d", "e", "f"}) fake.fixes.push_back(Fake::fix(rule));
  fake.breaks = {"b", "e"};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"a", "c", "d", "f"}));
  EXPECT_EQ(result.taken_back.size(), 2U);
}

TEST(Search, TriesTheNextBestFormFirst) {
  Fake fake{.fixes = {Fake::fix("a"), Fake::fix("b")}, .breaks = {"a"}};
  fake.forms = {{"a", 3}};
  fake.good_form = {{"a", 2}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(result.choice.passed_over.at({"a", kWeb}), 2U);
  ASSERT_EQ(result.taken_back.size(), 1U);
  EXPECT_EQ(result.taken_back[0].tried.back(), "kept as: does a");
  EXPECT_TRUE(result.choice.excluded.empty());
}

TEST(Search, TakesBackWhenNoFormWorks) {
  Fake fake{.fixes = {Fake::fix("a"), Fake::fix("b")}, .breaks = {"a"}};
  fake.forms = {{"a", 2}};
  fake.good_form = {{"a", 7}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"b"}));
  EXPECT_TRUE(result.choice.passed_over.empty());
}

TEST(Search, LooksAtTheFixesOfTheBrokenServiceOnly) {
  Fake fake{.fixes = {Fake::fix("x", kDb), Fake::fix("y", kDb), Fake::fix("a"), Fake::fix("b")}, .breaks = {"b"}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"x", "y", "a"}));
  for (const Attempt& attempt : result.attempts) EXPECT_GE(attempt.fixes, 2U) << attempt.why;
}

TEST(Search, LooksElsewhereWhenItIsNoneOfThem) {
  Fake fake{.fixes = {Fake::fix("x", kDb), Fake::fix("a"), Fake::fix("b")}, .breaks_elsewhere = {"a"}};
  const SearchResult result = fake.search();
  EXPECT_TRUE(result.works);
  EXPECT_EQ(rules_of(result.run), (std::vector<std::string>{"x", "b"}));
}

TEST(Search, SaysWhenItWorksWithoutFixesNeither) {
  Fake fake{.fixes = {Fake::fix("a"), Fake::fix("b")}, .flaky = true};
  const SearchResult result = fake.search();
  EXPECT_FALSE(result.works);
  EXPECT_EQ(result.why, "it does not work as before even without fixes");
  EXPECT_EQ(result.regressions.size(), 1U);
}

TEST(Search, StopsAtItsLimits) {
  Fake fake;
  for (const char* rule : {"a", "b", "c", "d", "e", "f"}) fake.fixes.push_back(Fake::fix(rule));
  fake.breaks = {"a", "b", "c", "d", "e"};
  SearchLimits limits;
  limits.attempts = 4;
  const SearchResult result = fake.search(limits);
  EXPECT_LE(fake.runs, 8U);
  EXPECT_FALSE(result.works);
  EXPECT_EQ(result.why, "the limits of time or attempts were reached");
}

TEST(Search, AnErrorEndsIt) {
  Fake fake{.fixes = {Fake::fix("a")}};
  const TryRun broken = [](const FixRun&) -> Result<Outcome> { return fail(ErrorCode::network, "engine", "is gone"); };
  const Concerns concerns = [](const Applied&, const std::string&) { return true; };
  const auto result = search(fake.make(), broken, concerns, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().why, "is gone");
}

}  // namespace
}  // namespace oakum::trial
