#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  for (const FileFact* file : visible_files(image, FileFact::Kind::sudo)) {
    Finding& finding = judge.found(image, join({quoted(file->path), " is installed"}));
    finding.evidence = brought_by(image, *file);
  }
}

}  // namespace

extern constinit const Rule sudo_in_image{
    .info = checked({
        .id = "sudo-in-image",
        .title = "sudo is in the image",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "I",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out: build steps run as root anyway, and the service should need no more rights than "
                       "it starts with",
        .why =
            "sudo is a large setuid program made for people at terminals. In a container it is a way back to root for "
            "whoever breaks the service, and its rules are one more thing to get wrong.",
        .bad = {Surface::image, R"({"files": [{"path": "/usr/bin/sudo", "mode": "4755", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/usr/bin/su-exec", "mode": "0755", "content": "x"}]})"},
        .references = "https://docs.docker.com/build/building/best-practices/#user "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-di-0001",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
