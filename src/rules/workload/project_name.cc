#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const ComposeProject& project, Judge& judge) {
  if (!project.name) judge.found(project.origin, "project", "the project has no name: it is called as its directory");
}

}  // namespace

extern constinit const Rule project_name{
    .info = checked({
        .id = "project-name",
        .title = "the project has no name",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "C",
        .aliases = "dclint:require-project-name-field",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "add `name:`",
        .why = "Without a name Compose takes that of the directory. The same file then makes other containers, "
               "networks and volumes on each machine, and two directories of one name share theirs.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "name: shop\n"
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/reference/compose-file/version-and-name/",
    }),
    .checks = {.project = check},
};

}  // namespace oakum::rules
