// Who runs what: image, command, user, environment, labels. What the image says too is the image's statement.
#include <algorithm>

#include "base/text.h"
#include "model/image_reference.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;
using net::string_member;

bool says_the_same(const Inspection& from, const char* key) {
  return from.image_config.is_object() && member(from.image_config, key) == member(from.config(), key);
}

// Docker: a list or null. Podman before 5: one text.
void read_command(const Inspection& from, const char* key, Field<CommandLine>& to) {
  const Json& value = member(from.config(), key);
  if (says_the_same(from, key)) return;
  CommandLine command;
  if (value.is_string() && !value.get_ref<const std::string&>().empty()) command.arguments = {value.get<std::string>()};
  if (value.is_array()) command.arguments = net::strings_member(from.config(), key);
  if (!command.arguments.empty()) to.state(std::move(command), from.at(std::string("Config.") + key));
}

void read_user(const Inspection& from, Workload& to) {
  const std::string text = string_member(from.config(), "User");
  if (text.empty() || says_the_same(from, "User")) return;
  std::string_view rest = text;
  const std::string_view user = next_field(rest, ':');
  to.user.state(std::string(user), from.at("Config.User"));
  if (!rest.empty()) to.group.state(std::string(rest), from.at("Config.User"));
}

// What Podman puts into every container.
bool set_by_podman(const Inspection& from, std::string_view name, std::string_view value) {
  if (!from.podman()) return false;
  if (name == "container") return value == "podman" || value == "oci";
  if (name == "TERM") return value == "xterm";
  if (name == "HOSTNAME") return value == string_member(from.config(), "Hostname");
  if (name == "HOME") return true;
  return name == "PATH" && value == "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
}

void read_environment(const Inspection& from, Workload& to) {
  std::vector<std::string> inherited = net::strings_member(from.image_config, "Env");
  std::ranges::sort(inherited);
  std::size_t index = 0;
  for (const std::string& text : net::strings_member(from.config(), "Env")) {
    if (index++ == kMaxItems) return;
    if (std::ranges::binary_search(inherited, text)) continue;
    std::string_view value = text;
    const std::string_view name = next_field(value, '=');
    if (set_by_podman(from, name, value)) continue;
    EnvironmentVariable variable{.name = std::string(name)};
    if (name.size() < text.size()) variable.value = value;
    to.environment.add(std::move(variable), from.at("Config.Env[" + std::to_string(index - 1) + "]"));
  }
}

void read_map(const Inspection& from, const Json& map, const Json& inherited, const std::string& path,
              List<KeyValue>& to) {
  if (!map.is_object()) return;
  for (const auto& [key, value] : map.items()) {
    if (!value.is_string() || to.items.size() == kMaxItems) continue;
    if (member(inherited, key.c_str()) == value) continue;
    to.add({key, value.get<std::string>()}, from.at(path + "[\"" + key + "\"]"));
  }
}

bool is_engines_own(std::string_view annotation) {
  for (const std::string_view start :
       {"io.podman.", "io.kubernetes.cri-o.", "io.container.manager", "org.opencontainers.image.", "org.systemd."}) {
    if (annotation.starts_with(start)) return true;
  }
  return false;
}

void read_annotations(const Inspection& from, Workload& to) {
  for (const char* object : {"HostConfig", "Config"}) {
    List<KeyValue> all;
    const Json none;
    read_map(from, member(member(from.document, object), "Annotations"), none, std::string(object) + ".Annotations",
             all);
    for (Stated<KeyValue>& item : all.items) {
      if (!is_engines_own(item.value.key)) to.annotations.add(std::move(item.value), std::move(item.origin));
    }
  }
}

}  // namespace

void read_identity(const Inspection& from, Workload& to) {
  const std::string name = string_member(from.document, "Name");
  if (!name.empty()) to.container_name.state(to.name, from.at("Name"));
  std::string image = string_member(from.config(), "Image");
  if (image.empty()) image = string_member(from.document, "Image");
  if (!image.empty()) to.image.state(parse_image_reference(image), from.at("Config.Image"));
  read_command(from, "Entrypoint", to.entrypoint);
  read_command(from, "Cmd", to.command);
  const std::string directory = string_member(from.config(), "WorkingDir");
  if (!directory.empty() && directory != "/" && !says_the_same(from, "WorkingDir"))
    to.working_dir.state(directory, from.at("Config.WorkingDir"));
  read_user(from, to);
  add_strings(from, from.host(), "GroupAdd", "HostConfig", to.extra_groups);
  read_environment(from, to);
  read_map(from, member(from.config(), "Labels"), member(from.image_config, "Labels"), "Config.Labels", to.labels);
  read_annotations(from, to);
}

}  // namespace oakum::engine
