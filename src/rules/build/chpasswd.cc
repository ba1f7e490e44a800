#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::string_view program = program_of(command);
  const auto tell = [&](const shell::Word& word, std::string_view what, std::string_view alias) {
    Finding& finding = judge.found(view.dockerfile, view.instruction, word.span, std::string(what));
    only_aliases(finding, {});
    if (!alias.empty()) add_alias(finding, alias);
  };
  if (program == "chpasswd")
    return tell(*program_word(command), "chpasswd gives an account a password", "CKV2_DOCKER_17");
  if (program != "passwd" && program != "useradd" && program != "usermod") return;
  const Options options = parse_options(
      arguments_of(command), {.letters = program == "passwd" ? "nxwiR" : "bcdefgGkKpRPsuZ", .names = "password"});
  if (program == "passwd") {
    if (const Option* empty = options.find({"d", "delete"}))
      return tell(*empty->word, "passwd -d leaves the account without a password", "DKL-LI-0001");
    if (const Option* input = options.find({"stdin"}))
      return tell(*input->word, "passwd gives an account a password", "");
  } else if (const Option* given = options.find({"p", "password"})) {
    if (given->value != "!" && given->value != "*")
      tell(*given->word, join({program, " gives an account a password"}), "");
  }
}

}  // namespace

extern constinit const Rule chpasswd{
    .info = checked({
        .id = "chpasswd",
        .title = "an account gets a password in the build",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "DI",
        .aliases = "CKV2_DOCKER_17 DKL-LI-0001",
        .fix = FixSafety::advice,
        .fix_summary = "leave accounts locked; let people in with keys or docker exec",
        .why = "The password, or its hash, is in a layer and often in the image's history: everybody who can pull the "
               "image has it, it is the same in every container, and it cannot be changed without a new image.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN echo 'root:toor' | chpasswd\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN useradd --system app\nUSER app\n"},
        .references = "https://www.checkov.io/5.Policy%20Index/dockerfile.html "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
