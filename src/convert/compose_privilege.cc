// Capabilities, security options, namespaces.
#include <algorithm>

#include "base/text.h"
#include "convert/compose_writer.h"

namespace oakum::convert {

namespace {

using Kind = ProfileChoice::Kind;

void add_option(std::vector<YamlValue>& options, std::string text) {
  YamlValue value(std::move(text));
  if (std::ranges::find(options, value) == options.end()) options.push_back(std::move(value));
}

// The engine keeps a profile's JSON in the place of its file's name.
bool is_profile_text(std::string_view option) {
  return option.find('{') != std::string_view::npos && option.starts_with("seccomp");
}

void add_written(const ComposeWriter& writer, std::vector<YamlValue>& options) {
  for (const Stated<std::string>& stated : writer.workload().security_opt) {
    const bool profile = stated.known && is_profile_text(stated.value);
    const bool podmans = stated.value.starts_with("mask=") || stated.value.starts_with("unmask=");
    if (profile || podmans) {
      writer.notes.cannot(writer.item, stated.origin, printable(stated.value, 40),
                          profile ? "the engine kept the profile's text and not its file: write it to one and name that"
                                  : "is an option that only Podman has");
      continue;
    }
    add_option(options, writer.text(stated.value, stated.known, stated.origin));
  }
}

void add_profile(const ComposeWriter& writer, std::string_view name, const Field<ProfileChoice>& profile,
                 std::vector<YamlValue>& options) {
  if (!profile.known()) return;
  if (profile->kind == Kind::unconfined) add_option(options, std::string(name) + "=unconfined");
  if (profile->kind != Kind::custom) return;  // the engine's own is what it takes by itself
  add_option(options, std::string(name) + "=" + profile->name);
  writer.notes.assume(
      writer.item, profile.origin(), std::string(name) + " profile " + printable(profile->name, 120),
      name == "seccomp" ? "is a file of the node; put it beside the Compose file" : "must be loaded on the host");
}

void add_label(const Field<SelinuxOptions>& field, std::vector<YamlValue>& options) {
  if (!field.known()) return;
  if (field->disabled) add_option(options, "label=disable");
  const std::pair<std::string_view, const std::string*> kParts[] = {
      {"user", &field->user}, {"role", &field->role}, {"type", &field->type}, {"level", &field->level}};
  for (const auto& [name, value] : kParts) {
    if (!value->empty()) add_option(options, "label=" + std::string(name) + ":" + *value);
  }
}

void write_options(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  std::vector<YamlValue> options;
  add_written(writer, options);
  if (writer.item.is(Surface::kubernetes)) {
    if (workload.no_new_privileges.is(true)) add_option(options, "no-new-privileges:true");
    add_profile(writer, "seccomp", workload.seccomp, options);
    add_profile(writer, "apparmor", workload.apparmor, options);
    add_label(workload.selinux, options);
  }
  const bool written = std::ranges::any_of(
      workload.security_opt, [](const Stated<std::string>& o) { return o.value.starts_with("systempaths"); });
  if (workload.unmasked_paths.is(true) && !written) add_option(options, "systempaths=unconfined");
  if (!options.empty()) writer.add("security_opt", YamlValue::list(std::move(options)));
}

// "private" is what each container has unless it asks for another's.
void write_namespace(const ComposeWriter& writer, std::string key, const Field<std::string>& field) {
  if (field && *field != "private") writer.add_text(std::move(key), field);
}

}  // namespace

void write_privilege(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  writer.add_bool("privileged", workload.privileged);
  writer.add_texts("cap_drop", workload.cap_drop);
  writer.add_texts("cap_add", workload.cap_add);
  write_options(writer);
  write_namespace(writer, "pid", workload.pid_mode);
  if (workload.ipc_mode && !(writer.item.is(Surface::kubernetes) && *workload.ipc_mode == "private"))
    writer.add_text("ipc", workload.ipc_mode);
  write_namespace(writer, "uts", workload.uts_mode);
  write_namespace(writer, "userns_mode", workload.userns_mode);
  writer.add_text("cgroup", workload.cgroupns_mode);
  writer.add_text("cgroup_parent", workload.cgroup_parent);
  writer.add_pairs("sysctls", workload.sysctls);
}

}  // namespace oakum::convert
