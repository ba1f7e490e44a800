#include <optional>
#include <vector>

#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Seen {
  bool curl = false, wget = false;
};

void check(const Dockerfile& dockerfile, Judge& judge) {
  std::vector<Seen> after(dockerfile.stages.size());
  for (std::size_t i = 0; i < dockerfile.stages.size(); ++i) {
    const Stage& stage = dockerfile.stages[i];
    Seen& seen = after[i];
    if (stage.parent && *stage.parent < i) seen = after[*stage.parent];
    bool told = seen.curl && seen.wget;  // in the stage it is built on
    each_run(dockerfile, stage, [&](const Instruction& run, const shell::Script& script) {
      for (const shell::Command& command : script.commands) {
        const std::string_view program = program_of(command);
        if (!is_downloader(program)) continue;
        (program == "curl" ? seen.curl : seen.wget) = true;
        if (told || !seen.curl || !seen.wget) continue;
        told = true;
        judge.found(dockerfile, run, program_word(command)->span,
                    join({quoted(program), " is used where ", program == "curl" ? "wget" : "curl",
                          " was used before: one of them will do"}));
      }
    });
  }
}

}  // namespace

extern constinit const Rule wget_and_curl{
    .info = checked({
        .id = "wget-and-curl",
        .title = "both wget and curl are used",
        .severity = Severity::low,
        .practice = Practice::minimal_base,
        .surfaces = "D",
        .aliases = "DL4001 DS-0014 KICS-fc775e75",
        .fix = FixSafety::advice,
        .fix_summary = "use one of them everywhere, and leave the other out of the image",
        .why = "Two programs for one job are two to install, to patch and to keep an eye on; and both are what an "
               "attacker looks for first to fetch the next tool.",
        .bad = {Surface::dockerfile,
                "FROM debian:12\nRUN wget -nv https://example.org/a\nRUN curl -fsSO https://example.org/b\n"},
        .good = {Surface::dockerfile,
                 "FROM debian:12\nRUN curl -fsSO https://example.org/a\nRUN curl -fsSO https://example.org/b\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4001",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
