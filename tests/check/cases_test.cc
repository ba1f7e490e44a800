// Walks the rule table: every rule has a page's worth of metadata and cases on each of its surfaces, and every case,
// read as a user's file is, gives exactly the findings it states.
#include <algorithm>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "check/case_file.h"
#include "check/config.h"
#include "check/image_case.h"
#include "check/kernel_case.h"
#include "check/unit.h"
#include "rules/all/all.h"
#include "rules/kit/judge.h"

namespace oakum::check {
namespace {

constexpr std::pair<std::string_view, Surface> kSurfaces[] = {
    {"dockerfile", Surface::dockerfile},   {"image", Surface::image},
    {"compose", Surface::compose},         {"kubernetes", Surface::kubernetes},
    {"run-command", Surface::run_command}, {"container", Surface::container},
};

struct SurfaceFile {
  std::string_view surface;
  FileKind kind;
  std::string_view name;
};
constexpr SurfaceFile kFiles[] = {
    {"dockerfile", FileKind::dockerfile, "Dockerfile"}, {"compose", FileKind::compose, "compose.yaml"},
    {"kubernetes", FileKind::kubernetes, "pod.yaml"},   {"run-command", FileKind::run_lines, "run.sh"},
    {"container", FileKind::inspect, "inspect.json"},
};

std::string case_path(std::string_view rule) {
  return std::string(OAKUM_SOURCE_DIR) + "/tests/rules/cases/" + std::string(rule) + ".md";
}

std::string where(const rules::Rule& rule, const RuleCase& made) {
  return "tests/rules/cases/" + std::string(rule.info.id) + ".md:" + std::to_string(made.at) + ": " + made.title;
}

void add_kernel(const RuleCase& made, Subjects& subjects) {
  for (const auto& [name, content] : made.files) {
    if (name != "kernel.json") continue;
    auto facts = kernel_of_case(content);
    ASSERT_TRUE(facts.has_value()) << facts.error().message();
    for (Workload& workload : subjects.workloads) workload.kernel = *facts;
  }
}

// An image named by FROM or `image:` that is "here": files called image:NAME hold an image case.
void add_known_images(const RuleCase& made, Subjects& subjects) {
  for (const auto& [name, content] : made.files) {
    if (!name.starts_with("image:")) continue;
    auto facts = image_of_case(content);
    ASSERT_TRUE(facts.has_value()) << facts.error().message();
    subjects.known_images.emplace(name.substr(6), std::move(*facts));
  }
}

void read_case(const RuleCase& made, Subjects& subjects) {
  if (made.surface == "image") {
    auto facts = image_of_case(made.input);
    ASSERT_TRUE(facts.has_value()) << facts.error().message();
    subjects.images.push_back(std::move(*facts));
    return;
  }
  const auto* row = std::ranges::find(kFiles, made.surface, &SurfaceFile::surface);
  ASSERT_NE(row, std::end(kFiles)) << "no such surface: " << made.surface;
  auto directory = TemporaryDirectory::create("oakum-case");
  ASSERT_TRUE(directory.has_value());
  const std::string main = directory->path() + "/" + std::string(row->name);
  for (const auto& [name, content] : made.files) {
    if (name.starts_with("image:")) continue;
    const std::string path = directory->path() + "/" + name;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    ASSERT_TRUE(write_file_atomically(path, content).has_value());
  }
  ASSERT_TRUE(write_file_atomically(main, made.input).has_value());
  read_text(row->kind, main, made.input, {}, subjects);
  add_kernel(made, subjects);
  add_known_images(made, subjects);
}

// A case may bring a configuration, as a project does.
rules::Settings settings_of(const RuleCase& made) {
  Config config;
  for (const auto& [name, content] : made.files) {
    if (name != ".oakum.yaml") continue;
    const Status status = read_config(name, content, config);
    EXPECT_TRUE(status.has_value()) << status.error().message();
    EXPECT_THAT(config.errors, testing::IsEmpty());
  }
  return config.settings;
}

std::string shown(const Finding& finding) {
  std::string text = std::to_string(finding.origin.span.line) + ":" + std::to_string(finding.origin.span.column);
  for (const std::string& alias : finding.aliases) text += " " + alias;
  return text + " \"" + finding.message + "\"";
}

bool matches(const ExpectedFinding& expected, const Finding& finding) {
  const Span& span = finding.origin.span;
  if (expected.line != span.line || (expected.column != 0 && expected.column != span.column)) return false;
  if (finding.message.find(expected.message) == std::string::npos) return false;
  return std::ranges::all_of(expected.aliases, [&](const std::string& alias) {
    return std::ranges::find(finding.aliases, alias) != finding.aliases.end();
  });
}

void run_case(const rules::Rule& rule, const RuleCase& made) {
  SCOPED_TRACE(where(rule, made));
  Subjects subjects;
  ASSERT_NO_FATAL_FAILURE(read_case(made, subjects));
  for (const Error& error : subjects.errors) ADD_FAILURE() << "the case does not read: " << error.message();
  rules::Outcome outcome;
  rules::evaluate(rule, subjects, settings_of(made), outcome);
  std::vector<Finding> left = outcome.findings;
  for (const ExpectedFinding& expected : made.expected) {
    const auto found = std::ranges::find_if(left, [&](const Finding& finding) { return matches(expected, finding); });
    if (found == left.end()) {
      ADD_FAILURE() << "line " << expected.at << " expects " << expected.line << ":" << expected.column << " "
                    << expected.message;
    } else {
      left.erase(found);
    }
  }
  for (const Finding& finding : left) ADD_FAILURE() << "not expected: " << shown(finding);
}

bool has_case(const CaseFile& file, RuleCase::Kind kind, std::string_view surface) {
  return std::ranges::any_of(file.cases,
                             [&](const RuleCase& made) { return made.kind == kind && made.surface == surface; });
}

class EveryRule : public testing::TestWithParam<const rules::Rule*> {};

TEST_P(EveryRule, HasCasesOnEachOfItsSurfacesAndTheyHold) {
  const rules::Rule& rule = *GetParam();
  const auto text = read_file(case_path(rule.info.id), 1 << 20);
  ASSERT_TRUE(text.has_value()) << text.error().message();
  const CaseFile file = parse_case_file(*text);
  EXPECT_THAT(file.problems, testing::IsEmpty());
  EXPECT_EQ(file.rule, rule.info.id);
  for (const auto& [name, surface] : kSurfaces) {
    if (!rule.info.surfaces.has(surface)) continue;
    EXPECT_TRUE(has_case(file, RuleCase::Kind::bad, name)) << "no bad case on " << name;
    EXPECT_TRUE(has_case(file, RuleCase::Kind::good, name)) << "no good case on " << name;
  }
  EXPECT_TRUE(std::ranges::any_of(file.cases, [](const RuleCase& made) { return made.kind == RuleCase::Kind::near; }))
      << "no near miss";
  for (const RuleCase& made : file.cases) {
    if (made.kind == RuleCase::Kind::bad) {
      EXPECT_FALSE(made.expected.empty()) << where(rule, made) << ": a bad case that expects nothing";
    } else {
      EXPECT_TRUE(made.expected.empty()) << where(rule, made) << ": a good case that expects findings";
    }
    run_case(rule, made);
  }
}

// What the page of a rule shows as bad and good is what the rule says of it, where Docker Hub is trusted.
TEST_P(EveryRule, FindsFaultWithItsBadExampleAndNoneWithItsGoodOne) {
  const rules::Rule& rule = *GetParam();
  for (const bool is_bad : {true, false}) {
    const rules::Example& example = is_bad ? rule.info.bad : rule.info.good;
    const auto* name = std::ranges::find(kSurfaces, example.surface, &std::pair<std::string_view, Surface>::second);
    ASSERT_NE(name, std::end(kSurfaces));
    RuleCase made;
    made.surface = name->first;
    made.input = example.text;
    Subjects subjects;
    ASSERT_NO_FATAL_FAILURE(read_case(made, subjects));
    for (const Error& error : subjects.errors) ADD_FAILURE() << error.message();
    rules::Outcome outcome;
    rules::evaluate(rule, subjects, {.trusted_registries = {"docker.io"}}, outcome);
    EXPECT_EQ(!outcome.findings.empty(), is_bad) << (is_bad ? "bad" : "good") << " example:\n" << example.text;
  }
}

std::string test_name(const testing::TestParamInfo<const rules::Rule*>& info) {
  std::string name(info.param->info.id);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryRule, testing::ValuesIn(rules::all_rules()), test_name);

TEST(RuleTable, IdsAreUniqueAndEveryAliasIsSpelledAsItsToolSpellsIt) {
  std::set<std::string_view> ids;
  for (const rules::Rule* rule : rules::all_rules()) {
    EXPECT_TRUE(ids.insert(rule->info.id).second) << rule->info.id << " twice";
  }
}

TEST(RuleTable, NoCaseFileIsLeftOver) {
  for (const auto& entry : std::filesystem::directory_iterator(std::string(OAKUM_SOURCE_DIR) + "/tests/rules/cases")) {
    EXPECT_NE(rules::find_rule(entry.path().stem().string()), nullptr) << entry.path();
  }
}

}  // namespace
}  // namespace oakum::check
