#include "model/spoken_texts.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>

#include "base/text.h"

namespace oakum {

namespace {

using Texts = std::vector<std::string_view>;

void add_command(const Field<CommandLine>& field, Texts& texts) {
  if (field) texts.insert(texts.end(), field->arguments.begin(), field->arguments.end());
}

void add_configs(const Workload& service, const ComposeProject& project, Texts& texts) {
  for (const Stated<SecretMount>& mount : service.configs) {
    const auto found = std::ranges::find(project.configs, mount.value.name, &ComposeSecret::name);
    if (found != project.configs.end() && found->content) texts.push_back(*found->content);
  }
}

void add_dockerfile(const Workload& service, const Subjects& subjects, Texts& texts) {
  if (!service.build || !service.build->read || *service.build->read >= subjects.dockerfiles.size()) return;
  for (const Instruction& instruction : subjects.dockerfiles[*service.build->read].instructions) {
    const bool says = instruction.kind == InstructionKind::env || instruction.kind == InstructionKind::cmd ||
                      instruction.kind == InstructionKind::entrypoint;
    if (says) texts.push_back(instruction.text);
  }
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// "DATABASE_URL", "REDIS_HOST"; not "DB_PASSWORD", "PUBLIC_URL".
bool is_address_of_back_end(std::string_view variable) {
  const std::string name = to_lower(variable);
  return has_any(name, {"host", "url", "uri", "dsn", "addr", "server", "conn", "endpoint", "broker", "node"}) &&
         has_any(name, {"db", "data",   "sql",   "pg",    "postgres", "maria",   "mongo",  "redis",  "cache",  "amqp",
                        "mq", "rabbit", "kafka", "queue", "broker",   "elastic", "search", "celery", "valkey", "dsn"});
}

bool is_hidden(const Stated<EnvironmentVariable>& variable) {
  const bool here = variable.known && variable.value.value;
  return !here && is_address_of_back_end(variable.value.name);
}

// Those of its files that set something.
std::set<std::string_view> files_read(const Workload& service) {
  std::set<std::string_view> files;
  for (const Stated<EnvironmentVariable>& variable : service.environment) {
    if (variable.value.from == EnvironmentVariable::From::file) files.insert(variable.value.reference);
  }
  return files;
}

}  // namespace

std::vector<std::string_view> spoken_texts(const Workload& service, const ComposeProject& project,
                                           const Subjects& subjects) {
  Texts texts;
  for (const Stated<EnvironmentVariable>& variable : service.environment) {
    if (variable.value.value) texts.push_back(*variable.value.value);
  }
  add_command(service.command, texts);
  add_command(service.entrypoint, texts);
  if (service.healthcheck) {
    const auto& test = service.healthcheck->test.arguments;
    texts.insert(texts.end(), test.begin(), test.end());
  }
  add_configs(service, project, texts);
  add_dockerfile(service, subjects, texts);
  return texts;
}

bool hides_an_address(const Workload& service) {
  if (std::ranges::any_of(service.environment, is_hidden)) return true;
  if (service.env_files.empty()) return false;
  const auto read = files_read(service);
  return std::ranges::any_of(
      service.env_files, [&](const Stated<std::string>& file) { return !file.known || !read.contains(file.value); });
}

}  // namespace oakum
