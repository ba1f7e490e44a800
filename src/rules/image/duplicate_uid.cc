#include <map>
#include <set>
#include <string_view>

#include "rules/image/files.h"

namespace oakum::rules {

namespace {

void look(const ImageFacts& image, const std::vector<PasswdEntry>& entries, std::uint32_t PasswdEntry::* number,
          std::string_view what, Judge& judge) {
  std::map<std::uint32_t, std::string_view> owners;
  std::set<std::string_view> names;
  for (const PasswdEntry& entry : entries) {
    const auto [owner, first] = owners.emplace(entry.*number, entry.name);
    const std::string text = std::to_string(entry.*number);
    if (!names.insert(entry.name).second) {
      judge.found(image, join({"the ", what, " ", quoted(entry.name), " is there twice"}));
    } else if (!first) {
      Finding& finding = judge.found(image, join({"the ", what, "s ", quoted(owner->second), " and ",
                                                  quoted(entry.name), " have the same number ", text}));
      if (entry.*number == 0) finding.severity = Severity::high;
    }
  }
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  look(image, image.passwd, &PasswdEntry::uid, "user", judge);
  look(image, image.group, &PasswdEntry::gid, "group", judge);
}

}  // namespace

extern constinit const Rule duplicate_uid{
    .info = checked({
        .id = "duplicate-uid",
        .title = "two accounts of the image are one to the kernel",
        .severity = Severity::medium,
        .practice = Practice::malicious_content,
        .surfaces = "I",
        .aliases = "DKL-LI-0002",
        .fix = FixSafety::advice,
        .fix_summary = "give each account an id of its own",
        .why = "The kernel knows numbers only. Two names with one number are the same user, with all the rights of "
               "both; a "
               "second name for 0 is a second root that few look for.",
        .bad =
            {Surface::image,
             R"({"files": [{"path": "/etc/passwd", "content": "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n"}]})"},
        .good =
            {Surface::image,
             R"({"files": [{"path": "/etc/passwd", "content": "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n"}]})"},
        .references = "https://man7.org/linux/man-pages/man5/passwd.5.html "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-li-0002",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
