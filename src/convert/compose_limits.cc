// Memory, processors, processes.
#include "base/text.h"
#include "convert/compose_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

YamlValue limit(std::int64_t value) { return YamlValue::integer(value); }

void write_ulimits(const ComposeWriter& writer) {
  Members members;
  for (const Stated<Ulimit>& stated : writer.workload().ulimits) {
    const Ulimit& ulimit = stated.value;
    if (!stated.known || (!ulimit.soft && !ulimit.hard)) {
      writer.notes.cannot(writer.item, stated.origin, "limit " + printable(ulimit.name, 80), "is not known here");
      continue;
    }
    if (ulimit.soft == ulimit.hard) {
      members.emplace_back(ulimit.name, limit(*ulimit.soft));
      continue;
    }
    Members both;
    if (ulimit.soft) both.emplace_back("soft", limit(*ulimit.soft));
    if (ulimit.hard) both.emplace_back("hard", limit(*ulimit.hard));
    members.emplace_back(ulimit.name, YamlValue::map(std::move(both)));
  }
  if (!members.empty()) writer.add("ulimits", YamlValue::map(std::move(members)));
}

// "size=10G,a=b"; an engine's answer is JSON.
void write_storage(const ComposeWriter& writer) {
  const Field<std::string>& options = writer.workload().storage_driver_options;
  if (!options) return;
  if (writer.item.is(Surface::container)) {
    writer.notes.cannot(writer.item, options.origin(), "storage options " + printable(*options, 120),
                        "are not taken apart");
    return;
  }
  Members members;
  for (std::string_view option : split(*options, ',')) {
    const std::string_view key = next_field(option, '=');
    members.emplace_back(std::string(key), YamlValue(writer.text(option, options.known(), options.origin())));
  }
  writer.add("storage_opt", YamlValue::map(std::move(members)));
}

void add_part(Members& members, std::string_view key, std::string_view value) {
  if (key == "count") {
    members.emplace_back("count",
                         parse_number<std::int64_t>(value) ? YamlValue::plain(std::string(value)) : YamlValue(value));
  } else if (key == "driver") {
    members.emplace_back("driver", YamlValue(value));
  } else if (key == "device" || key == "device_ids" || key == "capabilities") {
    std::vector<YamlValue> items;
    for (const std::string_view one : split(value, value.find(';') != std::string_view::npos ? ';' : ','))
      items.emplace_back(one);
    members.emplace_back(key == "capabilities" ? "capabilities" : "device_ids", YamlValue::list(std::move(items)));
  }
}

// docker run: "all", "2", `"device=0,2"`, "driver=nvidia,count=1"; Compose: a list of mappings.
YamlValue request(const std::string& text) {
  std::string_view rest = text;
  if (rest.size() > 1 && rest.starts_with('"') && rest.ends_with('"')) rest = rest.substr(1, rest.size() - 2);
  Members members;
  if (rest.find('=') == std::string_view::npos) {
    add_part(members, "count", rest);
    return YamlValue::map(std::move(members));
  }
  while (!rest.empty()) {
    std::string_view value = next_field(rest, ',');
    const std::string_view key = next_field(value, '=');
    std::string whole(value);
    while (!rest.empty() && rest.substr(0, rest.find(',')).find('=') == std::string_view::npos)
      whole.append(",").append(next_field(rest, ','));
    add_part(members, key, whole);
  }
  return YamlValue::map(std::move(members));
}

void write_requests(const ComposeWriter& writer) {
  const List<std::string>& requests = writer.workload().device_requests;
  if (requests.empty()) return;
  if (writer.item.is(Surface::kubernetes)) {
    for (const Stated<std::string>& stated : requests)
      writer.notes.cannot(writer.item, stated.origin, printable(stated.value, 120), "is a resource of a device plugin");
    return;
  }
  if (requests.items.size() == 1 && requests.items[0].value == "all") return writer.add("gpus", YamlValue("all"));
  std::vector<YamlValue> items;
  for (const Stated<std::string>& stated : requests) items.push_back(request(stated.value));
  writer.add("gpus", YamlValue::list(std::move(items)));
}

// A pod has more than 64 MB there by an emptyDir in memory.
void write_shared_memory(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  writer.add_size("shm_size", workload.shm_size);
  if (!workload.pod) return;
  const std::string size = shared_memory_of_pod(workload);
  if (!size.empty()) writer.add("shm_size", YamlValue(size));
}

void write_deploy(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  Members members;
  const bool once = workload.pod && workload.pod->role == PodFacts::Role::init;  // before each pod, here before all
  if (workload.replicas.known() && *workload.replicas != 1 && !once)
    members.emplace_back("replicas", YamlValue::integer(*workload.replicas));
  if (workload.cpu_reservation.known() && *workload.cpu_reservation > 0) {
    YamlValue cpus = YamlValue::map({{"cpus", YamlValue(number_text(*workload.cpu_reservation))}});
    cpus = YamlValue::map({{"reservations", std::move(cpus)}});
    members.emplace_back("resources", std::move(cpus));
  }
  if (!members.empty()) writer.add("deploy", YamlValue::map(std::move(members)));
}

}  // namespace

void write_limits(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  writer.add_size("mem_limit", workload.memory);
  writer.add_size("memswap_limit", workload.memory_swap);
  writer.add_size("mem_reservation", workload.memory_reservation);
  if (workload.cpus.known()) writer.add("cpus", YamlValue::plain(number_text(*workload.cpus)));
  writer.add_integer("cpu_shares", workload.cpu_shares);
  writer.add_text("cpuset", workload.cpuset);
  writer.add_integer("pids_limit", workload.pids_limit);
  writer.add_bool("oom_kill_disable", workload.oom_kill_disable);
  writer.add_integer("oom_score_adj", workload.oom_score_adj);
  write_ulimits(writer);
  write_shared_memory(writer);
  if (workload.blkio_weight) {
    const auto weight = parse_number<std::int64_t>(*workload.blkio_weight);
    YamlValue value = weight ? YamlValue::integer(*weight) : writer.text(workload.blkio_weight.winner());
    writer.add("blkio_config", YamlValue::map({{"weight", std::move(value)}}));
  }
  write_storage(writer);
  write_requests(writer);
  write_deploy(writer);
}

}  // namespace oakum::convert
