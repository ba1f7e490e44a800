#include "trial/compare.h"

#include <gtest/gtest.h>

namespace oakum::trial {
namespace {

Observation up() {
  Observation seen;
  seen.service = "web";
  seen.subject = "service \"web\"";
  seen.state = "running";
  seen.health = "healthy";
  seen.ports = {{"tcp", 80}, {"tcp", 443}};
  seen.probes = {{"web", "test -e /x", true, "status 0"}};
  return seen;
}

std::vector<std::string> worse(const Observation& before, const Observation& after) {
  std::vector<std::string> told;
  for (const Regression& one : compare_service(before, after)) told.push_back(one.what);
  return told;
}
using Told = std::vector<std::string>;

TEST(Compare, NothingIsWorseWhenNothingChanged) { EXPECT_EQ(worse(up(), up()), Told{}); }

TEST(Compare, AnEnd) {
  Observation after = up();
  after.state = "exited";
  after.exit_code = 1;
  after.probes[0] = {"web", "test -e /x", false, "its container does not run"};
  EXPECT_EQ(worse(up(), after), (Told{"exits, status 1", "probe \"test -e /x\" fails: its container does not run"}));
  after.out_of_memory = true;
  EXPECT_EQ(worse(up(), after).front(), "was killed: out of memory");
  after.out_of_memory = false;
  after.state = "restarting";
  EXPECT_EQ(worse(up(), after).front(), "restarts again and again, status 1");
}

TEST(Compare, ARefusalIsAllThatIsTold) {
  Observation after = up();
  after.failure = "exec: operation not permitted";
  EXPECT_EQ(worse(up(), after), (Told{"does not start: exec: operation not permitted"}));
}

TEST(Compare, HealthPortsAndProbes) {
  Observation after = up();
  after.health = "unhealthy";
  after.ports = {{"tcp", 443}};
  after.probes[0].passed = false;
  after.probes[0].said = "status 1";
  EXPECT_EQ(worse(up(), after),
            (Told{"is unhealthy", "does not listen on tcp 80", "probe \"test -e /x\" fails: status 1"}));
  after.health = "starting";
  EXPECT_EQ(worse(up(), after).front(), "is not healthy in time");
}

TEST(Compare, PortsThatAreNotPublishedAnyMore) {
  Observation after = up();
  after.cut_off = true;
  EXPECT_EQ(worse(up(), after), (Told{"publishes no port: all its networks are internal"}));
  EXPECT_EQ(worse(after, after), Told{});
}

TEST(Compare, PortsThatCouldNotBeSeenAreNotLost) {
  Observation after = up();
  after.ports.reset();
  EXPECT_EQ(worse(up(), after), Told{});
}

TEST(Compare, AJobThatEndsBadly) {
  Observation before = up(), after = up();
  before.state = after.state = "exited";
  before.ports = after.ports = std::vector<ListeningPort>{};
  after.exit_code = 2;
  EXPECT_EQ(worse(before, after).front(), "ends with status 2 instead of 0");
  before.exit_code = 3;
  EXPECT_EQ(worse(before, after), Told{});
}

TEST(Compare, NewErrorsOfTheLog) {
  Observation before = up(), after = up();
  before.errors = {{"permission", "12:00 /a: Permission denied", "/a", {}}};
  after.errors = {{"permission", "12:07 /a: Permission denied", "/a", {}}};
  EXPECT_EQ(worse(before, after), Told{}) << "only its time is new";
  after.errors.push_back({"read-only", "/b: Read-only file system", "/b", {}});
  const auto found = compare_service(before, after);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, "logs what it did not before");
  EXPECT_EQ(found[0].cause, "/b: Read-only file system");
}

TEST(Compare, WhatIsBetterOrUntriedIsNoRegression) {
  Observation before = up();
  before.state = "exited";
  before.exit_code = 1;
  before.health = "";
  EXPECT_EQ(worse(before, up()), Told{});
  before = up();
  before.tried = false;
  EXPECT_EQ(worse(before, up()), Told{});
  before = up();
  before.failure = "no such image";
  Observation after = up();
  after.failure = "no such image";
  EXPECT_EQ(worse(before, after), Told{});
}

TEST(Compare, AServiceThatIsGone) {
  Side before, after;
  before.services.push_back(up());
  const auto found = compare(before, after);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, "is not there any more");
}

TEST(Compare, WantsWhatWasWrittenWhenTheErrorNamesNoPlace) {
  Observation before = up(), after = up();
  before.written = {"/var/lib/app"};
  after.errors = {{"read-only", "mkdir: '/var/': Read-only file system", "/var/", {}}};
  EXPECT_EQ(wants_after(before, after).written, (std::set<std::string>{"/var/lib/app"}));
  after.wants.written = {"/run"};
  EXPECT_EQ(wants_after(before, after).written, (std::set<std::string>{"/run"}));
  after.errors.clear();
  after.wants.written.clear();
  EXPECT_TRUE(wants_after(before, after).written.empty());
}

}  // namespace
}  // namespace oakum::trial
