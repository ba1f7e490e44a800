// Line ends, indentation and missing ends of files stay as they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fix/build/bench.h"

namespace oakum::fix::build {
namespace {

using testing::HasSubstr;

TEST(Bytes, LineEndsOfWindowsStay) {
  EXPECT_EQ(Bench("FROM debian:12\r\nRUN apt-get update \\\r\n    && apt-get install -y curl\r\nCMD [\"a\"]\r\n")
                .fixed("cache-clean", "install"),
            "FROM debian:12\r\nRUN apt-get update \\\r\n    && apt-get install -y curl \\\r\n    && rm -rf "
            "/var/lib/apt/lists/*\r\nCMD [\"a\"]\r\n");
  EXPECT_EQ(Bench("FROM debian:12\r\nRUN a | b\r\n").fixed("pipefail", "a | b"),
            "FROM debian:12\r\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\r\nRUN a | b\r\n");
  const Bench two("FROM debian:12\r\nRUN a\r\n\r\n# c\r\nRUN b\r\n");
  EXPECT_EQ(two.fixed("run-consecutive", two.at("RUN", "# c")), "FROM debian:12\r\nRUN a \\\r\n# c\r\n    && b\r\n");
  EXPECT_EQ(Bench("FROM alpine\r\nRUN a \\\r\n\r\n  b\r\n").fixed("empty-continuation", "RUN"),
            "FROM alpine\r\nRUN a \\\r\n  b\r\n");
  EXPECT_EQ(Bench("FROM alpine\r\nRUN <<EOF\r\na\r\nb\r\nEOF\r\n").fixed("heredoc-set-e", "<<EOF"),
            "FROM alpine\r\nRUN <<EOF\r\nset -e\r\na\r\nb\r\nEOF\r\n");
  EXPECT_EQ(Bench("FROM alpine\r\nCMD a\r\nCMD b\r\n").fixed("cmd-several", "CMD a"), "FROM alpine\r\nCMD b\r\n");
  EXPECT_EQ(Bench("FROM alpine\r\nENV A=1 B=$A\r\n").fixed("env-self-reference", "$A"),
            "FROM alpine\r\nENV A=1\r\nENV B=$A\r\n");
}

TEST(Bytes, AFileThatEndsWithoutALineEndDoesSoAfterwards) {
  EXPECT_EQ(Bench("FROM fedora:41\nRUN dnf install -y curl").fixed("cache-clean", "install"),
            "FROM fedora:41\nRUN dnf install -y curl && dnf clean all");
  EXPECT_EQ(Bench("FROM alpine\nRUN cd /x && make").fixed("cd-in-run", "cd"),
            "FROM alpine\nWORKDIR /x\nRUN make\nWORKDIR /");
  EXPECT_EQ(Bench("RUN a\nFROM alpine").fixed("instruction-order", "RUN"), "FROM alpine\nRUN a");
  EXPECT_EQ(Bench("FROM alpine\nVOLUME /proc").fixed("sensitive-volume", "/proc"), "FROM alpine\n");
}

TEST(Bytes, AContinuationAtTheEndOfTheFileTakesNoLineBehindIt) {
  EXPECT_EQ(Bench("FROM fedora:41\nRUN dnf install -y curl \\\n").fixed("cache-clean", "install"),
            "FROM fedora:41\nRUN dnf install -y curl && dnf clean all \\\n");
  EXPECT_THAT(Bench("FROM alpine\nRUN cd /x && make \\\n").fixed("cd-in-run", "cd"), HasSubstr("continuation"));
}

TEST(Bytes, IndentedInstructionsGetNeighboursOfTheirOwnIndentation) {
  EXPECT_EQ(Bench("FROM alpine\n\t RUN cd /x && make\n").fixed("cd-in-run", "cd"),
            "FROM alpine\n\t WORKDIR /x\n\t RUN make\n\t WORKDIR /\n");
}

TEST(Bytes, ADockerfileInsideAComposeFileKeepsItsBlock) {
  const std::string yaml =
      "services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM debian:12\n        RUN a | b\n"
      "        RUN apt-get update \\\n          && apt-get install -y x\n        RUN cd /x && make\n    image: web\n";
  std::string read = yaml.substr(0, yaml.find("    image"));
  std::fill(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(read.find('|') + 1), ' ');
  const Bench bench(yaml, read);
  EXPECT_THAT(
      bench.fixed("pipefail", bench.at("a | b")),
      HasSubstr("        FROM debian:12\n        SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n        RUN "
                "a | b\n"));
  EXPECT_THAT(
      bench.fixed("cache-clean", "install"),
      HasSubstr("          && apt-get install -y x \\\n          && rm -rf /var/lib/apt/lists/*\n        RUN cd"));
  EXPECT_THAT(bench.fixed("cd-in-run", "cd"),
              HasSubstr("        WORKDIR /x\n        RUN make\n        WORKDIR /\n    image: web\n"));
}

TEST(Bytes, TheWholeContextIsNoSecretsName) {  // it once ended the program
  const Bench bench("FROM debian:12\nCOPY . id_rsa /root/.ssh/id_rsa\nRUN rm /root/.ssh/id_rsa\n");
  Finding finding = bench.at("COPY");
  finding.origin.span = bench.place("COPY").at->arguments.front().span;
  EXPECT_THAT(bench.fixed("secret-copied-then-removed", finding), HasSubstr("refused: the whole context"));
}

TEST(Bytes, WhatAnotherProgramMadeIsNotEdited) {
  Bench bench("FROM alpine\nCMD a\nCMD b\n");
  bench.subjects().sources.front().derived = true;
  EXPECT_THAT(bench.fixed("cmd-several", "CMD a"), HasSubstr("refused: "));
}

}  // namespace
}  // namespace oakum::fix::build
