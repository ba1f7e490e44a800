#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"
#include "rules/workload/secrets.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kFlags[] = {"--requirepass", "--masterauth"};

struct Secret {
  std::string what;
  std::string_view value;
};

std::string_view without_dashes(std::string_view flag) {
  return flag.substr(std::min(flag.find_first_not_of('-'), flag.size()));
}

// "--db-password=x", "--token x" (the value is in `next`), "PGPASSWORD=x" in front of a command.
std::optional<Secret> secret_of(std::string_view argument, std::string_view next) {
  if (const std::string_view token = known_token(argument); !token.empty()) return Secret{std::string(token), argument};
  if (has_connection_password(argument)) return Secret{"a connection string with its password", argument};
  const auto equals = argument.find('=');
  const std::string_view name = argument.substr(0, equals);
  const bool flag = name.starts_with("-");
  if (!flag && (equals == std::string_view::npos || name.find_first_of(" \t/:") != std::string_view::npos)) return {};
  const bool named = std::ranges::find(kFlags, name) != std::end(kFlags) || names_a_secret(without_dashes(name)) ||
                     name.ends_with("PASSWORD");
  const std::string_view value = equals != std::string_view::npos ? argument.substr(equals + 1) : next;
  if (!named || is_harmless_value(value) || value.starts_with('-')) return {};
  return Secret{join({"a secret after ", quoted(name)}), value};
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

std::vector<Secret> secrets_of(const CommandLine& line) {
  std::vector<Secret> secrets;
  const std::vector<std::string_view> words = words_of(line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<Secret> secret = secret_of(words[i], i + 1 < words.size() ? words[i + 1] : std::string_view());
    if (secret) secrets.push_back(std::move(*secret));
  }
  return secrets;
}

// One finding per line, whose origin is the whole.
void check_line(const Workload& workload, const Field<CommandLine>& line, Judge& judge) {
  if (!line.known()) return;
  const std::vector<Secret> secrets = secrets_of(*line);
  if (secrets.empty()) return;
  Finding& finding = judge.found(workload, line.origin(),
                                 join({"the command line holds ", secrets.front().what, " (value not shown)"}));
  if (!is_kubernetes(workload)) only_aliases(finding, {});
  const Source* source = judge.subjects().source(line.origin().source);
  if (source == nullptr || line.origin().span.line == 0) return;
  std::vector<std::string_view> values;
  for (const Secret& secret : secrets) values.push_back(secret.value);
  finding.excerpt = line_without(source->text, line.origin().span, values);
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
