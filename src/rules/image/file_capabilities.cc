#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  const std::vector<const FileFact*> files = visible_files(image, FileFact::Kind::capability);
  if (files.empty()) return;
  judge.found(image, listed("file with capabilities", files)).evidence = all_paths(files);
}

}  // namespace

extern constinit const Rule file_capabilities{
    .info = checked({
        .id = "file-capabilities",
        .title = "programs of the image carry capabilities",
        .severity = Severity::low,
        .practice = Practice::capabilities,
        .surfaces = "I",
        .fix = FixSafety::advice,
        .fix_summary = "remove them (setcap -r), or set no-new-privileges so that they have no effect",
        .why = "A file with capabilities gives them to any user who runs it, as setuid gives the owner's rights. ping "
               "with "
               "NET_RAW is harmless where NET_RAW is dropped; an interpreter with SETUID is root.",
        .bad = {Surface::image,
                R"({"files": [{"path": "/usr/bin/python3", "mode": "0755", "content": "x", "capabilities": true}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/usr/bin/python3", "mode": "0755", "content": "x"}]})"},
        .references = "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
