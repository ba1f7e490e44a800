#include "check/shellcheck.h"

#include <string>

#include <gtest/gtest.h>

#include "read/dockerfile/dockerfile.h"

namespace oakum::check {
namespace {

std::vector<ShellScript> scripts(std::string_view text) { return shell_scripts(dockerfile::read(text, 0), text); }

TEST(ShellCheck, HandsOverWhatAPosixShellRuns) {
  const auto found = scripts(
      "ARG OUT=1\nFROM a AS base\nENV A=1 B=2\nARG C\nSHELL [\"/bin/bash\", \"-c\"]\nRUN echo one\n"
      "FROM base\nRUN [\"echo\", \"exec\"]\nRUN echo two\nSHELL [\"pwsh\", \"-c\"]\nRUN three\n"
      "FROM b\nRUN <<E\n#!/usr/bin/env python3\nE\nRUN <<E\nfour\nE\n");
  ASSERT_EQ(found.size(), 3U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_TRUE(found[i].text.starts_with("#!/bin/bash\nexport HTTP_PROXY=1")) << found[i].text;
    EXPECT_NE(found[i].text.find(" no_proxy=1 A=1 B=1 C=1\n"), std::string::npos) << found[i].text;
  }
  EXPECT_EQ(found[0].text.substr(found[0].body), "echo one\n");
  EXPECT_TRUE(found[2].text.starts_with("#!/bin/sh\n"));
  EXPECT_EQ(found[2].text.find("A=1"), std::string::npos);
  EXPECT_EQ(found[2].text.substr(found[2].body, 4), "four");
}

TEST(ShellCheck, FindingsStandAtTheirPlace) {
  const std::string text =
      "FROM a\nRUN set -e \\\n  # why\n  && echo \"\xC3\xA4\" $FOO \\\n\n  && cd /x\nRUN <<E\ncp $a \\\n  $b\nE\n";
  const auto findings = shellcheck(dockerfile::read(text, 7), text);
  if (!findings && findings.error().code == ErrorCode::not_found) GTEST_SKIP() << "shellcheck is not installed";
  ASSERT_TRUE(findings) << findings.error().message();
  std::string shown;
  for (const Finding& finding : *findings) {
    if (finding.aliases.front() != "SC2086") continue;
    const Span& span = finding.origin.span;
    shown += std::to_string(span.line) + ":" + std::to_string(span.column) + " " +
             text.substr(span.begin, span.end - span.begin) + "\n";
    EXPECT_EQ(finding.rule, "shellcheck");
    EXPECT_EQ(finding.severity, Severity::info);
    EXPECT_EQ(finding.origin.source, 7U);
  }
  EXPECT_EQ(shown, "4:16 $FOO\n8:4 $a\n9:3 $b\n");
}

}  // namespace
}  // namespace oakum::check
