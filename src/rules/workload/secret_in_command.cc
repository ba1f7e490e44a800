#include <string_view>
#include <vector>

#include "rules/kit/command_secrets.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// A command may go over many lines: the place is the secret, where it stands as it is.
Origin place_of(const Field<CommandLine>& line, std::string_view secret, const Judge& judge) {
  Origin where = line.origin();
  const Source* source = judge.subjects().source(where.source);
  if (source == nullptr) return where;
  if (const auto place = place_of_value(source->text, where.span, secret)) where.span = *place;
  return where;
}

// One finding per line.
void check_line(const Workload& workload, const Field<CommandLine>& line, Judge& judge) {
  const std::vector<CommandSecret> secrets = secrets_in(line);
  if (secrets.empty()) return;
  Finding& finding = judge.found(workload, place_of(line, secrets.front().value, judge),
                                 join({"the command line holds ", secrets.front().what, " (value not shown)"}));
  if (!is_kubernetes(workload)) only_aliases(finding, {});
  std::vector<std::string_view> values;
  for (const CommandSecret& secret : secrets) values.push_back(secret.value);
  hide_secrets(finding, workload, values, judge);
}

void check(const Workload& workload, Judge& judge) {
  check_line(workload, workload.entrypoint, judge);
  check_line(workload, workload.command, judge);
}

}  // namespace

extern constinit const Rule secret_in_command{
    .info = checked({
        .id = "secret-in-command",
        .title = "a secret stands in the command line",
        .severity = Severity::high,
        .practice = Practice::secret_delivery,
        .surfaces = "CKRL",
        .aliases = "C-0012",
        .fix = FixSafety::advice,
        .fix_summary = "let the program read it from a mounted secret",
        .why = "Arguments are readable by every user of the host in /proc, stay in the shell's history and in the "
               "engine's data, and are printed by ps and inspect. Give the program a file to read instead.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: redis:7\n"
                "    command: [\"redis-server\", \"--requirepass\", \"hunter2\"]\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: redis:7\n"
                 "    command: [\"redis-server\", \"/run/secrets/redis.conf\"]\n"},
        .references = "https://docs.docker.com/compose/how-tos/use-secrets/ "
                      "https://man7.org/linux/man-pages/man5/proc_pid_cmdline.5.html",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
