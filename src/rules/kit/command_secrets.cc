#include "rules/kit/command_secrets.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kFlags[] = {"--requirepass", "--masterauth"};

std::string_view without_dashes(std::string_view flag) {
  return flag.substr(std::min(flag.find_first_not_of('-'), flag.size()));
}

// Scripts are looked at word by word, quotes and all: --token='' gives none.
std::string_view without_quotes(std::string_view value) {
  constexpr std::string_view kQuotes = "\"'";
  const std::size_t begin = std::min(value.find_first_not_of(kQuotes), value.size());
  value.remove_prefix(begin);
  while (!value.empty() && kQuotes.find(value.back()) != std::string_view::npos) value.remove_suffix(1);
  return value;
}

// "--db-password=x", "--token x" (the value is in `next`), "PGPASSWORD=x" in front of a command.
std::optional<CommandSecret> secret_of(std::string_view argument, std::string_view next) {
  if (const std::string_view token = known_token(argument); !token.empty())
    return CommandSecret{std::string(token), argument};
  if (has_connection_password(argument)) return CommandSecret{"a connection string with its password", argument};
  const auto equals = argument.find('=');
  const std::string_view name = argument.substr(0, equals);
  const bool flag = name.starts_with("-");
  if (!flag && (equals == std::string_view::npos || name.find_first_of(" \t/:") != std::string_view::npos)) return {};
  const bool named = std::ranges::find(kFlags, name) != std::end(kFlags) || names_a_secret(without_dashes(name)) ||
                     name.ends_with("PASSWORD");
  const std::string_view value = without_quotes(equals != std::string_view::npos ? argument.substr(equals + 1) : next);
  if (!named || is_harmless_value(value) || value.starts_with('-')) return {};
  return CommandSecret{join({"a secret after ", quoted(name)}), value};
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

}  // namespace

std::vector<CommandSecret> secrets_in(const CommandLine& line) {
  std::vector<CommandSecret> secrets;
  const std::vector<std::string_view> words = words_of(line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::optional<CommandSecret> secret = secret_of(words[i], i + 1 < words.size() ? words[i + 1] : std::string_view());
    if (secret) secrets.push_back(std::move(*secret));
  }
  return secrets;
}

std::vector<CommandSecret> secrets_in(const Field<CommandLine>& line) {
  if (!line) return {};
  std::vector<CommandSecret> secrets = secrets_in(*line);
  // What is a variable's is not here, what stands beside it is: --user $NAME --password hunter2.
  if (!line.known()) {
    std::erase_if(secrets, [](const CommandSecret& secret) {
      return secret.value.find_first_of("$%{}`") != std::string_view::npos;
    });
  }
  return secrets;
}

std::vector<std::string_view> secret_values(const Workload& workload) {
  std::vector<std::string_view> values;
  for (const Stated<EnvironmentVariable>& item : workload.environment) {
    const EnvironmentVariable& variable = item.value;
    if (!variable.value) continue;
    const std::optional<SecretHit> hit = secret_in_variable(variable.name, *variable.value);
    if (hit && (item.known || hit->kind != SecretKind::named)) values.push_back(*variable.value);
  }
  for (const Field<CommandLine>* line : {&workload.entrypoint, &workload.command}) {
    for (const CommandSecret& secret : secrets_in(*line)) values.push_back(secret.value);
  }
  return values;
}

void hide_secrets(Finding& finding, const Workload& workload, std::span<const std::string_view> own,
                  const Judge& judge) {
  const Source* source = judge.subjects().source(finding.origin.source);
  if (source == nullptr || finding.origin.span.line == 0) return;
  finding.excerpt = line_without(source->text, finding.origin.span, own, secret_values(workload));
}

}  // namespace oakum::rules
