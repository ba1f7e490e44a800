#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

#include "fix/workload/compose_service.h"
#include "fix/workload/family.h"
#include "fix/workload/tier_move.h"
#include "model/tiers.h"

namespace oakum::fix::workload {

namespace {

// Each back end's move is planned anew after each other one's.
constexpr std::size_t kMostServices = 200;

// Does a service of the same file take over what this one says?
bool is_extended(const YamlEditor& editor, std::string_view name) {
  const yaml::Node* services = editor.find({"services"});
  if (services == nullptr) return false;
  return std::ranges::any_of(services->members, [&](const yaml::Member& member) {
    const yaml::Node* extends = member.value.find("extends");
    if (extends == nullptr) return false;
    const yaml::Node* service = extends->find("service");
    return (service == nullptr ? extends : service)->text() == name;
  });
}

// Are its networks, if any, stated in this file and in the service itself?
std::expected<void, Refusal> check_place(const Workload& workload, const ComposeService& service) {
  const std::string name = "service " + quoted(workload.name);
  const auto elsewhere = [&](const Stated<NetworkAttachment>& one) { return one.origin.source != service.source; };
  if (workload.origin.source != service.source || std::ranges::any_of(workload.networks, elsewhere))
    return refuse(name + " or its networks are stated in another file" + std::string(kTiersByHand));
  if (workload.networks.stated && service.editor.find({"services", workload.name, "networks"}) == nullptr)
    return refuse(name + " has its networks from the service that it extends" + std::string(kTiersByHand));
  if (std::ranges::any_of(workload.networks, [](const auto& one) { return !one.known; }))
    return refuse("a network of " + name + " is named by a variable" + std::string(kTiersByHand));
  if (is_extended(service.editor, workload.name))
    return refuse("another service extends " + name + ", and would move too" + std::string(kTiersByHand));
  return {};
}

// Names that it is known by on the networks it leaves. Refused where something else is said of them.
std::expected<YamlValue, Refusal> moved_options(const ComposeService& service, const Move& move) {
  std::vector<YamlValue> aliases;
  for (const std::string& name : move.left) {
    const yaml::Node* options = service.editor.find(service.at({"networks", name}));
    if (options == nullptr) continue;
    for (const yaml::Member& member : options->members) {
      if (member.key != "aliases")
        return refuse("it has " + quoted(member.key) + " on the network " + quoted(name) +
                      ", which belongs to that network" + std::string(kTiersByHand));
      for (const yaml::Node& alias : member.value.items) aliases.push_back(to_value(alias));
    }
  }
  YamlValue result = YamlValue::map({});
  if (!aliases.empty()) result.members.emplace_back("aliases", YamlValue::list(std::move(aliases)));
  return result;
}

bool leaves(const Move& move, std::string_view network) {
  return std::ranges::find(move.left, network) != move.left.end();
}

// The first that it leaves becomes the new one, in its place. A list that others share is written out.
Done move_in_list(ComposeService& service, const Move& move) {
  const YamlPath path = service.at({"networks"});
  const yaml::Node& list = *service.editor.find(path);
  const bool shared = list.merged;
  std::vector<YamlValue> all;
  std::vector<std::size_t> gone;
  std::optional<std::size_t> replaced;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const bool stays = !leaves(move, list.items[i].text());
    const bool becomes = !stays && !replaced && !move.network.empty();
    if (becomes) replaced = i;
    if (stays) all.push_back(to_value(list.items[i]));
    if (becomes) all.emplace_back(move.network);
    if (!stays && !becomes) gone.push_back(i);
  }
  if (shared) return service.editor.set(path, YamlValue::list(std::move(all)));
  if (replaced) {
    if (auto done = service.editor.set(service.at({"networks", *replaced}), move.network); !done) return done;
  }
  for (const std::size_t item : std::views::reverse(gone)) {
    if (auto done = service.editor.remove(service.at({"networks", item}), path.size()); !done) return done;
  }
  return {};
}

Done move_in_mapping(ComposeService& service, const Move& move) {
  const auto options = moved_options(service, move);
  if (!options) return std::unexpected(options.error());
  if (!move.network.empty()) {
    if (auto done = service.editor.set(service.at({"networks", move.network}), *options); !done) return done;
  }
  for (const std::string& name : move.left) {
    if (auto done = service.editor.remove(service.at({"networks", name}), service.path.size() + 1); !done) return done;
  }
  return {};
}

Done move_back_end(ComposeService& service, const Move& move) {
  const yaml::Node* there = service.editor.find(service.at({"networks"}));
  if (there == nullptr || (there->items.empty() && there->members.empty()))
    return service.editor.set(service.at({"networks"}), YamlValue::list({move.network}));
  if (there->kind == yaml::Node::Kind::mapping) return move_in_mapping(service, move);
  return move_in_list(service, move);
}

Done add_all(ComposeService& service, const Move& move) {
  if (auto done = move_back_end(service, move); !done) return done;
  const YamlPath own = service.path;
  for (const Workload* partner : move.joining) {
    service.path = {"services", partner->name};
    if (auto done = join_network(service, move.network); !done) return done;
  }
  service.path = own;
  if (!move.made) return {};
  if (move.published) return service.editor.set({"networks", move.network}, YamlValue::map({}));
  return service.editor.set({"networks", move.network, "internal"}, YamlValue::boolean(true));
}

std::string note_of(const Move& move) {
  std::string note = "who else uses it, as a file that is mounted may say, has to be put on that network too";
  if (move.network.empty()) note = "who else uses it has to be put on one of its networks";
  if (move.published)
    return note + "; take its `ports:` away, and say `internal: true` there, when nobody uses it from the host";
  return note + "; it does not reach the Internet any more";
}

Planned plan(const Finding& finding, const Context& context) {
  const auto about = subject_of(finding, context);
  if (!about) return std::unexpected(about.error());
  auto service = open_service(**about, context);
  if (!service) return std::unexpected(std::move(service.error()));
  if (service->project->services.size() > kMostServices)
    return refuse("the project has more than " + std::to_string(kMostServices) + " services" +
                  std::string(kTiersByHand));
  const Tiers tiers(*service->project, context.subjects);
  const auto move = plan_move(**about, *service->project, tiers);
  if (!move) return std::unexpected(move.error());
  if (auto well = check_place(**about, *service); !well) return std::unexpected(std::move(well.error()));
  for (const Workload* partner : move->joining) {
    if (auto well = check_place(*partner, *service); !well) return std::unexpected(std::move(well.error()));
  }
  if (auto done = add_all(*service, *move); !done) return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = service->editor.edits();
  result.note = note_of(*move);
  return result;
}

}  // namespace

extern constinit const Remedy network_tiers{"network-tiers", plan};

}  // namespace oakum::fix::workload
