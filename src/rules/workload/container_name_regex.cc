#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_valid(std::string_view name) {
  return name.size() >= 2 && is_alphanumeric(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

void check(const Workload& workload, Judge& judge) {
  const Field<std::string>& name = workload.container_name;
  if (name.known() && !is_valid(*name))
    for_surface(
        judge.found(workload, name.origin(), join({"the engine does not take the container name ", quoted(*name)})),
        workload);
}

}  // namespace

extern constinit const Rule container_name_regex{
    .info = checked({
        .id = "container-name-regex",
        .title = "the container name is not one that engines take",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "CR",
        .aliases = "dclint:service-container-name-regex",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "use letters, digits, '_', '.' and '-'",
        .why = "Engines take names of letters, digits, '_', '.' and '-' that start with a letter or digit. Anything "
               "else fails only when the container is made.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    container_name: \"my shop\"\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    container_name: my-shop\n"},
        .references = "https://docs.docker.com/reference/compose-file/services/#container_name",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
