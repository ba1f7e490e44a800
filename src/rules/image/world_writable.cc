#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  std::vector<const FileFact*> files = visible_files(image, FileFact::Kind::world_writable);
  // Devices and locks that are open to all by design.
  std::erase_if(files, [](const FileFact* file) {
    return file->path.starts_with("/dev/") || file->path.starts_with("/run/") || file->path.starts_with("/var/run/");
  });
  if (files.empty()) return;
  judge.found(image, listed("world-writable path", files)).evidence = all_paths(files);
}

}  // namespace

extern constinit const Rule world_writable{
    .info = checked({
        .id = "world-writable",
        .title = "everybody may write to files of the image",
        .severity = Severity::medium,
        .practice = Practice::malicious_content,
        .surfaces = "I",
        .fix = FixSafety::advice,
        .fix_summary = "take the right away: chmod o-w, or the sticky bit for a shared directory",
        .why = "What every user may write, every user may replace: a script that root runs later, a library, a "
               "directory in "
               "which files are swapped. Only shared temporary directories need it, and they have the sticky bit.",
        .bad = {Surface::image, R"({"files": [{"path": "/app/run.sh", "mode": "0777", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app/run.sh", "mode": "0755", "content": "x"}]})"},
        .references = "https://man7.org/linux/man-pages/man7/inode.7.html",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
