// A line of docker run with words that are not known: what is missing on it may be in them.
#include <algorithm>
#include <string_view>

#include <gtest/gtest.h>

#include "model/subjects.h"
#include "rules/kit/judge.h"
#include "rules/workload/table.h"

namespace oakum::rules {
namespace {

// `docker run … nginx`, as far as rules about missing parts care; `words` stand where flags may.
Subjects run_line(std::string_view words, bool known) {
  Subjects subjects;
  Workload workload;
  workload.surface = Surface::run_command;
  workload.subject = "docker run";
  workload.origin = {Surface::run_command, 0, {0, 10, 1, 1, 1, 11}, {}};
  const Origin where{Surface::run_command, 0, {11, 16, 1, 12, 1, 17}, {}};
  workload.cap_drop.add("NET_RAW", where);
  workload.unmodelled.add({std::string(words), {}}, where, known);
  subjects.workloads.push_back(std::move(workload));
  return subjects;
}

Outcome outcome_of(std::string_view id, const Subjects& subjects) {
  Outcome outcome;
  const auto rules = workload_rules();
  const auto rule = std::ranges::find_if(rules, [&](const Rule* each) { return each->info.id == id; });
  if (rule == rules.end()) {
    ADD_FAILURE() << "no rule " << id;
  } else {
    evaluate(**rule, subjects, {}, outcome);
  }
  return outcome;
}

class MissingPart : public testing::TestWithParam<const char*> {};

TEST_P(MissingPart, IsNotClaimedOfWordsThatAreNotKnown) {
  const Outcome outcome = outcome_of(GetParam(), run_line("$OPTS", false));
  EXPECT_TRUE(outcome.findings.empty());
  ASSERT_EQ(outcome.not_evaluated.size(), 1U);
  EXPECT_NE(outcome.not_evaluated[0].why.find("\"$OPTS\""), std::string::npos);
}

TEST_P(MissingPart, IsClaimedOfFlagsThatMerelyHaveNoMeaningHere) {
  for (const char* flag : {"--detach", "--no-such-flag"}) {
    const Outcome outcome = outcome_of(GetParam(), run_line(flag, false));
    EXPECT_EQ(outcome.findings.size(), 1U) << flag;
    EXPECT_TRUE(outcome.not_evaluated.empty()) << flag;
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, MissingPart,
                         testing::Values("cap-drop-all", "cpu-limit", "mem-limit", "no-new-privileges", "pids-limit",
                                         "read-only-rootfs"));

}  // namespace
}  // namespace oakum::rules
