// Any words as what a workload states, on every surface, seen by every rule about workloads. A line is KEY VALUE.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"
#include "rules/workload/table.h"

namespace {

using namespace oakum;

void state(std::string_view key, std::string value, Workload& to) {
  const bool known = value.find('$') == std::string::npos;
  if (key == "image") to.image.state(parse_image_reference(value), {}, known);
  if (key == "user") to.user.state(value, {}, known);
  if (key == "add") to.cap_add.add(value, {}, known);
  if (key == "drop") to.cap_drop.add(value, {}, known);
  if (key == "net") to.network_mode.state(value, {}, known);
  if (key == "pid") to.pid_mode.state(value, {}, known);
  if (key == "name") to.container_name.state(value, {}, known);
  if (key == "bind") to.mounts.add({.kind = MountKind::bind, .source = value, .target = "/x"}, {}, known);
  if (key == "pipe") to.mounts.add({.kind = MountKind::npipe, .source = value}, {}, known);
  if (key == "volume" && to.pod) to.pod->volumes.add({.kind = MountKind::bind, .source = value}, {}, known);
  if (key == "device") to.devices.add({.host = value}, {}, known);
  if (key == "rule") to.device_cgroup_rules.add(value, {}, known);
  if (key == "sysctl") to.sysctls.add({value, "1"}, {}, known);
  if (key == "env") to.environment.add({.name = "DB_PASSWORD", .value = value}, {}, known);
  if (key == "var") to.environment.add({.name = value, .value = "x0123456789abcdefX"}, {}, known);
  if (key == "command") to.command.state({{value}, true}, {}, known);
}

Workload workload_of(std::string_view text, Surface surface, std::uint32_t pod) {
  Workload workload;
  workload.surface = surface;
  if (surface == Surface::kubernetes) {
    workload.engine = Engine::kubernetes;
    workload.pod.emplace();
    workload.pod->pod_spec.span.begin = pod;
  }
  while (auto line = next_line(text)) {
    const std::string_view key = next_field(*line, ' ');
    state(key, std::string(*line), workload);
  }
  return workload;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Subjects subjects;
  for (const Surface surface : {Surface::compose, Surface::run_command, Surface::container}) {
    subjects.workloads.push_back(workload_of(text, surface, 0));
  }
  for (const std::uint32_t pod : {1U, 1U, 2U})
    subjects.workloads.push_back(workload_of(text, Surface::kubernetes, pod));
  for (const rules::Rule* rule : rules::workload_rules()) {
    rules::Outcome outcome;
    rules::evaluate(*rule, subjects, {.trusted_registries = {"docker.io"}}, outcome);
    for (const Finding& finding : outcome.findings) {
      if (finding.message.empty() || !is_valid_utf8(finding.message)) std::abort();
    }
  }
  return 0;
}
