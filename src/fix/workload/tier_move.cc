#include "fix/workload/tier_move.h"

#include <algorithm>
#include <utility>

#include "fix/kit/answer.h"
#include "model/back_end.h"

namespace oakum::fix::workload {

namespace {

using Names = std::vector<std::string>;
using Services = std::vector<const Workload*>;

bool has(const Names& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

bool meet(const Names& a, const Names& b) {
  return std::ranges::any_of(a, [&](const std::string& name) { return has(b, name); });
}

// Those that are on its networks, and on none that it keeps.
Services who_joins(const Move& move, const Tiers& tiers) {
  Services result;
  for (const Workload* partner : tiers.partners(*move.back_end)) {
    const Names theirs = tiers.networks_of(*partner);
    if (meet(theirs, move.left) && !meet(theirs, move.kept)) result.push_back(partner);
  }
  return result;
}

Services clients_of(Services services) {
  std::erase_if(services, [](const Workload* one) { return !back_end_kind(*one).empty(); });
  return services;
}

// A network that is there, and that just those who talk to it are on.
bool fits(const ComposeNetwork& network, const Move& move, const Tiers& tiers) {
  if (tiers.is_unknown(network.name) || tiers.is_internal(network.name) == move.published) return false;
  if (has(move.left, network.name) || has(move.kept, network.name)) return false;
  const Services clients = clients_of(move.joining);
  return !clients.empty() && clients_of(tiers.members_of(network.name)) == clients;
}

bool is_declared(const ComposeProject& project, std::string_view name) {
  return std::ranges::find(project.networks, name, &ComposeNetwork::name) != project.networks.end();
}

// False: the names that it could have are taken.
bool choose_network(const ComposeProject& project, const Tiers& tiers, Move& move) {
  const auto found = std::ranges::find_if(project.networks, [&](const auto& one) { return fits(one, move, tiers); });
  if (found != project.networks.end()) {
    move.network = found->name;
    return true;
  }
  move.made = true;
  move.network = "backend";
  if (is_declared(project, move.network)) move.network = move.back_end->name + "-backend";
  return !is_declared(project, move.network);
}

}  // namespace

std::expected<Move, Refusal> plan_move(const Workload& back_end, const ComposeProject& project, const Tiers& tiers) {
  Move move{.back_end = &back_end, .published = !back_end.ports.empty()};
  for (Exposure& one : tiers.exposures(back_end)) move.left.push_back(std::move(one.network));
  if (move.left.empty()) return refuse("none of its networks has to be left");
  for (std::string& name : tiers.networks_of(back_end)) {
    if (!has(move.left, name)) move.kept.push_back(std::move(name));
  }
  move.joining = who_joins(move, tiers);
  if (move.joining.empty() && move.kept.empty())
    return refuse("no service is seen to talk to it" + std::string(kTiersByHand));
  if (!move.joining.empty() && !choose_network(project, tiers, move))
    return refuse("the networks \"backend\" and " + quoted(move.network) + " are there already" +
                  std::string(kTiersByHand));
  return move;
}

}  // namespace oakum::fix::workload
