#include "rules/build/run.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace oakum::rules {
namespace {

shell::Command command(std::string_view line, std::uint32_t pipeline = 0) {
  shell::Command result;
  for (const std::string_view word : split(line, ' ')) result.words.push_back({.text = std::string(word)});
  result.program = shell::unwrapped(result);
  result.pipeline = pipeline;
  return result;
}

Instruction run_with_mount(std::string_view type, std::string_view key, std::string_view target) {
  Instruction run;
  run.kind = InstructionKind::run;
  InstructionFlag mount;
  mount.name = "mount";
  mount.options = {{"type", std::string(type)}, {std::string(key), std::string(target)}};
  run.flags.push_back(mount);
  return run;
}

TEST(Mounts, HoldWhatLiesBelowThem) {
  EXPECT_TRUE(is_mounted_away(run_with_mount("cache", "target", "/var/cache/apt"), "/var/cache/apt"));
  EXPECT_TRUE(is_mounted_away(run_with_mount("tmpfs", "dst", "/var/cache/"), "/var/cache/apt"));
  EXPECT_TRUE(is_mounted_away(run_with_mount("cache", "destination", "/"), "/var/cache/apt"));
  EXPECT_FALSE(is_mounted_away(run_with_mount("cache", "target", "/var/cache/apt"), "/var/cache/apt-x"));
  EXPECT_FALSE(is_mounted_away(run_with_mount("cache", "target", "/var/cache/apt/archives"), "/var/cache/apt"));
  EXPECT_FALSE(is_mounted_away(run_with_mount("bind", "target", "/var/cache/apt"), "/var/cache/apt"));
  EXPECT_FALSE(is_mounted_away(run_with_mount("cache", "id", "/var/cache/apt"), "/var/cache/apt"));
}

TEST(Removal, IsRmOfTheDirectoryOrItsContent) {
  const auto removes = [](std::string_view line) {
    const shell::Command made = command(line);
    return removes_below(std::span(&made, 1), "/var/lib/apt/lists");
  };
  EXPECT_TRUE(removes("rm -rf /var/lib/apt/lists/*"));
  EXPECT_TRUE(removes("sudo rm -r /var/lib/apt/lists"));
  EXPECT_TRUE(removes("rm -rf /var/lib/apt"));
  EXPECT_TRUE(removes("find /var/lib/apt/lists -type f -delete"));
  EXPECT_FALSE(removes("find /var/lib/apt/lists -type f"));
  EXPECT_FALSE(removes("rm -rf /var/lib/apt-x"));
  EXPECT_FALSE(removes("ls /var/lib/apt/lists"));
}

TEST(Downloads, AreTold) {
  const auto download = [](std::string_view line) {
    const shell::Command made = command(line);
    const Download result = download_of(made);
    return std::string(result.url->text) + (result.to_file ? " file" : "") + (result.sends ? " sends" : "");
  };
  EXPECT_EQ(download("curl https://h/a"), "https://h/a");
  EXPECT_EQ(download("curl -fsSLo /x https://h/a"), "https://h/a file");
  EXPECT_EQ(download("curl -o/x --url https://h/a"), "https://h/a file");
  EXPECT_EQ(download("curl -o - https://h/a"), "https://h/a");
  EXPECT_EQ(download("curl -O https://h/a"), "https://h/a file");
  EXPECT_EQ(download("curl -d x https://h/a"), "https://h/a sends");
  EXPECT_EQ(download("wget https://h/a"), "https://h/a file");
  EXPECT_EQ(download("wget -qO- https://h/a"), "https://h/a");
  EXPECT_EQ(download("wget -O - h/a"), "h/a");
  EXPECT_EQ(download("wget --post-data=x https://h/a"), "https://h/a file sends");
  EXPECT_EQ(download("curl"), "curl");
}

TEST(Downloads, ToAFileByRedirection) {
  shell::Command made = command("curl https://h/a");
  made.redirections.push_back({">", {.text = "/dev/null"}});
  EXPECT_FALSE(download_of(made).to_file);
  made.redirections.push_back({">", {.text = "/x"}});
  EXPECT_TRUE(download_of(made).to_file);
}

TEST(Shells, ThatReadNoPosixScripts) {
  Instruction run;
  EXPECT_TRUE(is_posix_shell(run));
  run.before.shell = {"/bin/bash", "-c"};
  EXPECT_TRUE(is_posix_shell(run));
  run.before.shell = {R"(C:\Windows\System32\PowerShell.EXE)", "-Command"};
  EXPECT_FALSE(is_posix_shell(run));
  run.before.shell = {"cmd", "/S", "/C"};
  EXPECT_FALSE(is_posix_shell(run));
}

TEST(Pipelines, AreFollowedBackOverSubstitutions) {
  shell::Script script;
  script.commands = {command("a", 1), command("b", 2), command("inner", 3), command("c", 2)};
  script.commands[3].joint = shell::Joint::pipe;
  const auto before = feeding(script.commands[3], script);
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(before.front()->name(), "b");
  EXPECT_TRUE(feeding(script.commands[1], script).empty());
}

}  // namespace
}  // namespace oakum::rules
