// How much a container may use, and how it is asked whether it is well.
#include <algorithm>
#include <cmath>

#include "base/duration.h"
#include "trial/create_request.h"

namespace oakum::trial {

using net::Json;
using std::chrono::nanoseconds;

namespace {

constexpr nanoseconds kAskEvery = std::chrono::seconds(1);
constexpr nanoseconds kDefaultInterval = std::chrono::seconds(30);
constexpr int kDefaultRetries = 3;

nanoseconds duration_or(std::string_view text, nanoseconds fallback) {
  const auto value = parse_duration(text);
  return value && value->count() > 0 ? *value : fallback;
}

Json ulimits_of(const Workload& workload) {
  Json list = Json::array();
  for (const Stated<Ulimit>& item : workload.ulimits) {
    const Ulimit& limit = item.value;
    const auto soft = limit.soft ? limit.soft : limit.hard;
    if (soft) list.push_back({{"Name", limit.name}, {"Soft", *soft}, {"Hard", limit.hard.value_or(*soft)}});
  }
  return list;
}

// Asked more often, it may fail more often before it is too late.
std::int64_t retries_of(const HealthCheck& check) {
  const std::int64_t retries = std::max(1, check.retries.value_or(kDefaultRetries));
  const nanoseconds interval = duration_or(check.interval, kDefaultInterval);
  return std::max(retries, retries * std::max<std::int64_t>(1, interval / kAskEvery));
}

}  // namespace

void add_limits(const Workload& workload, Json& host) {
  const auto set = [&](const char* name, const Field<std::int64_t>& field) {
    if (field.known()) host[name] = *field;
  };
  set("Memory", workload.memory);
  set("MemorySwap", workload.memory_swap);
  set("MemoryReservation", workload.memory_reservation);
  set("CpuShares", workload.cpu_shares);
  set("PidsLimit", workload.pids_limit);
  set("ShmSize", workload.shm_size);
  set("OomScoreAdj", workload.oom_score_adj);
  if (workload.cpus.known()) host["NanoCpus"] = std::llround(*workload.cpus * 1e9);
  if (workload.cpuset.known()) host["CpusetCpus"] = *workload.cpuset;
  if (workload.oom_kill_disable.known()) host["OomKillDisable"] = *workload.oom_kill_disable;
  host["Ulimits"] = ulimits_of(workload);
  Json sysctls = Json::object();
  for (const Stated<KeyValue>& item : workload.sysctls) sysctls[item.value.key] = item.value.value;
  host["Sysctls"] = std::move(sysctls);
}

// Without a test of its own the container has its image's, asked at our pace.
Json health_of(const Workload& workload, bool image_has_check) {
  if (workload.healthcheck && workload.healthcheck->disabled) return {{"Test", {"NONE"}}};
  if (!image_has_check && (!workload.healthcheck || workload.healthcheck->test.arguments.empty())) return {};
  const HealthCheck check = workload.healthcheck.value_or({});
  Json health{{"Interval", kAskEvery.count()}, {"Retries", retries_of(check)}};
  if (!check.test.arguments.empty()) {
    Json test = Json::array({check.test.shell_form ? "CMD-SHELL" : "CMD"});
    for (const std::string& word : check.test.arguments) test.push_back(word);
    health["Test"] = std::move(test);
  }
  if (const auto timeout = parse_duration(check.timeout)) health["Timeout"] = timeout->count();
  if (const auto start = parse_duration(check.start_period)) health["StartPeriod"] = start->count();
  return health;
}

}  // namespace oakum::trial
