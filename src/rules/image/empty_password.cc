#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  for (const ShadowEntry& entry : image.shadow) {
    if (entry.empty_password) judge.found(image, join({"the user ", quoted(entry.name), " has an empty password"}));
  }
}

}  // namespace

extern constinit const Rule empty_password{
    .info = checked({
        .id = "empty-password",
        .title = "an account of the image has no password",
        .severity = Severity::high,
        .practice = Practice::malicious_content,
        .surfaces = "I",
        .aliases = "DKL-LI-0001",
        .fix = FixSafety::advice,
        .fix_summary = "lock the account: passwd -l NAME, or a * in /etc/shadow",
        .why = "An empty password field lets anybody become that user: su, a login service or sshd asks for nothing. "
               "Locked "
               "accounts (! or *) are what images need.",
        .bad = {Surface::image, R"({"files": [{"path": "/etc/shadow", "content": "root::19000:0:99999:7:::\n"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/etc/shadow", "content": "root:*:19000:0:99999:7:::\n"}]})"},
        .references = "https://man7.org/linux/man-pages/man5/shadow.5.html "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-li-0001",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
