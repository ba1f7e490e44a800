#include <algorithm>
#include <vector>

#include "rules/build/run.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// "-o pipefail", also as the end of a cluster: -euo pipefail.
template <class Words, class Text>
bool sets_pipefail(const Words& words, Text text) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view option = text(words[i - 1]);
    if (text(words[i]) == "pipefail" && option.starts_with('-') && option.ends_with('o')) return true;
  }
  return false;
}

bool shell_sets_it(const std::vector<std::string>& shell) {
  return sets_pipefail(shell, [](const std::string& word) -> std::string_view { return word; });
}

// The first command of the first pipeline that nothing makes fail as a whole.
const shell::Command* first_pipe(const shell::Script& script) {
  const shell::Command* before = nullptr;
  for (const shell::Command& command : script.commands) {
    if (sets_pipefail(command.words, [](const shell::Word& word) -> std::string_view { return word.text; }))
      return nullptr;
    if (command.joint == shell::Joint::pipe && before != nullptr) {
      const auto feeders = feeding(command, script);
      return feeders.empty() ? before : feeders.back();
    }
    before = &command;
  }
  return nullptr;
}

class Check {
 public:
  Check(const Dockerfile& dockerfile, Judge& judge) : file_(dockerfile), judge_(judge), roots_(roots_of(dockerfile)) {}

  void run() {
    for (std::size_t i = 0; i < file_.stages.size(); ++i) {
      const ImageFacts* base = facts_of(file_.stages[roots_[i]], judge_.subjects());
      const bool base_sets_it = base != nullptr && shell_sets_it(base->shell);
      each_run(file_, file_.stages[i], [&](const Instruction& run, const shell::Script& script) {
        const bool safe = run.before.shell.empty() ? base_sets_it : shell_sets_it(run.before.shell);
        if (safe || run.json_form || !is_posix_shell(run)) return;  // SHELL does not run the JSON form
        if (const shell::Command* pipe = first_pipe(script)) tell(run, *pipe);
      });
    }
  }

 private:
  void tell(const Instruction& run, const shell::Command& pipe) {
    judge_.found(
        file_, run, pipe.span,
        join({"a failure of ", quoted(pipe.name()), " is not seen: it stands before a pipe, and pipefail is not set"}));
  }

  const Dockerfile& file_;
  Judge& judge_;
  std::vector<std::size_t> roots_;
};

void check(const Dockerfile& dockerfile, Judge& judge) { Check(dockerfile, judge).run(); }

}  // namespace

extern constinit const Rule pipefail{
    .info = checked({
        .id = "pipefail",
        .title = "a pipe without pipefail",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "DI",
        .aliases = "DL4006 KICS-efbf148a",
        .fix = FixSafety::unsafe,
        .fix_summary = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] before it, where the image has bash",
        .why =
            "The shell looks only at the last command of a pipe. When the download before it fails or breaks off, the "
            "build goes on with half of a file or none, and the image is pushed.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN curl -fsSL https://example.org/a.tgz | tar -xz\n"},
        .good = {Surface::dockerfile,
                 "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
                 "RUN curl -fsSL https://example.org/a.tgz | tar -xz\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4006 "
                      "https://docs.docker.com/build/building/best-practices/#using-pipes",
    }),
    .checks = {.dockerfile = check, .history = true},
};

}  // namespace oakum::rules
