#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/secrets.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kFlags[] = {"--requirepass", "--masterauth"};

// "--db-password=x", "--token x" (the value is in `next`), "PGPASSWORD=x" in front of a command. What it is; "" when
// nothing is secret.
std::string secret_of(std::string_view argument, std::string_view next) {
  if (const std::string_view token = known_token(argument); !token.empty()) return std::string(token);
  if (has_connection_password(argument)) return "a connection string with its password";
  const auto equals = argument.find('=');
  const std::string_view name = argument.substr(0, equals);
  const bool flag = name.starts_with("-");
  const bool special = std::ranges::find(kFlags, name) != std::end(kFlags);
  if (!flag && (equals == std::string_view::npos || name.find_first_of(" \t/:") != std::string_view::npos)) return "";
  const bool named = special ||
                     names_a_secret(name.substr(
                         name.find_first_not_of('-') == std::string_view::npos ? 0 : name.find_first_not_of('-'))) ||
                     name.ends_with("PASSWORD");
  const std::string_view value = equals != std::string_view::npos ? argument.substr(equals + 1) : next;
  if (!named || is_harmless_value(value) || value.starts_with('-')) return "";
  return join({"a secret after ", quoted(name)});
}

std::vector<std::string_view> words_of(const CommandLine& line) {
  std::vector<std::string_view> words;
  for (const std::string& argument : line.arguments) {
    if (!line.shell_form && argument.find(' ') == std::string::npos) {
      words.emplace_back(argument);
      continue;
    }
    std::string_view rest = argument;  // a script: sh -c "…", or shell form
    while (!rest.empty()) {
      if (const std::string_view word = next_field(rest, ' '); !word.empty()) words.push_back(word);
    }
  }
  return words;
}

void check_line(const Workload& workload, const Field<CommandLine>& line, Judge& judge) {
  if (!line.known()) return;
  const std::vector<std::string_view> words = words_of(*line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string what = secret_of(words[i], i + 1 < words.size() ? words[i + 1] : std::string_view());
    if (what.empty()) continue;
    Finding& finding =
        judge.found(workload, line.origin(), join({"the command line holds ", what, " (value not shown)"}));
    if (!is_kubernetes(workload)) only_aliases(finding, {});
    return;  // one finding per line: its origin is the whole
  }
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
        .fix = FixSafety::unsafe,
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
