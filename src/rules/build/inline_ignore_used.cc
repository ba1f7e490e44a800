#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Pragma {
  std::string_view start;
  std::string_view alias;
};
constexpr Pragma kPragmas[] = {
    {"hadolint ignore=", "DL1001"},
    {"hadolint global ignore=", "DL1001"},
    {"hadolint stage ignore=", "DL1001"},
    {"tally ignore=", ""},
    {"tally global ignore=", ""},
    {"check=skip=", ""},
    {"trivy:ignore:", ""},
    {"checkov:skip=", ""},
    {"kics-scan ", ""},
    {"oakum ignore", ""},
};

void tell(std::string_view text, const Span& where, const Dockerfile& dockerfile, Judge& judge) {
  for (const Pragma& pragma : kPragmas) {
    if (!text.starts_with(pragma.start)) continue;
    Finding& finding =
        judge.found(origin_of(dockerfile, where), "the file", join({"switches rules off: ", quoted(text)}));
    if (pragma.alias.empty()) only_aliases(finding, {});
    return;
  }
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const DockerfileComment& comment : dockerfile.comments) tell(comment.text, comment.span, dockerfile, judge);
  for (const DockerfileDirective& directive : dockerfile.directives) {
    if (directive.name == "check") tell("check=" + directive.value, directive.span, dockerfile, judge);
  }
}

}  // namespace

extern constinit const Rule inline_ignore_used{
    .info = checked({
        .id = "inline-ignore-used",
        .title = "a comment switches rules off",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL1001",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "remove the comment",
        .why = "A comment that switches a rule off stays when its reason is long gone. Where exceptions have to be "
               "agreed upon, this shows each of them.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\n# hadolint ignore=DL3018\nRUN apk add curl\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN apk add curl=8.9.1-r1\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL1001",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
