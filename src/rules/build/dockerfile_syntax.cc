#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// What could not be read at all is an error of the file, not a finding.
void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const SyntaxProblem& problem : dockerfile.problems) {
    if (problem.warning || problem.unread) continue;
    judge.found(origin_of(dockerfile, problem.span), "Dockerfile",
                join({"the builder refuses this: ", problem.message}));
  }
}

}  // namespace

extern constinit const Rule dockerfile_syntax{
    .info = checked({
        .id = "dockerfile-syntax",
        .title = "the builder refuses the Dockerfile",
        .severity = Severity::high,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL1000",
        .fix = FixSafety::advice,
        .fix_summary = "write it as the Dockerfile reference says",
        .why = "A Dockerfile that does not build is found out when somebody needs the image. It is also judged only as "
               "far as it "
               "can be read: what a mistyped instruction was meant to do, no rule can see.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nRUNN apk add --no-cache curl\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN apk add --no-cache curl\n"},
        .references = "https://docs.docker.com/reference/dockerfile/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
