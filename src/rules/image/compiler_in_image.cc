#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  const std::vector<const FileFact*> files = visible_files(image, FileFact::Kind::compiler);
  if (files.empty()) return;
  judge.found(image, listed("build or debugging tool", files)).evidence = all_paths(files);
}

}  // namespace

extern constinit const Rule compiler_in_image{
    .info = checked({
        .id = "compiler-in-image",
        .title = "compilers or debuggers are shipped",
        .severity = Severity::low,
        .practice = Practice::minimal_base,
        .surfaces = "I",
        .aliases = "CIS-4.3",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "build in one stage and copy the result into a small last one",
        .why = "Compilers, linkers and debuggers turn a foothold into a workshop: exploits are built in place and "
               "processes "
               "taken apart. A multi-stage build leaves them behind.",
        .bad = {Surface::image, R"({"files": [{"path": "/usr/bin/gcc", "mode": "0755", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app/server", "mode": "0755", "content": "x"}]})"},
        .references = "https://docs.docker.com/build/building/multi-stage/ https://www.cisecurity.org/benchmark/docker",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
