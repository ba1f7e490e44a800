// image … user, environment, labels.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "convert/compose_writer.h"
#include "convert/pod_text.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

using From = EnvironmentVariable::From;

void write_build(const ComposeWriter& writer) {
  const Field<Build>& build = writer.workload().build;
  if (!build) return;
  const auto escape = [&](const std::string& text) {
    return YamlValue(writer.text(text, build.known(), build.origin()));
  };
  Members members{{"context", escape(build->context)}};
  if (!build->dockerfile.empty()) members.emplace_back("dockerfile", escape(build->dockerfile));
  if (!build->target.empty()) members.emplace_back("target", escape(build->target));
  writer.add("build", members.size() == 1 ? members.front().second : YamlValue::map(std::move(members)));
}

void write_command(const ComposeWriter& writer, std::string key, const Field<CommandLine>& field) {
  if (!field) return;
  const auto escape = [&](const std::string& text) {
    return YamlValue(
        writer.text(text_of_pod(writer.item, text, field.origin(), writer.notes), field.known(), field.origin()));
  };
  if (field->shell_form && !field->arguments.empty()) return writer.add(std::move(key), escape(field->arguments[0]));
  std::vector<YamlValue> words;
  for (const std::string& argument : field->arguments) words.push_back(escape(argument));
  writer.add(std::move(key), YamlValue::list(std::move(words)));
}

void write_user(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (!workload.user && !workload.group) return;
  if (!workload.user) {
    writer.notes.cannot(writer.item, workload.group.origin(), spelled(workload.group.origin(), "group"),
                        "a group is said behind a user, and none is said");
    return;
  }
  std::string user = writer.text(*workload.user, workload.user.known(), workload.user.origin());
  if (workload.group) user += ":" + writer.text(*workload.group, workload.group.known(), workload.group.origin());
  writer.add("user", user);
}

// What is written for a variable; nullopt and a note when there is no way to.
std::optional<YamlValue> value_of(const ComposeWriter& writer, const Stated<EnvironmentVariable>& stated) {
  const EnvironmentVariable& variable = stated.value;
  const bool elsewhere = variable.from == From::secret || variable.from == From::config_map ||
                         variable.from == From::field || (variable.from == From::file && !variable.value);
  if (elsewhere) {
    writer.notes.cannot(writer.item, stated.origin, "variable " + printable(variable.name, 80),
                        "its value comes from " + printable(variable.reference, 120) + ", which is not in a file here");
    return std::nullopt;
  }
  if (!variable.value) return YamlValue::plain("null");  // as it is where Compose runs
  return YamlValue(
      writer.text(text_of_pod(writer.item, *variable.value, stated.origin, writer.notes), stated.known, stated.origin));
}

bool is_of_file(const Stated<EnvironmentVariable>& stated) {
  return (stated.value.from == From::file && stated.origin.surface != Surface::kubernetes) ||
         stated.origin.node.starts_with("--env-file.");
}

void write_variables(const ComposeWriter& writer) {
  KeyedMembers members;
  for (const Stated<EnvironmentVariable>& stated : writer.workload().environment) {
    if (is_of_file(stated)) continue;
    auto value = value_of(writer, stated);
    if (!value) continue;
    members.set(stated.value.name, std::move(*value));
  }
  if (!members.empty()) writer.add("environment", YamlValue::map(members.take()));
}

// docker run takes the lines of such a file as they are; Compose takes quotes away and fills variables in.
void note_env_files(const ComposeWriter& writer) {
  if (!writer.item.is(Surface::run_command)) return;
  for (const Stated<EnvironmentVariable>& stated : writer.workload().environment) {
    if (!is_of_file(stated) || stated.value.value.value_or("").find_first_of("'\"$#") == std::string::npos) continue;
    writer.notes.assume(
        writer.item, stated.origin, "variable " + printable(stated.value.name, 80),
        "Compose reads quotes, \"$\" and \" #\" in a file of variables, docker run takes them as they are");
  }
}

}  // namespace

void write_identity(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  if (workload.image)
    writer.add("image", writer.text(workload.image->text, workload.image.known(), workload.image.origin()));
  write_build(writer);
  writer.add_text("platform", workload.platform);
  if (workload.pull_policy) {
    std::string policy = to_lower(*workload.pull_policy);
    if (policy == "ifnotpresent" || policy == "missing") policy = "if_not_present";  // what old and new Compose know
    writer.add("pull_policy", writer.text(policy, workload.pull_policy.known(), workload.pull_policy.origin()));
  }
  writer.add_text("container_name", workload.container_name);
  if (writer.network_of.empty()) writer.add_text("hostname", workload.hostname);
  write_command(writer, "entrypoint", workload.entrypoint);
  write_command(writer, "command", workload.command);
  writer.add_text("working_dir", workload.working_dir);
  write_user(writer);
  writer.add_texts("group_add", workload.extra_groups);
}

void write_environment(const ComposeWriter& writer) {
  note_env_files(writer);
  writer.add_texts("env_file", writer.workload().env_files);
  write_variables(writer);
}

}  // namespace oakum::convert
