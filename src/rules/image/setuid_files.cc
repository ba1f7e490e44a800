#include <algorithm>
#include <iterator>
#include <string_view>

#include "rules/image/files.h"

namespace oakum::rules {

namespace {

// Programs that distributions ship so; anything else has that bit for a reason that somebody should know.
constexpr std::string_view kUsual[] = {"at",
                                       "chage",
                                       "chfn",
                                       "chsh",
                                       "dotlockfile",
                                       "expiry",
                                       "fusermount",
                                       "fusermount3",
                                       "gpasswd",
                                       "mount",
                                       "newgidmap",
                                       "newgrp",
                                       "newuidmap",
                                       "pam_extrausers_chkpwd",
                                       "pam_timestamp_check",
                                       "passwd",
                                       "ping",
                                       "pkexec",
                                       "polkit-agent-helper-1",
                                       "ssh-agent",
                                       "ssh-keysign",
                                       "su",
                                       "sudo",
                                       "sudoedit",
                                       "umount",
                                       "unix_chkpwd",
                                       "unix_update",
                                       "userhelper",
                                       "usernetctl",
                                       "wall",
                                       "write"};

bool is_usual(const FileFact& file) {
  const std::string_view path = file.path;
  const bool system = path.starts_with("/usr/") || path.starts_with("/bin/") || path.starts_with("/sbin/");
  return system && !path.starts_with("/usr/local/") &&
         std::ranges::find(kUsual, path.substr(path.rfind('/') + 1)) != std::end(kUsual);
}

void report(const ImageFacts& image, const std::vector<const FileFact*>& files, Severity severity, Judge& judge) {
  if (files.empty()) return;
  Finding& finding = judge.found(image, listed("setuid or setgid file", files));
  finding.severity = severity;
  finding.evidence = all_paths(files);
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge)) return;
  const auto path = [](const FileFact* file) -> const std::string& { return file->path; };
  std::vector<const FileFact*> files;
  std::ranges::set_union(visible_files(image, FileFact::Kind::setuid), visible_files(image, FileFact::Kind::setgid),
                         std::back_inserter(files), {}, path, path);
  std::vector<const FileFact*> usual;
  for (const FileFact* file : files) {
    if (is_usual(*file)) usual.push_back(file);
  }
  std::erase_if(files, [](const FileFact* file) { return is_usual(*file); });
  report(image, files, Severity::high, judge);
  report(image, usual, Severity::low, judge);
}

}  // namespace

extern constinit const Rule setuid_files{
    .info = checked({
        .id = "setuid-files",
        .title = "programs of the image run with their owner's rights",
        .severity = Severity::low,
        .practice = Practice::malicious_content,
        .surfaces = "I",
        .aliases = "CIS-4.8 CIS-DI-0008",
        .fix = FixSafety::advice,
        .fix_summary = "take the bits away (chmod a-s) from what the service does not need",
        .why =
            "A setuid or setgid program runs with the rights of its owner or group, whoever starts it. One bug in it, "
            "and "
            "an attacker who got in as an ordinary user is root inside. Few services need su, mount or passwd at all.",
        .bad = {Surface::image, R"({"files": [{"path": "/opt/helper", "mode": "4755", "content": "x"}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/opt/helper", "mode": "0755", "content": "x"}]})"},
        .references = "https://www.cisecurity.org/benchmark/docker https://man7.org/linux/man-pages/man7/inode.7.html",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
