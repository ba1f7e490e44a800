#include "read/shell/shell.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::shell {
namespace {

// The commands on a line each: depth, flags, joint, words; so that a test shows the whole of what was read.
std::string shown(const Script& script) {
  constexpr const char* kJoints[] = {"", "&& ", "|| ", "; ", "| ", "& "};
  std::string out;
  for (const Command& command : script.commands) {
    out += std::to_string(command.depth) + (command.checked ? "?" : "") + (command.negated ? "!" : "") + " " +
           kJoints[static_cast<unsigned>(command.joint)];
    for (const Assignment& a : command.assignments) out += a.name + (a.append ? "+=" : "=") + "<" + a.value.text + "> ";
    for (const Word& word : command.words) out += "[" + word.text + "]" + (word.expands ? "$" : "");
    for (const Redirection& r : command.redirections) out += " " + r.op + r.target.text;
    out += "\n";
  }
  return out + (script.complete ? "" : "problem: " + script.problem + "\n");
}

std::string shown(std::string_view text) { return shown(read(text)); }

TEST(Shell, ListsOfCommands) {
  EXPECT_EQ(shown("a 1 && b || c ; d | e & f\ng"),
            "0? [a][1]\n0? && [b]\n0 || [c]\n0 ; [d]\n0 | [e]\n0 & [f]\n0 ; [g]\n");
  EXPECT_EQ(shown("a &&\n  b |\n c\n\n\n! d"), "0? [a]\n0 && [b]\n0 | [c]\n0?! ; [d]\n");
}

TEST(Shell, Quoting) {
  EXPECT_EQ(shown(R"(echo 'a b' "c $D \$e \"f\" \g" h\ i "" $'x\n\x41\'' \$J)"),
            "0 [echo][a b][c $D $e \"f\" \\g]$[h i][][x\nA'][$J]\n");
  EXPECT_EQ(shown("echo a\\\nb \\\n  c # d && e\n# f\n g"), "0 [echo][ab][c]\n0 ; [g]\n");
}

TEST(Shell, PipelinesShareANumber) {
  const Script script = read("curl x | tar y && curl z | { sh; }");
  ASSERT_EQ(script.commands.size(), 4U);
  EXPECT_EQ(script.commands[0].pipeline, script.commands[1].pipeline);
  EXPECT_NE(script.commands[1].pipeline, script.commands[2].pipeline);
  EXPECT_EQ(script.commands[2].pipeline, script.commands[3].pipeline);
  EXPECT_EQ(script.commands[3].joint, Joint::pipe);
}

TEST(Shell, CompoundCommands) {
  EXPECT_EQ(shown("if a; then b; elif c; then d; else e; fi; f"),
            "1? [a]\n1 ; [b]\n1? ; [c]\n1 ; [d]\n1 ; [e]\n0 ; [f]\n");
  EXPECT_EQ(shown("while a\ndo b\ndone > x\nuntil c; do d; done"), "1? [a]\n1 ; [b]\n0 ;  >x\n1? ; [c]\n1 ; [d]\n");
  EXPECT_EQ(shown("for x in a \"$@\"; do b; done"), "0 [for][x][in][a][$@]$\n1 ; [b]\n");
  EXPECT_EQ(shown("for ((i=0; i<3; i++)); do b; done"), "0 [for][((i=0; i<3; i++))]\n1 ; [b]\n");
  EXPECT_EQ(shown("case $1 in (a|b) c;; *) d; e ;; esac && f"),
            "0? [case][$1]$\n1? ; [c]\n1? ; [d]\n1? ; [e]\n0 && [f]\n");
  EXPECT_EQ(shown("(a; b) && { c; }; f() { d; }; function g() ( e )"),
            "1? [a]\n1? ; [b]\n1 && [c]\n1 ; [d]\n1 ; [e]\n");
}

TEST(Shell, TestsAndArithmetic) {
  EXPECT_EQ(shown("[[ $a == b && ( c < d || e =~ ^(f|g)$ ) ]] && h"),
            "0? [[[][$a]$[==][b][&&][(][c][<][d][||][e][=~][^][(][f][|][g][)][$][)][]]]\n0 && [h]\n");
  EXPECT_EQ(shown("((x = 1 + (2))) || y $((1 + $(z)))"), "0? [((x = 1 + (2)))]\n0 || [y][$((1 + $(z)))]$\n1 [z]\n");
  EXPECT_EQ(shown("((a); (b))"), "2 [a]\n2 ; [b]\n");
}

TEST(Shell, Substitutions) {
  EXPECT_EQ(
      shown("a \"$(b \"$(c)\" | d)\" `e \\`f\\`` <(g) && h"),
      "0? [a][$(b \"$(c)\" | d)]$[`e \\`f\\``]$[<(g)]$\n1? [b][$(c)]$\n2? [c]\n1? | [d]\n1? [e][`f`]$\n2? [f]\n1? [g]\n"
      "0 && [h]\n");
  EXPECT_EQ(shown("x=$(cd \"$(dirname \"$0\")\" && pwd)"),
            "0 x=<$(cd \"$(dirname \"$0\")\" && pwd)> \n1? [cd][$(dirname \"$0\")]$\n2? [dirname][$0]$\n1 && [pwd]\n");
  EXPECT_EQ(shown("a ${b:-$(c)} ${d//\\}/x} e"), "0 [a][${b:-$(c)}]$[${d//\\}/x}]$[e]\n1 [c]\n");
}

TEST(Shell, AssignmentsAndArrays) {
  EXPECT_EQ(shown("A=1 B+=\"x y\" env C=2; D=(a 'b c' # no\n $(e)) f"),
            "0 A=<1> B+=<x y> [env][C=2]\n0 ; D=<(a 'b c' # no\n $(e))> [f]\n1 [e]\n");
  EXPECT_EQ(shown("declare -a x=(1 2); y[0]=z"), "0 [declare][-a][x=(1 2)]\n0 ; y[0]=<z> \n");
}

TEST(Shell, Redirections) { EXPECT_EQ(shown("a >b 2>&1 &>>c <<<'d e' 12>f"), "0 [a] >b 2>&1 &>>c <<<d e 12>f\n"); }

TEST(Shell, HereDocuments) {
  EXPECT_EQ(shown("cat <<A >x && b <<-'B'\n$(c) 'not closed\nA\n\t$(no)\n\tB\nd"),
            "0? [cat] <<A >x\n0 && [b] <<-B\n1 [c]\n0 ; [d]\n");
  EXPECT_EQ(shown("bash -e <<'E'\ncd x && y\nE\nz"), "0 [bash][-e] <<E\n1? [cd][x]\n1 && [y]\n0 ; [z]\n");
}

TEST(Shell, ScriptsInWords) {
  EXPECT_EQ(shown("sudo bash -euo pipefail -c 'curl x | sh' && y"),
            "0? [sudo][bash][-euo][pipefail][-c][curl x | sh]\n1? [curl][x]\n1? | [sh]\n0 && [y]\n");
  EXPECT_EQ(shown("sh -c \"a \\\"b c\\\" $(d)\""), "0 [sh][-c][a \"b c\" $(d)]$\n1 [d]\n1 [a][b c][$(d)]$\n");
}

TEST(Shell, SpansPointThroughQuotes) {
  const std::string text = "x\nsh -c \"a \\\"b\\\" c\"";
  const LineIndex lines(text);
  const Script script = read(text, {}, &lines);
  ASSERT_EQ(script.commands.size(), 3U);
  const Word& last = script.commands[2].words[2];
  EXPECT_EQ(last.text, "c");
  EXPECT_EQ(text.substr(last.span.begin, last.span.end - last.span.begin), "c");
  EXPECT_EQ(last.span.line, 2U);
  EXPECT_EQ(last.span.column, 16U);
}

TEST(Shell, SpansGoThroughTheMap) {
  // "RUN a \<newline>  b c": the text lost its continuation.
  const std::string file = "RUN a \\\n  b `c d`";
  const std::string text = "a   b `c d`";
  const LineIndex lines(file);
  const Script script = read(text, {{0, 4}, {2, 8}}, &lines);
  ASSERT_EQ(script.commands.size(), 2U);
  EXPECT_EQ(script.commands[0].words[1].span, lines.span(10, 11));
  EXPECT_EQ(script.commands[1].words[1].span, lines.span(15, 16));
  EXPECT_EQ(script.commands[0].span, lines.span(4, 17));
}

TEST(Shell, WhatBreaksOffIsTold) {
  EXPECT_EQ(shown("a 'b"), "0 [a][b]\nproblem: a single quote is not closed\n");
  EXPECT_EQ(shown("if a; then b"), "1? [a]\n1 ; [b]\nproblem: a compound command is not closed\n");
  EXPECT_EQ(shown("a $(b"), "0 [a][$(b]$\n1 [b]\nproblem: a substitution is not closed\n");
  EXPECT_EQ(shown("fi; a"), "0 ; [a]\nproblem: unexpected \"fi\"\n");
  EXPECT_EQ(shown("cat <<E\nx\n"), "0 [cat] <<E\nproblem: the here-document \"E\" is not closed\n");
}

TEST(Shell, HostileTextEndsSoon) {
  for (const char* piece : {"$(", "(", "{ ", "\"`", "\"$(", "${", "((", "$((')", "$(('((((' ))", "if a; then ", "<(",
                            "x=(", "$(( '((", "a <<E\n"}) {
    std::string text;
    while (text.size() < (1U << 20)) text += piece;
    const Script script = read(text);
    EXPECT_LE(script.commands.size(), 600'000U) << piece;
    EXPECT_FALSE(script.complete && std::string_view(piece) != "$(('((((' ))") << piece;
  }
}

TEST(Shell, DialectsAreForThoseWhoAsk) {
  const std::string text = "ssh host <<E\na\nE\nb <x y>\n";
  EXPECT_EQ(read(text).commands.size(), 2U);
  const Script script = read(text, {}, nullptr, {.remote = true, .placeholders = true});
  ASSERT_EQ(script.commands.size(), 3U);
  EXPECT_EQ(script.commands[1].words.at(0).text, "a");
  EXPECT_EQ(script.commands[2].words.at(1).text, "<x y>");
  EXPECT_TRUE(script.commands[2].words[1].expands);
  EXPECT_TRUE(script.commands[2].redirections.empty());
}

TEST(Shell, WhatATemplateFillsInIsOneWordThatNobodyKnows) {
  const Script script =
      read("run {{ options | join(' ') }} -e A={{ x }} acme/app:{{ v }} --format {{.Names}} {{ open\n{ a; }\n");
  ASSERT_EQ(script.commands.size(), 2U);
  const auto& words = script.commands[0].words;
  std::vector<std::string> texts;
  for (const Word& word : words) texts.push_back(word.text + (word.expands ? "*" : ""));
  EXPECT_THAT(texts, testing::ElementsAre("run", "{{ options | join(' ') }}*", "-e", "A={{ x }}*", "acme/app:{{ v }}*",
                                          "--format", "{{.Names}}", "{{", "open"));
  EXPECT_EQ(words[1].span.end, 29U);
  EXPECT_EQ(script.commands[1].words.at(0).text, "a");
}

TEST(Shell, SplitWordsStopsAtAnOperator) {
  const std::vector<Word> words = split_words("  docker run -e 'A=b c' nginx && x");
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(words[3].text, "A=b c");
  EXPECT_EQ(words[3].span.begin, 16U);
  EXPECT_EQ(words[3].span.end, 23U);
}

TEST(Shell, WhatWrappersRunStandsBehindTheirAssignments) {
  const auto program = [](std::string_view text) {
    const Script script = read(text);
    const std::size_t at = unwrapped(script.commands.at(0));
    EXPECT_EQ(script.commands[0].program, at);
    return script.commands[0].words.at(at).text;
  };
  EXPECT_EQ(program("sudo -E A=1 B=2 apt-get install x"), "apt-get");
  EXPECT_EQ(program("env -u A B=1 sudo C=2 true"), "true");
  EXPECT_EQ(program("nice A=1 true"), "A=1");  // takes none
  EXPECT_EQ(program("sudo A=1"), "sudo");
}

}  // namespace
}  // namespace oakum::shell
