// The proof as JSON: schema "oakum.proof/1", described in docs/prove.md.
#include <algorithm>

#include "base/text.h"
#include "model/capabilities.h"
#include "net/json.h"
#include "trial/trial.h"

namespace oakum::trial {

namespace {

using net::Json;

Json json_of(const fix::Needs& needs) {
  return {{"capabilities", needs.capabilities},
          {"written", needs.written},
          {"user", needs.user.empty() ? Json() : Json(needs.user)},
          {"root", needs.root}};
}

Json json_of(const Applied& fix) {
  return {{"rule", fix.id.rule},       {"path", fix.id.path},    {"subject", fix.id.subject},
          {"message", fix.id.message}, {"summary", fix.summary}, {"safety", std::string(to_string(fix.safety))}};
}

Json json_of(const Regression& regression) {
  return {{"service", regression.service}, {"what", regression.what}, {"cause", regression.cause}};
}

Json json_of(const ErrorLine& line);
Json json_of(const ProbeResult& probe);
Json json_of(const Observation& seen);
Json json_of(const Attempt& attempt);
Json json_of(const TakenBack& taken);
Json json_of(const Learned& learned);

template <class T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(json_of(item));
  return list;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json json_of(const KernelFacts& facts) {
  Json read_only = Json::array();
  for (const KernelFacts::MountPoint& mount : facts.mounts) {
    const bool is = std::ranges::find(mount.options, "ro") != mount.options.end();
    if (is) read_only.push_back(mount.target);
  }
  Json capabilities = Json::array();
  for (const std::string_view name : capability_names(facts.effective)) capabilities.push_back(std::string(name));
  return {{"uid", facts.uid_in_container},
          {"capabilities_effective", capabilities},
          {"capabilities_bounding", capability_names(facts.bounding).size()},
          {"no_new_privileges", facts.no_new_privileges},
          {"seccomp", facts.seccomp},
          {"root_read_only", facts.root_read_only},
          {"read_only_mounts", read_only},
          {"memory_limit", or_null(facts.memory_limit)},
          {"pids_limit", or_null(facts.pids_limit)},
          {"cpus", or_null(facts.cpus)},
          {"host_pid", facts.host_pid},
          {"host_ipc", facts.host_ipc},
          {"host_network", facts.host_network},
          {"unreadable", facts.unreadable}};
}

Json json_of(const ErrorLine& line) {
  return {{"kind", line.kind}, {"text", line.text}, {"path", line.path}, {"capabilities", line.capabilities}};
}

Json json_of(const ProbeResult& probe) {
  return {{"probe", probe.text}, {"passed", probe.passed}, {"said", probe.said}};
}

Json ports_of(const Observation& seen) {
  if (!seen.ports) return {};
  Json list = Json::array();
  for (const ListeningPort& port : *seen.ports) list.push_back(std::to_string(port.port) + "/" + port.protocol);
  return list;
}

Json json_of(const Observation& seen) {
  return {{"service", seen.service},
          {"subject", seen.subject},
          {"tried", seen.tried},
          {"failure", seen.failure},
          {"state", seen.state},
          {"exit_code", seen.exit_code},
          {"out_of_memory", seen.out_of_memory},
          {"restarts", seen.restarts},
          {"health", seen.health},
          {"listening", ports_of(seen)},
          {"errors", list_of(seen.errors)},
          {"probes", list_of(seen.probes)},
          {"kernel", seen.kernel ? json_of(*seen.kernel) : Json()},
          {"written", seen.written},
          {"not_as_stated", seen.not_as_stated}};
}

Json json_of(const Side& side) {
  return {{"seconds", side.seconds}, {"services", list_of(side.services)}, {"notes", side.notes}};
}

Json json_of(const Attempt& attempt) {
  return {{"why", attempt.why},
          {"fixes", attempt.fixes},
          {"seconds", attempt.seconds},
          {"regressions", list_of(attempt.regressions)}};
}

Json json_of(const TakenBack& taken) {
  return {{"fix", json_of(taken.fix)}, {"why", taken.why}, {"tried", taken.tried}};
}

Json json_of(const Learned& learned) { return {{"subject", learned.subject}, {"needs", json_of(learned.needs)}}; }

}  // namespace

std::string to_json(const Proof& proof) {
  const Json document{
      {"schema", "oakum.proof/1"},
      {"target", proof.target},
      {"verdict", std::string(to_string(proof.verdict))},
      {"why", proof.why},
      {"engine", {{"name", proof.engine}, {"version", proof.engine_version}, {"kernel", proof.kernel_version}}},
      {"started", proof.started},
      {"seconds", proof.seconds},
      {"before", json_of(proof.before)},
      {"after", json_of(proof.after)},
      {"regressions", list_of(proof.regressions)},
      {"attempts", list_of(proof.attempts)},
      {"kept", list_of(proof.kept)},
      {"taken_back", list_of(proof.taken_back)},
      {"learned", list_of(proof.learned)},
      {"cleaned", proof.cleaned},
      {"left", proof.left}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::trial
