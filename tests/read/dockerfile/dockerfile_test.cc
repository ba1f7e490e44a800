#include "read/dockerfile/dockerfile.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace oakum::dockerfile {
namespace {

std::vector<std::string> errors(const Dockerfile& file) {
  std::vector<std::string> messages;
  for (const SyntaxProblem& problem : file.problems) {
    if (!problem.warning) messages.push_back(problem.message);
  }
  return messages;
}

Dockerfile good(std::string_view text, const Options& options = {}) {
  Dockerfile file = read(text, 0, options);
  EXPECT_EQ(errors(file), std::vector<std::string>()) << text;
  return file;
}

// The instructions behind `FROM a`.
Dockerfile behind_from(const std::string& text) { return good("FROM a\n" + text); }

std::string cut(std::string_view text, const Span& span) {
  return std::string(text.substr(span.begin, span.end - span.begin));
}

std::vector<std::string> values(const Instruction& instruction) {
  std::vector<std::string> found;
  for (const Argument& argument : instruction.arguments) found.push_back(argument.value);
  return found;
}

using Words = std::vector<std::string>;

TEST(Dockerfile, ReadsAnyCaseAndTabs) {
  const Dockerfile file = good("from\ta\nRun\techo x\n");
  ASSERT_EQ(file.instructions.size(), 2U);
  EXPECT_EQ(file.instructions[1].name, "RUN");
  EXPECT_EQ(file.instructions[1].spelling, "Run");
  EXPECT_EQ(file.instructions[1].text, "echo x");
  EXPECT_EQ(file.instructions[1].span.line, 2U);
}

TEST(Dockerfile, DirectivesStandInTheFirstComments) {
  EXPECT_EQ(good("# Escape = `\n# syntax=docker/dockerfile:1\nFROM a\n").escape, '`');
  EXPECT_EQ(good("# a comment\n# escape=`\nFROM a\n").escape, '\\');
  EXPECT_EQ(good("\n# escape=`\nFROM a\n").escape, '\\');
  EXPECT_EQ(errors(read("# escape=x\nFROM a\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("# escape=`\n# escape=`\nFROM a\n", 0)).size(), 1U);
}

TEST(Dockerfile, BacktickEscapeLeavesBackslashes) {
  const Dockerfile file = good("# escape=`\nFROM a\nCOPY x `\n  C:\\dir\\\nRUN x\n");
  ASSERT_EQ(file.instructions.size(), 3U);
  EXPECT_EQ(values(file.instructions[1]), (Words{"x", "C:\\dir\\"}));
}

TEST(Dockerfile, JoinsContinuationsAndKeepsOffsets) {
  const std::string text = "FROM a\nRUN one \\  \n  # comment \\\n\n  && two\nUSER b\n";
  const Dockerfile file = good(text);
  ASSERT_EQ(file.instructions.size(), 3U);
  const Instruction& run = file.instructions[1];
  EXPECT_EQ(run.text, "one   && two");
  EXPECT_TRUE(run.has_empty_continuation);
  EXPECT_EQ(run.empty_continuation->line, 4U);
  EXPECT_EQ(run.span.end_line, 5U);
  ASSERT_TRUE(run.script);
  ASSERT_EQ(run.script->commands.size(), 2U);
  EXPECT_EQ(cut(text, run.script->commands[1].words[0].span), "two");
  EXPECT_EQ(file.comments.size(), 1U);
}

TEST(Dockerfile, TwoEscapesContinueNothing) {
  const Dockerfile file = good("FROM a\nRUN x\\\\\nUSER b\n");
  EXPECT_EQ(file.instructions.size(), 3U);
}

TEST(Dockerfile, ContinuationMayEndTheFile) { EXPECT_EQ(behind_from("RUN x \\").instructions[1].text, "x"); }

TEST(Dockerfile, TakesLineEndsAndMarks) {
  const Dockerfile file = good(
      "\xEF\xBB\xBF"
      "FROM a\r\nRUN b \\\r\n c\r\n");
  ASSERT_EQ(file.instructions.size(), 2U);
  EXPECT_EQ(file.instructions[0].span.begin, 3U);
  EXPECT_EQ(file.instructions[1].text, "b  c");
}

TEST(Dockerfile, RefusesWhatIsNoText) {
  for (const std::string& text : {std::string("\xFF\xFE"
                                              "F\0",
                                              4),
                                  std::string("FROM a\0b", 8), std::string("FROM \x80")}) {
    const Dockerfile file = read(text, 0);
    EXPECT_EQ(file.problems.size(), 1U);
    EXPECT_TRUE(file.instructions.empty());
  }
}

TEST(Dockerfile, RefusesEmptyFilesAndLongLines) {
  EXPECT_EQ(errors(read("", 0)).size(), 1U);
  EXPECT_EQ(errors(read("# only\n\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nRUN " + std::string(65531, 'x') + "\n", 0)).size(), 0U);
  const Dockerfile file = read("FROM a\nRUN " + std::string(65532, 'x') + "\nUSER b\n", 0);
  EXPECT_EQ(errors(file).size(), 1U);
  EXPECT_EQ(file.instructions.size(), 2U);
}

TEST(Dockerfile, ReadsHeredocs) {
  const std::string text =
      "FROM a\nRUN <<EOF\necho 1\nEOF\nCOPY <<-\"A\" <<B /x/\n\ta$b\n\tA\nb\nB\nRUN \\\n  bash <<X\nset -e\nX\nUSER "
      "u\n";
  const Dockerfile file = good(text);
  ASSERT_EQ(file.instructions.size(), 5U);
  const Instruction& run = file.instructions[1];
  ASSERT_EQ(run.heredocs.size(), 1U);
  EXPECT_EQ(run.heredocs[0].content, "echo 1\n");
  EXPECT_TRUE(run.heredocs[0].expand);
  ASSERT_TRUE(run.script);
  EXPECT_EQ(cut(text, run.script->commands.at(0).span), "echo 1");
  EXPECT_EQ(cut(text, run.span), "RUN <<EOF\necho 1\nEOF");
  const Instruction& copy = file.instructions[2];
  ASSERT_EQ(copy.heredocs.size(), 2U);
  EXPECT_FALSE(copy.heredocs[0].expand);
  EXPECT_TRUE(copy.heredocs[0].chomp);
  EXPECT_EQ(copy.heredocs[0].content, "a$b\n");
  EXPECT_EQ(cut(text, copy.heredocs[1].body), "b\n");
  ASSERT_TRUE(file.instructions[3].script);
  EXPECT_EQ(file.instructions[3].script->commands.back().name(), "set");
}

TEST(Dockerfile, HeredocsThatAreNone) {
  const Dockerfile file =
      behind_from("RUN echo \"<<X\"\nRUN [\"a\", \"<<X\"]\nRUN cat <<< X\nRUN a<<X\nENV A=<<X\nRUN echo it's <<X\n");
  for (const Instruction& each : file.instructions) EXPECT_TRUE(each.heredocs.empty()) << each.text;
  EXPECT_EQ(file.instructions.size(), 7U);
}

TEST(Dockerfile, HeredocMistakes) {
  EXPECT_EQ(errors(read("FROM a\nRUN <<EOF\nx\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nCOPY x <<EOF\nx\nEOF\n", 0)).size(), 1U);
}

TEST(Dockerfile, HeredocOfAnotherLanguageIsNoScript) {
  EXPECT_FALSE(behind_from("RUN <<EOF\n#!/usr/bin/env python3\nprint()\nEOF\n").instructions[1].script);
  const Dockerfile file = behind_from("RUN <<EOF python3\nprint()\nEOF\n");
  ASSERT_TRUE(file.instructions[1].script);
  EXPECT_EQ(file.instructions[1].script->commands.size(), 1U);
}

TEST(Dockerfile, OnbuildIsNested) {
  const Dockerfile file = behind_from("ONBUILD COPY --from=b x /y\nONBUILD RUN <<E\necho\nE\nONBUILD run --what x\n");
  ASSERT_EQ(file.instructions.size(), 4U);
  EXPECT_EQ(file.instructions[1].nested.at(0).flag("from")->value, "b");
  EXPECT_EQ(file.instructions[2].nested.at(0).heredocs.size(), 1U);
  EXPECT_EQ(file.problems.size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nONBUILD ONBUILD RUN x\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nONBUILD FROM b\n", 0)).size(), 1U);
}

TEST(Dockerfile, JsonFormOrShellForm) {
  const auto cmd = [](const std::string& text) { return behind_from("CMD " + text + "\n").instructions[1]; };
  EXPECT_EQ(values(cmd(R"(["a", "b\"\u00e9"])")), (Words{"a", "b\"\u00e9"}));
  EXPECT_TRUE(cmd("[]").json_form);
  for (const char* text : {"['a']", "[\"a\" \"b\"]", "[\"a\",]", "[\"a\"", "[a]"}) {
    EXPECT_FALSE(cmd(text).json_form) << text;
    EXPECT_TRUE(cmd(text).broken_json) << text;
  }
  EXPECT_FALSE(cmd("[ -f x ] && y").broken_json);
  EXPECT_EQ(errors(read("FROM a\nCMD [\"a\", 1]\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nCMD [[\"a\"]]\n", 0)).size(), 1U);
  EXPECT_EQ(errors(read("FROM a\nSHELL bash -c\n", 0)).size(), 1U);
}

std::string expanded(const std::string& word) {
  return behind_from("ENV V=abcabc E=\nWORKDIR " + word + "\n").instructions[2].arguments.at(0).value;
}

TEST(Dockerfile, ExpandsVariables) {
  EXPECT_EQ(expanded("$V/${V}x"), "abcabc/abcabcx");
  EXPECT_EQ(expanded("'$V'\"$V\"\\$V"), "$Vabcabc$V");
  EXPECT_EQ(expanded("${E:-x}${E-y}${V:+z}${V+w}"), "xzw");
  EXPECT_EQ(expanded("${V#a*c}-${V##a*c}-${V%b*}-${V%%b*}"), "abc--abca-a");
  EXPECT_EQ(expanded("${V/b/_}-${V//b/_}"), "a_cabc-a_ca_c");
  EXPECT_EQ(expanded("${E:-${V}}"), "abcabc");
}

TEST(Dockerfile, UnknownVariablesStay) {
  const Argument path = behind_from("WORKDIR /a/$UNKNOWN\n").instructions[1].arguments.at(0);
  EXPECT_FALSE(path.known);
  EXPECT_EQ(path.value, "/a/$UNKNOWN");
}

TEST(Dockerfile, RefusesBrokenExpansion) {
  for (const char* word : {"${V", "${}", "${V!x}", "'a", "\"a"}) {
    EXPECT_EQ(errors(read("FROM a\nWORKDIR " + std::string(word) + "\n", 0)).size(), 1U) << word;
  }
}

TEST(Dockerfile, RunKeepsItsVariables) {
  EXPECT_EQ(values(behind_from("ENV A=1\nRUN x $A\n").instructions[2]), Words{"x $A"});
}

TEST(Dockerfile, ScopesOfArguments) {
  const std::string text = "ARG T=1\nFROM a:$T\nWORKDIR /$T\nARG T\nWORKDIR /$T\nFROM b\nWORKDIR /$T\n";
  const Dockerfile file = good(text);
  EXPECT_EQ(file.stages[0].image.tag, "1");
  EXPECT_FALSE(file.instructions[2].arguments[0].known);
  EXPECT_EQ(file.instructions[4].arguments[0].value, "/1");
  EXPECT_FALSE(file.instructions[6].arguments[0].known);
  EXPECT_EQ(good(text, {.build_args = {{"T", "2"}}}).stages[0].image.tag, "2");
}

TEST(Dockerfile, EnvSeesWhatStoodBeforeItsLine) {
  const Dockerfile file = behind_from("ENV A=1\nENV A=2 B=$A\nARG A=3\nWORKDIR /$A$B\n");
  EXPECT_EQ(file.instructions[4].arguments[0].value, "/21");
}

TEST(Dockerfile, FromWithVariables) {
  const Dockerfile file =
      good("ARG REG=r\nARG N\nFROM --platform=$BUILDPLATFORM $REG:5000/x:${T:-1} AS Y\nFROM $N\nFROM y\n");
  EXPECT_EQ(file.stages[0].image.text, "r:5000/x:1");
  EXPECT_EQ(file.stages[0].name, "Y");
  EXPECT_EQ(file.stages[0].platform, "$BUILDPLATFORM");
  EXPECT_FALSE(file.stages[1].image_known);
  EXPECT_EQ(file.stages[2].parent, 0U);
}

TEST(Dockerfile, StagesInherit) {
  const Dockerfile file =
      good("FROM a AS x\nUSER u\nWORKDIR /w\nENV V=1\nSHELL [\"bash\",\"-c\"]\nFROM X\nWORKDIR $V\nFROM b\n");
  EXPECT_EQ(file.stages[1].end.user, "u");
  EXPECT_EQ(file.stages[1].end.workdir, "/w/1");
  EXPECT_EQ(file.stages[1].end.shell.size(), 2U);
  EXPECT_FALSE(file.stages[2].end.user);
}

TEST(Dockerfile, UsedStages) {
  const std::string text =
      "FROM a AS one\nFROM a AS two\nFROM a AS three\nFROM one\nCOPY --from=1 x y\nRUN "
      "--mount=type=bind,from=three,target=/x z\n"
      "FROM a AS last\n";
  std::vector<bool> used;
  for (const Stage& stage : good(text, {.target = "3"}).stages) used.push_back(stage.used);
  EXPECT_EQ(used, (std::vector<bool>{true, true, true, true, false}));
  EXPECT_TRUE(good(text).stages[4].is_final);
  EXPECT_FALSE(good(text).stages[0].used);
}

TEST(Dockerfile, WrongFromOfCopies) {
  for (const char* name : {"1", "self", "$X", "later"}) {
    const std::string text = "FROM a\nFROM b AS self\nCOPY --from=" + std::string(name) + " x y\nFROM c AS later\n";
    EXPECT_EQ(errors(read(text, 0)).size(), 1U) << name;
  }
}

TEST(Dockerfile, FlagsAndMounts) {
  const std::string text =
      "FROM a\nRUN --mount=type=cache,target=/c \\\n  --mount=type=secret,id=s,env=S --security=insecure x\n";
  const Dockerfile file = good(text);
  const Instruction& run = file.instructions[1];
  ASSERT_EQ(run.flags.size(), 3U);
  EXPECT_EQ(*run.flags[1].option("env"), "S");
  EXPECT_EQ(cut(text, run.flags[2].span), "--security=insecure");
  EXPECT_EQ(run.text, "x");
  behind_from("COPY --parents --exclude=a --exclude=b x y\nADD --checksum=sha256:aa https://x/y z\n");
}

TEST(Dockerfile, WrongFlags) {
  const std::string unknown = errors(read("FROM a\nCOPY --form=b x y\n", 0)).at(0);
  EXPECT_NE(unknown.find("did you mean \"--from\""), std::string::npos) << unknown;
  for (const char* line :
       {"COPY --from=b --from=c x y", "COPY --link=maybe x y", "COPY --chown x y", "RUN --network=some x",
        "RUN --mount=type=what x", "RUN --mount=tipe=cache x", "HEALTHCHECK --interval=5 CMD x", "CMD --version"}) {
    EXPECT_EQ(errors(read("FROM a\n" + std::string(line) + "\n", 0)).size(), 1U) << line;
  }
}

TEST(Dockerfile, Assignments) {
  const Dockerfile file = behind_from("ENV A b=c d\nLABEL \"a b\"=\"c d\" e=f\\ g\nARG X Y=1 Z\n");
  const Assignment& legacy = file.instructions[1].assignments.at(0);
  EXPECT_TRUE(legacy.legacy);
  EXPECT_EQ(legacy.value.value, "b=c d");
  const std::vector<Assignment>& labels = file.instructions[2].assignments;
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels[0].key.value, "a b");
  EXPECT_EQ(labels[1].value.value, "f g");
  EXPECT_EQ(file.instructions[3].assignments.size(), 3U);
  EXPECT_FALSE(file.instructions[3].assignments[0].has_value);
  for (const char* line : {"ENV PATH", "ENV A=1 B", "ENV", "ARG", "LABEL =x"}) {
    EXPECT_EQ(errors(read("FROM a\n" + std::string(line) + "\n", 0)).size(), 1U) << line;
  }
}

TEST(Dockerfile, OtherInstructions) {
  behind_from(
      "EXPOSE 80/TCP 8000-8010\nHEALTHCHECK NONE\nUSER $U:$G\nVOLUME [\"/a\"]\nSTOPSIGNAL SIGTERM\nMAINTAINER me\n");
  for (const char* line :
       {"RUM x", "HEALTHCHECK NONE x", "HEALTHCHECK WHAT", "HEALTHCHECK CMD", "EXPOSE x", "EXPOSE 80/abc",
        "STOPSIGNAL WHAT", "WORKDIR", "COPY x", "COPY a b c", "FROM a b", "FROM a AS 1x", "FROM A"}) {
    EXPECT_EQ(errors(read("FROM a\n" + std::string(line) + "\n", 0)).size(), 1U) << line;
  }
  EXPECT_EQ(errors(read("RUN x\nFROM a\n", 0)).size(), 1U);
}

TEST(Dockerfile, OtherShellsGetNoScript) {
  EXPECT_FALSE(behind_from("SHELL [\"powershell\"]\nRUN x\n").instructions[2].script);
  EXPECT_TRUE(behind_from("HEALTHCHECK CMD curl x\n").instructions[1].script);
}

// The words of every command, and the pieces of the file that their spans cut.
Words words_of(const shell::Script& script) {
  Words found;
  for (const shell::Command& command : script.commands) {
    for (const shell::Word& word : command.words) found.push_back(word.text);
  }
  return found;
}

TEST(Dockerfile, JsonRunIsOneCommandWithTheSpansOfItsItems) {
  const std::string text = "FROM a\nRUN --network=none [ \"apt-get\", \\\n \"install\", \"$X && y\", \"it's\" ]  \n";
  const Dockerfile file = good(text);
  const auto& script = file.instructions[1].script;
  ASSERT_TRUE(script && script->complete);
  EXPECT_EQ(words_of(*script), Words({"apt-get", "install", "$X && y", "it's"}));
  const shell::Command& command = script->commands.front();
  EXPECT_EQ(cut(text, command.words[1].span), "\"install\"");
  EXPECT_EQ(command.words[1].span.line, 3U);
  EXPECT_EQ(cut(text, command.words[3].span), "\"it's\"");
  EXPECT_FALSE(command.words[2].expands);  // no shell does
}

TEST(Dockerfile, JsonRunOfAShellHoldsItsScript) {
  const std::string text =
      "FROM a\nSHELL [\"pwsh\"]\nRUN [\"sh\", \"-c\", \"echo \\\"\\u00e9\\ud83d\\ude00\\\" && sudo id\"]\n";
  const Dockerfile file = good(text);
  const auto& script = file.instructions[2].script;
  ASSERT_TRUE(script && script->complete);
  ASSERT_EQ(script->commands.size(), 3U);
  EXPECT_EQ(script->commands[1].words.at(1).text, "\u00e9\U0001F600");
  EXPECT_EQ(script->commands[1].words[1].span.begin, text.find("\\\"\\u00e9"));
  EXPECT_EQ(cut(text, script->commands[2].span), "sudo id");
}

TEST(Dockerfile, JsonOfOtherInstructionsIsNoScript) {
  EXPECT_FALSE(behind_from("CMD [\"sudo\", \"id\"]\n").instructions[1].script);
  EXPECT_TRUE(behind_from("ONBUILD RUN [\"sudo\", \"id\"]\n").instructions[1].nested.at(0).script);
}

TEST(Dockerfile, ManyBytesTakeLittleTime) {
  std::string text = "FROM a\nENV A=xxxxxxxx\n";
  for (int i = 0; i < 40'000; ++i) text += "ENV A=$A$A\n";
  text += "RUN a\\\n";
  for (int i = 0; i < 1'000'000; ++i) text += "a b\\\n";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read(text, 0).instructions.size(), 40'003U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Ignore, LastMatchWins) {
  const auto patterns = read_ignore("# comment\n*.md\n !README.md\n/a/../b/\n");
  ASSERT_EQ(patterns.size(), 3U);
  EXPECT_EQ(patterns[2].text, "b");
  EXPECT_TRUE(ignored(patterns, "x.md"));
  EXPECT_FALSE(ignored(patterns, "README.md"));
  EXPECT_TRUE(ignored(patterns, "b/c"));
}

}  // namespace
}  // namespace oakum::dockerfile
