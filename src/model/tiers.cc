#include "model/tiers.h"

#include <algorithm>

#include "model/back_end.h"
#include "model/host_words.h"
#include "model/spoken_texts.h"

namespace oakum {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// What it extends is not here, or the file only adds to another one.
bool is_part(const Workload& service) {
  const bool lost = std::ranges::any_of(
      service.unmodelled, [](const Stated<KeyValue>& item) { return !item.known && item.value.key == "extends"; });
  return lost || (!service.image && !service.build);
}

bool is_published(const Workload& service) {
  return !service.ports.empty() || (service.publish_all && *service.publish_all);
}

bool has_mode(const Workload& service) { return service.network_mode && !service.network_mode->empty(); }

std::vector<std::string> stated_networks(const Workload& service) {
  std::vector<std::string> result;
  if (has_mode(service)) return result;
  for (const Stated<NetworkAttachment>& network : service.networks) {
    if (network.known) result.push_back(network.value.name);
  }
  if (service.networks.empty() && !is_part(service)) result.emplace_back("default");
  return result;
}

const ComposeNetwork* declared(const ComposeProject& project, std::string_view name) {
  const auto found = std::ranges::find(project.networks, name, &ComposeNetwork::name);
  return found == project.networks.end() ? nullptr : &*found;
}

}  // namespace

Tiers::Tiers(const ComposeProject& project, const Subjects& subjects) : project_(project) {
  for (const std::size_t service : project.services) {
    if (service >= subjects.workloads.size()) continue;
    const Workload& workload = subjects.workloads[service];
    const std::size_t index = services_.size();
    indexes_.emplace(&workload, index);
    services_.push_back({&workload, index, !back_end_kind(workload).empty(), false, stated_networks(workload)});
  }
  find_owners();
  find_networks();
  find_names();
  find_talks(subjects);
}

// `network_mode: service:NAME`, also over several of them; a circle ends at some of its members, which have no network.
void Tiers::find_owners() {
  constexpr std::size_t kLongestChain = 16;
  constexpr std::string_view kPrefix = "service:";
  std::map<std::string_view, std::size_t> by_name;
  for (std::size_t i = 0; i < services_.size(); ++i) by_name.emplace(services_[i].workload->name, i);
  const auto next = [&](std::size_t service) {
    const Workload& workload = *services_[service].workload;
    if (!workload.network_mode.known() || !workload.network_mode->starts_with(kPrefix)) return service;
    const auto found = by_name.find(std::string_view(*workload.network_mode).substr(kPrefix.size()));
    return found == by_name.end() ? service : found->second;
  };
  for (std::size_t i = 0; i < services_.size(); ++i) {
    std::size_t owner = i;
    for (std::size_t steps = 0; steps < kLongestChain && next(owner) != owner; ++steps) owner = next(owner);
    services_[i].owner = owner;
    if (services_[owner].back_end || !hides_an_address(*services_[i].workload)) continue;
    services_[owner].unclear = any_unclear_ = true;
  }
}

void Tiers::find_networks() {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    for (const std::string& name : services_[i].networks) {
      Network& network = networks_[name];
      network.members.push_back(i);
      if (services_[i].back_end) continue;
      (is_published(*services_[i].workload) ? network.published : network.unpublished).push_back(i);
    }
  }
}

void Tiers::find_names() {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    const Workload& service = *services_[i].workload;
    add_name(service.name, i);
    if (service.container_name) add_name(*service.container_name, i);
    if (service.hostname) add_name(*service.hostname, i);
    for (const Stated<NetworkAttachment>& network : service.networks) {
      for (const std::string& alias : network.value.aliases) add_name(alias, i);
    }
  }
}

// Several may share an alias; of very many that do, as no real project has, not all count.
void Tiers::add_name(std::string_view name, std::size_t service) {
  constexpr std::size_t kMostOfOneName = 8;
  if (names_.count(name) < kMostOfOneName) names_.emplace(name, service);
}

void Tiers::find_talks(const Subjects& subjects) {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    const Workload& service = *services_[i].workload;
    Words stated, said;
    for (const Stated<std::string>& name : service.depends_on) stated.push_back(name.value);
    for (const Stated<std::string>& link : service.links)
      stated.push_back(std::string_view(link.value).substr(0, link.value.find(':')));
    for (const std::string_view text : spoken_texts(service, project_, subjects)) {
      const Words words = host_words(text);
      said.insert(said.end(), words.begin(), words.end());
    }
    talk(i, std::move(stated), false);
    // What a back end names in its settings is mostly itself, a database or a user: only another back end is believed.
    talk(i, std::move(said), services_[i].back_end);
  }
}

void Tiers::talk(std::size_t from, Words names, bool to_back_ends) {
  const std::size_t owner = services_[from].owner;
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  for (const std::string_view name : names) {
    const auto [first, last] = names_.equal_range(name);
    for (auto found = first; found != last; ++found) {
      const Service& to = services_[found->second];
      if (to.owner == owner || (to_back_ends && !to.back_end)) continue;
      talks_.emplace(owner, to.owner);
      talks_.emplace(to.owner, owner);
    }
  }
}

bool Tiers::do_talk(std::size_t a, std::size_t b) const {
  return talks_.contains({a, b}) || (services_[a].unclear && services_[b].back_end);
}

bool Tiers::has_partner(std::size_t back_end) const {
  const auto found = talks_.lower_bound({back_end, 0});
  return any_unclear_ || (found != talks_.end() && found->first == back_end);
}

std::size_t Tiers::index_of(const Workload& service) const {
  const auto found = indexes_.find(&service);
  return found == indexes_.end() ? kNowhere : found->second;
}

std::vector<std::string> Tiers::networks_of(const Workload& service) const {
  const std::size_t index = index_of(service);
  return index == kNowhere ? std::vector<std::string>() : services_[index].networks;
}

std::vector<const Workload*> Tiers::members_of(std::string_view network) const {
  std::vector<const Workload*> result;
  const auto found = networks_.find(network);
  if (found == networks_.end()) return result;
  for (const std::size_t member : found->second.members) result.push_back(services_[member].workload);
  return result;
}

bool Tiers::is_unknown(std::string_view network) const {
  const ComposeNetwork* found = declared(project_, network);
  if (found == nullptr) return network != "default";
  const bool variable = (found->external && !found->external.known()) || (found->internal && !found->internal.known());
  return variable || found->external.is(true);
}

bool Tiers::is_internal(std::string_view network) const {
  const ComposeNetwork* found = declared(project_, network);
  return found != nullptr && found->internal.is(true) && !is_unknown(network);
}

bool Tiers::is_open(std::string_view network) const { return !is_internal(network) && !is_unknown(network); }

bool Tiers::hides_users(const Workload& back_end) const {
  const std::size_t index = index_of(back_end);
  if (index == kNowhere || has_partner(index) || is_published(back_end)) return false;
  return std::ranges::any_of(services_[index].networks, [&](const std::string& name) {
    const Network& network = networks_.find(name)->second;
    return is_open(name) && !(network.published.empty() && network.unpublished.empty());
  });
}

const Workload* Tiers::stranger_among(const std::vector<std::size_t>& members, std::size_t back_end) const {
  const auto found = std::ranges::find_if(members, [&](std::size_t one) { return !do_talk(one, back_end); });
  return found == members.end() ? nullptr : services_[*found].workload;
}

Exposure Tiers::exposure(const std::string& name, std::size_t back_end) const {
  const Network& network = networks_.find(name)->second;
  if (has_partner(back_end)) {
    if (const Workload* other = stranger_among(network.published, back_end)) return {name, other, true, true};
    if (const Workload* other = stranger_among(network.unpublished, back_end)) return {name, other, true, false};
  }
  if (network.published.empty() || is_published(*services_[back_end].workload)) return {};
  return {name, services_[network.published.front()].workload, false, true};
}

std::vector<Exposure> Tiers::exposures(const Workload& back_end) const {
  std::vector<Exposure> result;
  const std::size_t index = index_of(back_end);
  if (index == kNowhere) return result;
  for (const std::string& name : services_[index].networks) {
    if (!is_open(name)) continue;
    Exposure found = exposure(name, index);
    if (found.other != nullptr) result.push_back(std::move(found));
  }
  return result;
}

std::vector<const Workload*> Tiers::partners(const Workload& service) const {
  std::vector<const Workload*> result;
  const std::size_t index = index_of(service);
  if (index == kNowhere) return result;
  for (std::size_t i = 0; i < services_.size(); ++i) {
    if (i != index && do_talk(i, index)) result.push_back(services_[i].workload);
  }
  return result;
}

}  // namespace oakum
