// What the container may do: capabilities, security options, namespaces, devices.
#include <array>
#include <string_view>

#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

struct SecurityOption {
  std::string_view name;
  std::string_view value;
  bool has_value = false;
};

// NAME, NAME=VALUE or NAME:VALUE; the engine takes the first of either sign.
SecurityOption split_option(std::string_view text) {
  const std::size_t at = text.find_first_of("=:");
  if (at == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, at), text.substr(at + 1), true};
}

ProfileChoice profile(std::string_view value, std::string_view default_name) {
  if (value == "unconfined") return {ProfileChoice::Kind::unconfined, {}};
  if (value == default_name) return {ProfileChoice::Kind::runtime_default, {}};
  return {ProfileChoice::Kind::custom, std::string(value)};
}

// Each `label` option adds to those before it.
void read_label(Workload& workload, std::string_view value, const Origin& where, bool known) {
  SelinuxOptions options = workload.selinux.value_or({});
  const std::size_t at = value.find_first_of(":=");
  const std::string_view name = value.substr(0, at);
  const std::string text = at == std::string_view::npos ? std::string() : std::string(value.substr(at + 1));
  if (name == "disable") options.disabled = true;
  if (name == "user") options.user = text;
  if (name == "role") options.role = text;
  if (name == "type") options.type = text;
  if (name == "level") options.level = text;
  workload.selinux.state(std::move(options), where, known);
}

void read_option(Workload& workload, const std::string& text, const Origin& where, bool known) {
  const SecurityOption option = split_option(text);
  if (option.name == "no-new-privileges") {
    workload.no_new_privileges.state(!option.has_value || option.value == "true", where, known);
  } else if (option.name == "seccomp") {
    workload.seccomp.state(profile(option.value, "builtin"), where, known);
  } else if (option.name == "apparmor") {
    workload.apparmor.state(profile(option.value, "docker-default"), where, known);
  } else if (option.name == "label") {
    read_label(workload, option.value, where, known);
  } else if (option.name == "systempaths") {
    workload.unmasked_paths.state(option.value == "unconfined", where, known);
  }
}

void read_security_opt(Service& service, const Value& value) {
  List<std::string>& list = service.workload.security_opt;
  const std::size_t first = list.items.size();
  add_texts(service, value, "security_opt", list);
  for (std::size_t i = first; i < list.items.size(); ++i) {
    read_option(service.workload, list.items[i].value, list.items[i].origin, list.items[i].known);
  }
}

constexpr std::array kKeys{
    bool_key<"privileged", &Workload::privileged>,
    texts_key<"cap_add", &Workload::cap_add>,
    texts_key<"cap_drop", &Workload::cap_drop>,
    Key{"security_opt", read_security_opt},
    text_key<"pid", &Workload::pid_mode>,
    text_key<"ipc", &Workload::ipc_mode>,
    text_key<"uts", &Workload::uts_mode>,
    text_key<"userns_mode", &Workload::userns_mode>,
    text_key<"cgroup", &Workload::cgroupns_mode>,
    text_key<"cgroup_parent", &Workload::cgroup_parent>,
    texts_key<"device_cgroup_rules", &Workload::device_cgroup_rules>,
};

}  // namespace

Keys privilege_keys() { return kKeys; }

}  // namespace oakum::compose
