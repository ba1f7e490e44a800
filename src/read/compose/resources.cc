// What the container may use up.
#include <array>
#include <string_view>
#include <utility>

#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

std::optional<std::int64_t> limit_of(const Value* value) {
  if (value == nullptr) return std::nullopt;
  return value->text == "unlimited" ? -1 : as_integer(*value);
}

void read_ulimits(Service& service, const Value& value) {
  List<Ulimit>& list = service.workload.ulimits;
  list.stated = true;
  list.origin = key_origin(service, value, "ulimits");
  if (!value.is_map() && !value.is_null()) service.context.error(value, "\"ulimits\" is not a mapping");
  for (const Entry& entry : value.members) {
    Ulimit ulimit{.name = entry.name, .soft = {}, .hard = {}};
    bool known = entry.value.known;
    if (entry.value.is_map()) {
      ulimit.soft = limit_of(entry.value.find("soft"));
      ulimit.hard = limit_of(entry.value.find("hard"));
      for (const Entry& part : entry.value.members) known = known && part.value.known;
    } else {
      ulimit.soft = ulimit.hard = limit_of(&entry.value);
    }
    if (known && !ulimit.soft && !ulimit.hard) {
      service.context.error(entry.value, "the limit \"" + entry.name + "\" is not a number");
      continue;
    }
    list.add(std::move(ulimit),
             service.context.origin(entry.value, entry.value.statement(), service.path + ".ulimits." + entry.name),
             known);
  }
}

// CFS: so much of each period, which is 100 ms when not said.
void read_cpu_quota(Service& service, const Value& value) {
  const Value* period = service.value.find("cpu_period");
  const double length = period == nullptr ? 100000 : as_double(*period).value_or(100000);
  const auto cores = [&](const Value& one) -> std::optional<double> {
    const auto quota = as_double(one);
    return quota && length > 0 ? std::optional(*quota / length) : std::nullopt;
  };
  state_all(service, value, "cpu_quota", service.workload.cpus, cores, "a number");
}

void read_blkio(Service& service, const Value& value) {
  if (const Value* weight = value.find("weight")) {
    state_text(service, *weight, "blkio_config.weight", service.workload.blkio_weight);
  }
}

void read_storage_opt(Service& service, const Value& value) {
  std::string text;
  bool known = true;
  for (const Pair& pair : pairs(service, value, "storage_opt")) {
    text += (text.empty() ? "" : ",") + pair.name + "=" + pair.text.value_or("");
    known = known && pair.at->known;
  }
  service.workload.storage_driver_options.state(std::move(text), origin(service, value, "storage_opt"), known);
}

constexpr std::array kKeys{
    bytes_key<"mem_limit", &Workload::memory>,
    bytes_key<"memswap_limit", &Workload::memory_swap>,
    bytes_key<"mem_reservation", &Workload::memory_reservation>,
    Key{"cpu_quota", read_cpu_quota},
    double_key<"cpus", &Workload::cpus>,
    integer_key<"cpu_shares", &Workload::cpu_shares>,
    text_key<"cpuset", &Workload::cpuset>,
    integer_key<"pids_limit", &Workload::pids_limit>,
    bool_key<"oom_kill_disable", &Workload::oom_kill_disable>,
    integer_key<"oom_score_adj", &Workload::oom_score_adj>,
    Key{"ulimits", read_ulimits},
    bytes_key<"shm_size", &Workload::shm_size>,
    Key{"blkio_config", read_blkio},
    pairs_key<"sysctls", &Workload::sysctls>,
    Key{"storage_opt", read_storage_opt},
};

}  // namespace

Keys resource_keys() { return kKeys; }

}  // namespace oakum::compose
