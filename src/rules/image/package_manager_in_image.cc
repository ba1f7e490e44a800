#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  const std::vector<const FileFact*> files = visible_files(image, FileFact::Kind::package_manager);
  if (files.empty()) return;
  judge.found(image, listed("package manager", files)).evidence = all_paths(files);
}

}  // namespace

extern constinit const Rule package_manager_in_image{
    .info = checked({
        .id = "package-manager-in-image",
        .title = "the image can install software",
        .severity = Severity::info,
        .practice = Practice::minimal_base,
        .surfaces = "I",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "build on a base without one (distroless, scratch), or remove it in the last stage",
        .why = "A package manager in a running container lets whoever got in fetch the tools that were left out, with "
               "signatures and all. Finished images need none: they are rebuilt, not updated.",
        .bad = {Surface::image, R"({"files": [{"path": "/sbin/apk", "mode": "0755", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app/server", "mode": "0755", "content": "x"}]})"},
        .references = "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
