#include "convert/unmodelled.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::convert {

namespace {

struct Pair {
  std::string_view flag, key;
  bool list;
};
constexpr Pair kPairs[] = {
    {"--cpu-rt-period", "cpu_rt_period", false}, {"--cpu-rt-runtime", "cpu_rt_runtime", false},
    {"--dns-search", "dns_search", true},        {"--domainname", "domainname", false},
    {"--isolation", "isolation", false},         {"--label-file", "label_file", true},
    {"--mac-address", "mac_address", false},     {"--memory-swappiness", "mem_swappiness", false},
    {"--volume-driver", "volume_driver", false},
};

// Already in a field of the model, or about the program that is typed and not the container.
struct Reason {
  std::string_view flag, why;
};
constexpr std::string_view kInModel[] = {"--ip", "--ip6", "--network-alias", "--cpu-period"};
constexpr Reason kReasons[] = {
    {"--detach", "is said to docker compose up"},
    {"--cidfile", "is about the command line; docker compose ps -q names containers"},
    {"--quiet", "is about the command line"},
    {"--sig-proxy", "is about the command line"},
    {"--attach", "is about the command line"},
    {"--detach-keys", "is about the command line"},
    {"--replace", "is what docker compose up does anyway"},
    {"--disable-content-trust", "is about the pull; set DOCKER_CONTENT_TRUST"},
    {"--pod", "Docker has no pods; use network_mode: service:NAME"},
};

bool is_in_model(const Item& item, std::string_view name) {
  if (!item.is(Surface::run_command)) return false;
  if (name == "--cpu-period") return item.workload->cpus.known();
  const bool network = name == "--mac-address" || std::ranges::find(kInModel, name) != std::end(kInModel);
  return network && !item.workload->networks.empty();
}

std::vector<SaidElsewhere> said(const Item& item, std::string_view Pair::* from, std::string_view Pair::* to) {
  std::vector<SaidElsewhere> result;
  for (const Stated<KeyValue>& stated : item.workload->unmodelled) {
    const auto* pair = std::ranges::find(kPairs, std::string_view(stated.value.key), from);
    if (pair == std::end(kPairs) || stated.value.value.empty() || is_in_model(item, stated.value.key)) continue;
    result.push_back({std::string(pair->*to), stated.value.value, pair->list, stated.known, stated.origin});
  }
  return result;
}

bool is_said(const Item& item, const Stated<KeyValue>& stated, Target target) {
  if (is_in_model(item, stated.value.key)) return true;
  const auto from = item.is(Surface::compose) ? &Pair::key : &Pair::flag;
  if (target == Target::kubernetes || stated.value.value.empty()) return false;
  const bool same = item.is(Surface::run_command) && target == Target::run;
  return same || std::ranges::find(kPairs, std::string_view(stated.value.key), from) != std::end(kPairs);
}

std::string reason(const Stated<KeyValue>& stated, Target target) {
  const auto* row = std::ranges::find(kReasons, std::string_view(stated.value.key), &Reason::flag);
  if (row != std::end(kReasons) && target == Target::compose) return std::string(row->why);
  return "has no counterpart in " + std::string(to_string(target));
}

}  // namespace

std::vector<SaidElsewhere> said_in_compose(const Item& item) {
  if (item.is(Surface::run_command)) return said(item, &Pair::flag, &Pair::key);
  return {};
}

std::vector<SaidElsewhere> said_in_run(const Item& item) {
  if (item.is(Surface::compose)) return said(item, &Pair::key, &Pair::flag);
  return {};
}

void note_unmodelled(const Item& item, Target target, Notes& notes) {
  for (const Stated<KeyValue>& stated : item.workload->unmodelled) {
    if (is_said(item, stated, target)) continue;
    std::string what = printable(stated.value.key, 120);
    if (!stated.value.value.empty() && stated.value.value != "true") what += " " + printable(stated.value.value, 80);
    notes.cannot(item, stated.origin, std::move(what), reason(stated, target));
  }
}

void note_unmodelled(const ComposeProject& project, Target target, Notes& notes) {
  for (const Stated<KeyValue>& stated : project.unmodelled) {
    std::string what = printable(stated.value.key, 120);
    if (!stated.value.value.empty()) what += " " + printable(stated.value.value, 80);
    notes.add({Note::Kind::not_said, stated.origin, {}, std::move(what), reason(stated, target)});
  }
}

}  // namespace oakum::convert
