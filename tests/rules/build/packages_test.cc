#include "rules/build/packages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "rules/build/unpinned.h"

namespace oakum::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

shell::Command command(std::string_view line) {
  shell::Command result;
  for (const std::string_view word : split(line, ' ')) {
    result.words.push_back({.text = std::string(word), .expands = word.find('$') != std::string_view::npos});
  }
  result.program = shell::unwrapped(result);
  return result;
}

std::vector<std::string> texts(const std::vector<const shell::Word*>& words) {
  std::vector<std::string> result;
  for (const shell::Word* word : words) result.push_back(word->text);
  return result;
}

std::vector<std::string> unpinned_in(std::string_view line) {
  const shell::Command made = command(line);
  const auto call = package_command(made);
  return call && call->installs() ? texts(unpinned(*call)) : std::vector<std::string>{"(no install)"};
}

TEST(PackageCommand, IsFoundBehindWrappersPathsAndPython) {
  for (const auto& [line, tool] :
       {std::pair("sudo -E apt-get install x", "apt-get"), std::pair("sudo A=1 B=2 apt-get install x", "apt-get"),
        std::pair("env A=1 /usr/bin/apt-get install x", "apt-get"), std::pair("python3.11 -m pip install x", "pip"),
        std::pair("pip3.9 install x", "pip"), std::pair("microdnf install x", "microdnf")}) {
    const shell::Command made = command(line);
    const auto call = package_command(made);
    ASSERT_TRUE(call.has_value()) << line;
    EXPECT_EQ(call->tool, tool) << line;
    EXPECT_EQ(call->subcommand, "install") << line;
    EXPECT_THAT(texts(call->arguments.operands), ElementsAre("x")) << line;
  }
}

TEST(PackageCommand, IsNotFoundInOtherPrograms) {
  for (const std::string_view line : {"echo apt-get install x", "python3 -m venv /v", "python3 setup.py install",
                                      "pipx install x", "apt-key add x", "pip-compile x"}) {
    EXPECT_FALSE(package_command(command(line)).has_value()) << line;
  }
  EXPECT_FALSE(package_command(shell::Command{}).has_value());
}

TEST(PackageCommand, KeepsScopesAndValuesApartFromPackages) {
  const shell::Command yarn = command("yarn --cwd /app global add serve");
  const auto call = package_command(yarn);
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->scope, "global");
  EXPECT_EQ(call->subcommand, "add");
  EXPECT_THAT(texts(call->arguments.operands), ElementsAre("serve"));

  const shell::Command apt = command("apt-get -qq -oDebug=1 install -t stable x --option A=b y");
  const auto second = package_command(apt);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->arguments.count("q"), 2U);
  EXPECT_EQ(second->arguments.find({"o", "option"})->value, "A=b");
  EXPECT_EQ(second->arguments.find({"t"})->value, "stable");
  EXPECT_THAT(texts(second->arguments.operands), ElementsAre("x", "y"));
}

TEST(Options, OfACommandThatBreaksOffHaveNoValue) {
  const shell::Command made = command("apt-get install -o");
  const auto call = package_command(made);
  ASSERT_TRUE(call.has_value());
  const Option* option = call->arguments.find({"o"});
  ASSERT_NE(option, nullptr);
  EXPECT_FALSE(option->has_value);
  EXPECT_EQ(option->value_word, nullptr);
}

TEST(Options, AreTakenApartUpToALimit) {
  const std::string cluster = "-" + std::string(100'000, 'q');
  const shell::Command made = command("apt-get " + cluster + " install x");
  const auto call = package_command(made);
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->arguments.count("q"), 64U);
}

TEST(Unpinned, KnowsEachManagersWayToWriteAVersion) {
  EXPECT_THAT(unpinned_in("apt-get install a=1 b/stable c d.deb e- $F"), ElementsAre("c"));
  EXPECT_THAT(unpinned_in("apk add -t .v a=1 b~2 c>3 d .w e.apk !f"), ElementsAre("d"));
  EXPECT_THAT(unpinned_in("yum install a-1.2 b-devel c.rpm @group n:20"), ElementsAre("b-devel"));
  EXPECT_THAT(unpinned_in("zypper in a=1 b>=2 c"), ElementsAre("c"));
  EXPECT_THAT(unpinned_in("pip install a==1 b c[x] d~=2 ./e f.whl git+https://h/x.git@v1 git+https://h/y.git"),
              ElementsAre("b", "c[x]", "git+https://h/y.git"));
  EXPECT_THAT(unpinned_in("npm i a@1 @s/b @s/c@2 d@latest ./e f.tgz git+ssh://h/g.git#1 git+ssh://h/h.git"),
              ElementsAre("@s/b", "d@latest", "git+ssh://h/h.git"));
  EXPECT_THAT(unpinned_in("gem install a:1 b c.gem -- --with-x"), ElementsAre("b"));
  EXPECT_THAT(unpinned_in("go install h.org/a@v1 h.org/b h.org/c@latest ./d std/e"),
              ElementsAre("h.org/b", "h.org/c@latest"));
  EXPECT_THAT(unpinned_in("go run h.org/a@v1 h.org/b"), IsEmpty());
  EXPECT_THAT(unpinned_in("cargo install a b@1"), ElementsAre("a"));
  EXPECT_THAT(unpinned_in("composer require v/a v/b:^1"), ElementsAre("v/a"));
  EXPECT_THAT(unpinned_in("conda install -c forge a b=1"), ElementsAre("a"));
  EXPECT_THAT(unpinned_in("install-php-extensions gd redis apcu-5.1"), ElementsAre("redis"));
}

TEST(Unpinned, LeavesVersionsToFilesThatGiveThem) {
  for (const std::string_view line :
       {"pip install -r r.txt x", "pip install -cc.txt x", "pip install -e .", "pip install .[dev]",
        "gem install x -v 1", "cargo install --git https://h/x --rev a x", "conda install --file r.txt x"}) {
    EXPECT_THAT(unpinned_in(line), IsEmpty()) << line;
  }
}

}  // namespace
}  // namespace oakum::rules
