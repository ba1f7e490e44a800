#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool chooses_program(std::string_view argument) {
  return argument.starts_with("--git=") || argument.starts_with("-git=") || argument == "--git" || argument == "-git";
}

bool is_told_by_flag(const Field<CommandLine>& line) {
  return line && std::ranges::any_of(line->arguments, chooses_program);
}

// Hooks are meant to run programs, and have their uses.
constexpr std::string_view kHooks[] = {"GITSYNC_EXECHOOK_COMMAND", "GIT_SYNC_EXECHOOK_COMMAND",
                                       "GIT_SYNC_HOOK_COMMAND"};

void check_hook(const Workload& workload, const Stated<EnvironmentVariable>& variable, Judge& judge) {
  if (std::ranges::find(kHooks, variable.value.name) == std::end(kHooks)) return;
  Finding& finding = judge.found(workload, variable.origin,
                                 join({quoted(variable.value.name), " names a program that runs after each sync"}));
  finding.severity = Severity::low;
  only_aliases(finding, {});
}

void check(const Workload& workload, Judge& judge) {
  if (!workload.image.known() || workload.image->repository.find("git-sync") == std::string::npos) return;
  for (const auto& variable : workload.environment) {
    if (variable.value.name == "GITSYNC_GIT" || variable.value.name == "GIT_SYNC_GIT")
      judge.found(workload, variable.origin,
                  join({quoted(variable.value.name), " names the program that runs in the place of git"}));
    check_hook(workload, variable, judge);
  }
  for (const Field<CommandLine>* line : {&workload.entrypoint, &workload.command}) {
    if (is_told_by_flag(*line))
      judge.found(workload, line->origin(), "--git names the program that runs in the place of git");
  }
}

}  // namespace

extern constinit const Rule git_sync_program{
    .info = checked({
        .id = "git-sync-program",
        .title = "git-sync is told which program to run",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "K",
        .aliases = "CKV_K8S_159",
        .fix = FixSafety::advice,
        .fix_summary = "leave the git program at its default",
        .why = "git-sync runs as \"git\" whatever it is told to, with its own account and keys. Who may "
               "edit the manifest so runs a program from the repository or the image without ever "
               "touching the image that was reviewed.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: registry.k8s.io/git-sync/git-sync:v4.2.3\n"
                "      env:\n"
                "        - name: GITSYNC_GIT\n"
                "          value: /tmp/run\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: registry.k8s.io/git-sync/git-sync:v4.2.3\n"
                 "      args: [\"--repo=https://example.com/x\"]\n"},
        .references = "https://github.com/kubernetes/git-sync",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
