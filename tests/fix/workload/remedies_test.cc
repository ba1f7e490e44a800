// What the cases of tests/fix/cases cannot say: what a trial run found, and the ways that follow the first.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fix/kit/remedy.h"
#include "fix/workload/table.h"

namespace oakum::fix {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Remedies : public testing::Test {
 protected:
  Remedies() {
    Workload workload;
    workload.surface = Surface::compose;
    workload.subject = "service \"web\"";
    workload.name = "web";
    subjects_.workloads.push_back(std::move(workload));
  }

  Workload& web() { return subjects_.workloads.front(); }
  void runs(std::string_view image) { web().image.state(parse_image_reference(image), place(5)); }

  static Origin place(std::uint32_t line) {
    return {.surface = Surface::compose, .source = 0, .span = {.begin = line * 10, .end = line * 10 + 5, .line = line}};
  }

  Planned plan(std::string_view rule, const Origin& at = {}) {
    const auto remedies = workload_remedies();
    const auto found = std::ranges::find(remedies, rule, &Remedy::rule);
    if (found == remedies.end()) return refuse("no such remedy");
    Finding finding;
    finding.rule = rule;
    finding.subject = web().subject;
    finding.workload = 0;
    finding.origin = at;
    return (*found)->plan(finding, {subjects_, options_});
  }

  // "set user 999:999", "add cap_add CHOWN"
  static std::vector<std::string> texts(const Planned& planned, Key key) {
    std::vector<std::string> result;
    if (!planned) return {planned.error().why};
    for (const Change& change : planned->changes) {
      if (change.key != key) continue;
      if (const auto* text = std::get_if<std::string>(&change.value)) result.push_back(*text);
      if (const auto* mount = std::get_if<Mount>(&change.value)) result.push_back(mount->target);
    }
    return result;
  }

  Needs& found() { return options_.needs[web().subject]; }
  void pass_over(std::string_view rule, std::size_t count) {
    options_.passed_over[{std::string(rule), web().subject}] = count;
  }

  Subjects subjects_;
  Options options_;
};

TEST_F(Remedies, AreSortedByRule) { EXPECT_TRUE(std::ranges::is_sorted(workload_remedies(), {}, &Remedy::rule)); }

TEST_F(Remedies, WhatATrialFoundGoesBeforeWhatIsKnownOfTheImage) {
  runs("nginx:1.27");
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), ElementsAre("CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"));
  found().capabilities = {"SETUID"};
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), ElementsAre("SETUID"));
}

TEST_F(Remedies, DroppingAllHasASecondWayAndThenNone) {
  runs("registry.example.org/shop:1.2");
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), IsEmpty());
  pass_over("cap-drop-all", 1);
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), Contains("SETUID"));
  pass_over("cap-drop-all", 2);
  ASSERT_FALSE(plan("cap-drop-all"));
  EXPECT_THAT(plan("cap-drop-all").error().why, HasSubstr("did not let it run"));
}

TEST_F(Remedies, WhatIsAddedAlreadyIsNotAddedTwice) {
  runs("nginx:1.27");
  web().cap_add.add("cap_setuid", place(7));
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), ElementsAre("CHOWN", "NET_BIND_SERVICE", "SETGID"));
}

TEST_F(Remedies, AStatedUserNeedsNoCapabilities) {
  runs("nginx:1.27");
  web().user.state("101", place(7));
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), IsEmpty());
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::user), IsEmpty());
}

TEST_F(Remedies, ADirectoryOfTheHostIsMadeItsOwnFirst) {
  runs("redis:7.4");
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::user), ElementsAre("999:999"));
  Mount data;
  data.kind = MountKind::bind;
  data.source = "/srv/redis";
  data.target = "/data";
  web().mounts.add(data, place(7));
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::user), IsEmpty());
  EXPECT_THAT(texts(plan("cap-drop-all"), Key::cap_add), ElementsAre("CHOWN", "SETGID", "SETUID"));
}

TEST_F(Remedies, ACapabilityThatWasSeenInUseStays) {
  web().cap_add.add("CAP_SYS_PTRACE", place(7));
  EXPECT_TRUE(plan("cap-dangerous", place(7)));
  found().capabilities = {"SYS_PTRACE"};
  ASSERT_FALSE(plan("cap-dangerous", place(7)));
  EXPECT_THAT(plan("cap-dangerous", place(7)).error().why, HasSubstr("SYS_PTRACE"));
}

TEST_F(Remedies, WhatWasSeenWrittenGetsATmpfs) {
  runs("registry.example.org/shop:1.2");
  EXPECT_THAT(texts(plan("read-only-rootfs"), Key::mounts), ElementsAre("/tmp"));
  found().written = {"/srv/cache"};
  Mount tmp;
  tmp.kind = MountKind::tmpfs;
  tmp.target = "/tmp";
  web().mounts.add(tmp, place(7));
  EXPECT_THAT(texts(plan("read-only-rootfs"), Key::mounts), ElementsAre("/srv/cache"));
  runs("cassandra:5");
  EXPECT_TRUE(plan("read-only-rootfs")) << "the trial says what it writes";
}

TEST_F(Remedies, UsersThatWereFoundGoBeforeThoseThatAreKnown) {
  runs("postgres:16");
  EXPECT_THAT(texts(plan("user-root"), Key::user), ElementsAre("999:999"));
  found().user = "1234:1234";
  EXPECT_THAT(texts(plan("user-root"), Key::user), ElementsAre("1234:1234"));
  found().root = true;
  ASSERT_FALSE(plan("user-root"));
  EXPECT_THAT(plan("user-root").error().why, HasSubstr("root"));
}

TEST_F(Remedies, WithoutASocketItHasToDoWhenTheProxyDidNotDo) {
  runs("traefik:3.1");
  Mount socket;
  socket.kind = MountKind::bind;
  socket.source = socket.target = "/var/run/docker.sock";
  web().mounts.add(socket, place(7));
  pass_over("runtime-socket", 1);
  const Planned planned = plan("runtime-socket", place(7));
  ASSERT_TRUE(planned);
  ASSERT_EQ(planned->changes.size(), 1U);
  EXPECT_EQ(planned->changes.front().act, Change::Act::remove);
}

TEST_F(Remedies, WhatIsPublishedEverywhereIsPublishedNear) {
  PublishedPort port;
  port.container_first = port.container_last = 5432;
  web().ports.add(port, place(7));
  const Planned planned = plan("database-port-published", place(7));
  ASSERT_TRUE(planned);
  EXPECT_EQ(std::get<PublishedPort>(planned->changes.front().value).host_ip, "127.0.0.1");
  EXPECT_FALSE(plan("database-port-published", place(8))) << "no such port";
}

TEST_F(Remedies, AProjectIsCalledAsItsDirectory) {
  const auto text_for = [this](std::string path, std::string text) -> std::string {
    subjects_.sources.clear();
    const std::uint32_t number = subjects_.add_source(std::move(path), std::move(text));
    const Planned planned = plan("project-name", {.surface = Surface::compose, .source = number});
    if (!planned) return "refused: " + planned.error().why;
    const Edit& edit = planned->edits.front();
    return std::to_string(edit.span.begin) + " " + edit.text;
  };
  EXPECT_EQ(text_for("src/My.Shop_2/compose.yaml", "services: {}\n"), "0 name: myshop_2\n");
  EXPECT_EQ(text_for("shop/compose.yaml", "# The shop.\r\n\r\nservices: {}\r\n"), "15 name: shop\r\n");
  EXPECT_EQ(text_for("shop/compose.yaml", "---\nservices: {}\n"), "4 name: shop\n");
  EXPECT_THAT(text_for("compose.yaml", "services: {}\n"), HasSubstr("refused"));
  EXPECT_THAT(text_for("./compose.yaml", "services: {}\n"), HasSubstr("refused"));
  EXPECT_THAT(text_for("shop/compose.yaml", "{services: {}}\n"), HasSubstr("refused"));
}

TEST_F(Remedies, NothingIsPlannedForWhatWasNotRead) {
  subjects_.workloads.clear();
  subjects_.workloads.emplace_back().subject = "service \"other\"";
  Finding finding;
  finding.rule = "mem-limit";
  finding.subject = "service \"web\"";
  for (const Remedy* remedy : workload_remedies()) {
    if (remedy->rule != "mem-limit") continue;
    EXPECT_FALSE(remedy->plan(finding, {subjects_, options_}));
  }
}

}  // namespace
}  // namespace oakum::fix
