// Every remedy has cases: each input, fixed as a user would fix it, is byte for byte what the case says, reads back
// without the finding and without a new one, and is left alone when it is fixed again.
#include <algorithm>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/text.h"
#include "check/config.h"
#include "check/image_case.h"
#include "check/pragma.h"
#include "fix/all/plan.h"
#include "fix/run/fix_case.h"
#include "fix/run/run.h"
#include "fix/run/save.h"
#include "rules/all/all.h"

namespace oakum::fix {
namespace {

namespace fs = std::filesystem;

struct SurfaceFile {
  std::string_view surface;
  Surface is;
  check::FileKind kind;
  std::string_view name;
};
constexpr SurfaceFile kFiles[] = {
    {"dockerfile", Surface::dockerfile, check::FileKind::dockerfile, "Dockerfile"},
    {"compose", Surface::compose, check::FileKind::compose, "compose.yaml"},
    {"kubernetes", Surface::kubernetes, check::FileKind::kubernetes, "pod.yaml"},
    {"run-command", Surface::run_command, check::FileKind::run_lines, "run.sh"},
};

std::string cases_of(std::string_view rule) {
  return std::string(OAKUM_SOURCE_DIR) + "/tests/fix/cases/" + std::string(rule) + ".md";
}

// A case on disk, in a directory of its own.
class Project {
 public:
  Project(const FixCase& made, const SurfaceFile& row, const rules::Rule& rule)
      : made_(made), row_(row), directory_(*TemporaryDirectory::create("oakum-fix")) {
    for (const auto& [name, content] : made.before) {
      if (!is_file(name)) continue;
      const std::string path = path_of(name);
      fs::create_directories(fs::path(path).parent_path());
      EXPECT_TRUE(write_file_atomically(path, content).has_value()) << path;
    }
    auto selection = check::select_rules(
        rule.info.grade == rules::Grade::recommended ? check::Profile::recommended : check::Profile::strict, {}, {});
    EXPECT_TRUE(selection.has_value());
    request_.plan.selection = std::move(*selection);
    request_.plan.shellcheck = false;
    request_.plan.threads = 1;
    request_.plan.resolve = [this](check::Unit& unit) { add_images(unit); };
    request_.plan.suppress = [](const Subjects& subjects, std::vector<Finding>& findings,
                                std::vector<std::string>& notes) {
      check::apply_pragmas(subjects, {}, findings, notes);
    };
    request_.options.unsafe = true;
    if (made.before.contains("digests"))
      request_.options.digest_of = [this](const ImageReference& image) { return digest_of(image); };
    request_.wants = [&rule](const Finding& finding) { return finding.rule == rule.info.id; };
    read_settings();
  }

  std::string path_of(std::string_view name) const {
    if (!name.empty()) return directory_.path() + "/" + std::string(name);
    return directory_.path() + "/" + made_.directory + (made_.directory.empty() ? "" : "/") + std::string(row_.name);
  }

  Outcome fix() {
    check::Pending pending;
    pending.kind = row_.kind;
    pending.unit.kind = check::target_kind(row_.kind);
    pending.unit.name = path_of("");
    pending.unit.paths = {path_of("")};
    request_.pending = {pending};
    return run(request_);
  }

 private:
  static bool is_file(std::string_view name) { return !name.starts_with("image:") && name != "digests"; }

  void read_settings() {
    const auto text = made_.before.find(".oakum.yaml");
    if (text == made_.before.end()) return;
    check::Config config;
    EXPECT_TRUE(check::read_config(".oakum.yaml", text->second, config).has_value());
    request_.plan.settings = config.settings;
  }

  void add_images(check::Unit& unit) const {
    for (const auto& [name, content] : made_.before) {
      if (!name.starts_with("image:")) continue;
      auto facts = check::image_of_case(content);
      ASSERT_TRUE(facts.has_value()) << facts.error().message();
      unit.subjects.known_images.insert_or_assign(name.substr(6), std::move(*facts));
    }
  }

  // Lines "nginx:1.27 sha256:…".
  Result<std::string> digest_of(const ImageReference& image) const {
    for (std::string_view line : split(made_.before.at("digests"), '\n')) {
      const std::string_view name = next_field(line, ' ');
      if (name == image.text) return std::string(trim(line));
    }
    return fail(ErrorCode::not_found, image.text, "is not in the case's registry");
  }

  const FixCase& made_;
  const SurfaceFile& row_;
  TemporaryDirectory directory_;
  Request request_;
};

std::string texts_of(const std::vector<Finding>& findings) {
  std::string all;
  for (const Finding& finding : findings)
    all += "\n  " + finding.rule + ": " + finding.message + ": " + (finding.fix.plan ? finding.fix.plan->refused : "");
  return all.empty() ? " nothing" : all;
}

void expect_files(const FixCase& made, const Project& project, const Outcome& outcome) {
  std::set<std::string> changed;
  for (const FileChange& file : outcome.files) {
    const Status saved = save(file);
    ASSERT_TRUE(saved.has_value()) << saved.error().message();
    changed.insert(file.path);
  }
  for (const auto& [name, expected] : made.after) {
    const auto text = read_file(project.path_of(name), 1 << 20);
    ASSERT_TRUE(text.has_value()) << text.error().message() << "; refused:" << texts_of(outcome.refused);
    EXPECT_EQ(*text, expected) << "file \"" << name << "\"; refused:" << texts_of(outcome.refused);
    changed.erase(project.path_of(name));
  }
  EXPECT_THAT(changed, testing::IsEmpty()) << "changed, but the case does not say so";
}

void run_fix(const FixCase& made, const SurfaceFile& row, const rules::Rule& rule) {
  Project project(made, row, rule);
  const Outcome outcome = project.fix();
  for (const Target& target : outcome.before) {
    for (const Error& error : target.errors) ADD_FAILURE() << "the case does not read: " << error.message();
  }
  if (made.refused) {
    EXPECT_THAT(outcome.files, testing::IsEmpty()) << "refused, and yet there is an edit";
    for (const std::string& reason : made.reasons) {
      EXPECT_TRUE(std::ranges::any_of(
          outcome.refused,
          [&](const Finding& finding) { return finding.fix.plan->refused.find(reason) != std::string::npos; }))
          << "no refusal says \"" << reason << "\", but:" << texts_of(outcome.refused);
    }
    return;
  }
  ASSERT_FALSE(outcome.fixed.empty()) << "nothing was fixed; refused:" << texts_of(outcome.refused);
  ASSERT_NO_FATAL_FAILURE(expect_files(made, project, outcome));
  const Outcome again = project.fix();
  EXPECT_THAT(again.files, testing::IsEmpty()) << "fixing again changes it again";
}

// A rule that promises a fix has a remedy on each surface whose text can be edited; and each remedy has on each of its
// surfaces a case of a fix, and one of a text that is better left alone.
class EveryFix : public testing::TestWithParam<const rules::Rule*> {};

bool promises(const rules::Rule& rule) {
  return rule.info.fix == FixSafety::safe || rule.info.fix == FixSafety::unsafe;
}

// Where a remedy does no more than tell what to do by hand, and why it cannot do it.
struct OnlyTold {
  std::string_view rule;
  Surface surface;
  std::string_view why;
};
constexpr OnlyTold kOnlyTold[] = {
    {"default-bridge", Surface::run_command, "the network has to be made before the line runs"},
    {"healthcheck", Surface::run_command, "commands that tell have blanks, and a line takes no words with quotes"},
    {"ports-privileged", Surface::dockerfile, "the program's own configuration says where it listens"},
    {"runtime-socket", Surface::kubernetes, "a program wants rights in the cluster instead, which a Role gives"},
    {"runtime-socket", Surface::run_command, "the proxy has to be started before the line runs"},
    {"secret-in-build-arg", Surface::compose, "the Dockerfile has to ask for it, as its own finding does"},
    {"secret-in-env", Surface::run_command, "its file has to be written before the line runs"},
    {"sudo", Surface::compose, "the image has to choose the user that the command needs"},
    {"sudo", Surface::kubernetes, "the image has to choose the user that the command needs"},
    {"sudo", Surface::run_command, "the image has to choose the user that the command needs"},
};

const OnlyTold* only_told(std::string_view rule, Surface surface) {
  const auto* found =
      std::ranges::find_if(kOnlyTold, [&](const OnlyTold& row) { return row.rule == rule && row.surface == surface; });
  return found == std::end(kOnlyTold) ? nullptr : found;
}

bool has_case(const FixCaseFile& file, std::string_view surface, bool refused) {
  return std::ranges::any_of(file.cases,
                             [&](const FixCase& made) { return made.surface == surface && made.refused == refused; });
}

void expect_cases(const rules::Rule& rule, const SurfaceFile& row, const FixCaseFile& file) {
  SCOPED_TRACE("tests/fix/cases/" + std::string(rule.info.id) + ".md");
  const OnlyTold* told = only_told(rule.info.id, row.is);
  if (told == nullptr) {
    EXPECT_TRUE(has_case(file, row.surface, false)) << "no `## fix " << row.surface << "`";
  } else {
    EXPECT_FALSE(has_case(file, row.surface, false)) << "it does more than tell on " << row.surface;
  }
  EXPECT_TRUE(has_case(file, row.surface, true))
      << "no `## refuse " << row.surface << "`: find a text that a careful engineer would leave alone";
}

TEST_P(EveryFix, IsThereOnEachSurfaceAndDoesWhatItsCasesSay) {
  const rules::Rule& rule = *GetParam();
  FixCaseFile file;
  if (const auto text = read_file(cases_of(rule.info.id), 1 << 20)) {
    file = parse_fix_cases(*text);
    EXPECT_EQ(file.rule, rule.info.id);
    EXPECT_THAT(file.problems, testing::IsEmpty());
  }
  for (const SurfaceFile& row : kFiles) {
    const bool has_remedy = find_remedy(rule.info.id, row.is) != nullptr;
    const bool is_due = promises(rule) && rule.info.surfaces.has(row.is);
    EXPECT_TRUE(has_remedy || !is_due) << "no remedy on " << row.surface << ", but its fix is called "
                                       << to_string(rule.info.fix);
    if (has_remedy && rule.info.surfaces.has(row.is)) expect_cases(rule, row, file);
    const bool has_any = has_case(file, row.surface, false) || has_case(file, row.surface, true);
    EXPECT_TRUE(promises(rule) || !has_any || has_remedy) << "cases without a remedy on " << row.surface;
  }
  for (const FixCase& made : file.cases) {
    SCOPED_TRACE("tests/fix/cases/" + std::string(rule.info.id) + ".md:" + std::to_string(made.at) + ": " + made.title);
    const auto* row = std::ranges::find(kFiles, made.surface, &SurfaceFile::surface);
    ASSERT_NE(row, std::end(kFiles)) << "no such surface: " << made.surface;
    run_fix(made, *row, rule);
  }
}

TEST(OnlyTold, IsSaidWhereThereIsARemedy) {
  for (const OnlyTold& row : kOnlyTold) {
    const auto all = rules::all_rules();
    const auto found = std::ranges::find_if(all, [&](const rules::Rule* rule) { return rule->info.id == row.rule; });
    ASSERT_NE(found, all.end()) << row.rule;
    EXPECT_TRUE(find_remedy(row.rule, row.surface) != nullptr && (*found)->info.surfaces.has(row.surface)) << row.rule;
    EXPECT_FALSE(row.why.empty()) << row.rule;
  }
}

std::string test_name(const testing::TestParamInfo<const rules::Rule*>& info) {
  std::string name(info.param->info.id);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixes, EveryFix, testing::ValuesIn(rules::all_rules()), test_name);

}  // namespace
}  // namespace oakum::fix
