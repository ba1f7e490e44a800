#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const ComposeProject& project, Judge& judge) {
  if (!project.version) return;
  judge.found(project.version.origin(), "project",
              join({"the field version: ", quoted(*project.version), " is not read any more"}));
}

}  // namespace

extern constinit const Rule version_field{
    .info = checked({
        .id = "version-field",
        .title = "the obsolete top-level version is set",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "C",
        .aliases = "dclint:no-version-field",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "remove the line",
        .why = "Compose has not read the version field since the Compose Specification; it only prints a warning, "
               "and readers think that it decides what the file may hold.",
        .bad = {Surface::compose,
                "version: \"3.8\"\n"
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/reference/compose-file/version-and-name/",
    }),
    .checks = {.project = check},
};

}  // namespace oakum::rules
