#include "check/thin.h"

#include <gtest/gtest.h>

namespace oakum::check {
namespace {

Finding finding(std::string rule, std::string path, std::uint32_t line, std::string subject,
                std::string message = "m") {
  Finding result;
  result.rule = std::move(rule);
  result.path = std::move(path);
  result.subject = std::move(subject);
  result.message = std::move(message);
  result.origin.span = {.begin = line * 10, .end = line * 10 + 3, .line = line, .column = 1};
  return result;
}

std::vector<std::string> shown(std::vector<Finding> findings, const Readings& readings = {}) {
  thin(findings, readings);
  std::vector<std::string> result;
  for (const Finding& one : findings) {
    result.push_back(one.path + ":" + std::to_string(one.origin.span.line) + " " + one.rule + " of " + one.subject);
  }
  return result;
}

Unit read(std::vector<std::pair<std::string, std::string>> files, const std::string& name, FileKind kind) {
  static std::map<std::string, std::string, std::less<>> texts;
  texts.insert(files.begin(), files.end());
  Unit unit;
  unit.kind = target_kind(kind);
  unit.name = name;
  unit.paths = {name};
  ReadOptions options;
  options.texts = &texts;
  options.context = false;
  read_unit(unit, kind, options);
  return unit;
}

using Lines = std::vector<std::string>;

TEST(Thin, WhatServicesShareIsToldOnceWithAllOfThem) {
  EXPECT_EQ(shown({finding("r", "c", 6, "b"), finding("r", "c", 6, "a"), finding("r", "c", 6, "a")}),
            Lines{"c:6 r of a and b"});
  EXPECT_EQ(shown({finding("r", "c", 6, "a"), finding("r", "c", 6, "b"), finding("r", "c", 6, "c"),
                   finding("r", "c", 6, "d"), finding("r", "c", 6, "e")}),
            Lines{"c:6 r of a, b, c and 2 more"});
}

TEST(Thin, WhatDiffersIsToldApart) {
  Finding ignored = finding("r", "c", 6, "b");
  ignored.suppressed.emplace();
  EXPECT_EQ(shown({finding("r", "c", 6, "a"), ignored}).size(), 2U);
  EXPECT_EQ(shown({finding("r", "c", 6, "a"), finding("r", "c", 6, "b", "other")}).size(), 2U);
  EXPECT_EQ(shown({finding("r", "c", 6, "a"), finding("r", "c", 7, "b")}).size(), 2U);
  EXPECT_EQ(shown({finding("r", "c", 6, "a"), finding("s", "c", 6, "b")}).size(), 2U);
  // Without a text there is no line to share.
  EXPECT_EQ(shown({finding("r", "", 0, "a"), finding("r", "", 0, "b")}).size(), 2U);
}

TEST(Thin, RefusalsOfTheBuilderGiveWay) {
  EXPECT_EQ(shown({finding("dockerfile-syntax", "d", 1, "a"), finding("r", "d", 1, "a"),
                   finding("dockerfile-syntax", "d", 2, "a")}),
            (Lines{"d:1 r of a", "d:2 dockerfile-syntax of a"}));
  std::vector<Finding> many;
  for (std::uint32_t line = 1; line < 20; ++line) {
    many.push_back(finding("dockerfile-syntax", "d", line, "a"));
    many.push_back(finding("r", "d", line, "a"));
  }
  EXPECT_EQ(shown(many).size(), 19U);
}

TEST(Thin, AStageThatAnotherTargetUsesIsNotUnused) {
  const std::string text = "FROM alpine AS dev\nFROM alpine AS old\nFROM alpine\n";
  Readings readings;
  readings.note(read({{"d/Dockerfile", text}}, "d/Dockerfile", FileKind::dockerfile));
  const auto both = [] {
    return std::vector{finding("stage-unreachable", "d/Dockerfile", 1, "dev"),
                       finding("stage-unreachable", "d/Dockerfile", 2, "old")};
  };
  EXPECT_EQ(shown(both(), readings).size(), 2U);
  readings.note(read({{"d/compose.yaml", "services:\n  web:\n    build: {context: ., target: dev}\n"}},
                     "d/compose.yaml", FileKind::compose));
  EXPECT_EQ(shown(both(), readings), Lines{"d/Dockerfile:2 stage-unreachable of old"});
}

TEST(Thin, AFileThatAnotherIncludesNeedsNoName) {
  const auto names = [] {
    return std::vector{finding("project-name", "e/a.yaml", 1, ""), finding("project-name", "e/compose.yaml", 1, "")};
  };
  Readings readings;
  readings.note(read({{"e/a.yaml", "services: {a: {image: x}}\n"}}, "e/a.yaml", FileKind::compose));
  EXPECT_EQ(shown(names(), readings).size(), 2U);
  readings.note(read({{"e/compose.yaml", "include: [a.yaml]\n"}}, "e/compose.yaml", FileKind::compose));
  EXPECT_EQ(shown(names(), readings), Lines{"e/compose.yaml:1 project-name of "});
}

}  // namespace
}  // namespace oakum::check
