#include <algorithm>

#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr OptionStyle kStyle{.letters = "bcdefgGkKpRPsuZ",
                             .names =
                                 "base-dir comment home-dir expiredate inactive gid groups skel key password root "
                                 "prefix shell uid selinux-user"};

bool is_long_number(std::string_view text) {
  return text.size() > 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (program_of(command) != "useradd") return;
  const Options options = parse_options(arguments_of(command), kStyle);
  const Option* uid = options.find({"u", "uid"});
  if (uid == nullptr || !is_long_number(uid->value) || options.has({"l", "no-log-init"})) return;
  judge.found(view.dockerfile, view.instruction, uid->value_word->span,
              join({"uid ", quoted(uid->value), " makes lastlog and faillog huge sparse files: -l is missing"}));
}

}  // namespace

extern constinit const Rule useradd_l{
    .info = checked({
        .id = "useradd-l",
        .title = "useradd with a high uid and without -l",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3046",
        .fix = FixSafety::safe,
        .fix_summary = "add -l (--no-log-init)",
        .why = "useradd writes to /var/log/lastlog and faillog at a place that the uid gives. With a high uid these "
               "become sparse files of gigabytes, and builders that copy them byte by byte make a layer as large.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN useradd -u 1234567 app\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN useradd -l -u 1234567 app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3046 "
                      "https://docs.docker.com/build/building/best-practices/#user",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
