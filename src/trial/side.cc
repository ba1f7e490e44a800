#include "trial/side.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/fd.h"
#include "base/text.h"
#include "trial/identity.h"
#include "trial/interrupt.h"
#include "trial/probe.h"
#include "trial/relax.h"
#include "trial/watch.h"

namespace oakum::trial {

namespace {

using net::Json;

constexpr std::uint64_t kProfileLimit = 4U << 20;
constexpr std::chrono::seconds kDependencyLimit{30};
constexpr int kMaxRelaxations = 5;
constexpr const char* kDefaultNetwork = "default";

// A mode that is no network of the project; "" it has networks.
std::string own_mode(const Workload& workload) {
  const std::string mode = workload.network_mode.value_or("");
  return mode == "none" || mode.starts_with("service:") || mode.starts_with("container:") ? mode : std::string();
}

std::vector<NetworkAttachment> attachments_of(const Workload& workload) {
  if (!own_mode(workload).empty()) return {};
  std::vector<NetworkAttachment> all;
  for (const Stated<NetworkAttachment>& item : workload.networks) all.push_back(item.value);
  if (all.empty()) all.emplace_back().name = kDefaultNetwork;
  return all;
}

// Links by another name are names of the one that is linked to.
std::vector<std::string> aliases_of(const Project& project, const Workload& workload, const NetworkAttachment& at) {
  std::vector<std::string> names{workload.name};
  names.insert(names.end(), at.aliases.begin(), at.aliases.end());
  if (workload.container_name) names.push_back(*workload.container_name);
  for (const Service& other : project.services) {
    for (const Stated<std::string>& link : other.workload.links) {
      const std::size_t colon = link.value.find(':');
      if (colon != std::string::npos && link.value.substr(0, colon) == workload.name)
        names.push_back(link.value.substr(colon + 1));
    }
  }
  return names;
}

bool is_internal(const Project& project, const NetworkAttachment& at) {
  const ComposeProject* compose = project.compose();
  if (compose == nullptr) return false;
  const auto stated = std::ranges::find(compose->networks, at.name, &ComposeNetwork::name);
  return stated != compose->networks.end() && stated->internal.value_or(false);
}

// Every network of a trial is internal, so that this is told by the file alone.
bool is_cut_off(const Project& project, const Workload& workload) {
  if (workload.ports.empty() || workload.network_mode) return false;
  return std::ranges::all_of(attachments_of(workload),
                             [&](const NetworkAttachment& at) { return is_internal(project, at); });
}

bool is_root_name(std::string_view user) {
  user = user.substr(0, user.find(':'));
  return user.empty() || user == "root" || user.find_first_not_of('0') == std::string_view::npos;
}

std::string safe_name(std::string name) {
  for (char& c : name) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!fits) c = '_';
  }
  return name;
}

}  // namespace

SideRun::SideRun(const Client& client, Images& images, const Options& options, std::string trial, std::string name,
                 std::string directory)
    : client_(client),
      images_(images),
      options_(options),
      trial_(std::move(trial)),
      name_(std::move(name)),
      directory_(std::move(directory)) {}

SideRun::~SideRun() {
  // What is left is found by its label at the end of the trial, and told then.
  if (!remove_all()) return;
}

Result<Side> SideRun::run(const Project& project, const check::Texts& texts, const Side* before) {
  const auto began = std::chrono::steady_clock::now();
  const double building = images_.seconds();
  OAKUM_CHECK(make_networks(project));
  for (std::size_t i = 0; i < project.services.size(); ++i) {
    if (interrupt_flag()) break;
    Observation seen;
    seen.service = project.services[i].workload.name;
    seen.subject = project.services[i].workload.subject;
    seen.failure = project.services[i].not_tried;
    seen.tried = seen.failure.empty();
    seen.cut_off = is_cut_off(project, project.services[i].workload);
    side_.services.push_back(std::move(seen));
    running_.emplace_back();
    if (!side_.services.back().tried) continue;
    if (auto status = start(project, texts, i); !status) side_.services.back().failure = status.error().why;
  }
  const std::chrono::duration<double> starting = std::chrono::steady_clock::now() - began;
  await_ready(client_, running_, options_, before, side_);
  side_.seconds += starting.count() - (images_.seconds() - building);
  run_probes(client_, project, running_, options_, before, side_);
  for (std::size_t i = 0; i < running_.size(); ++i) look_closely(client_, running_[i], side_.services[i]);
  if (interrupt_flag()) return fail(ErrorCode::io, "the trial", "was interrupted");
  return side_;
}

Status SideRun::make_networks(const Project& project) {
  std::vector<std::string> names;
  for (const Service& service : project.services) {
    for (const NetworkAttachment& at : attachments_of(service.workload)) {
      if (std::ranges::find(names, at.name) == names.end()) names.push_back(at.name);
    }
    if (service.workload.network_mode.is("host"))
      side_.notes.push_back("\"" + service.workload.name + "\" was not given the host's network");
  }
  for (const std::string& name : names) {
    const std::string full = network_name(safe_name(name));
    OAKUM_CHECK(
        client_.post("/networks/create",
                     {{"Name", full}, {"Internal", true}, {"Driver", "bridge"}, {"Labels", {{kLabel, trial_}}}}));
    networks_.push_back(full);
  }
  return {};
}

Status SideRun::start(const Project& project, const check::Texts& texts, std::size_t index) {
  const Service& service = project.services[index];
  if (options_.progress) options_.progress(name_ + ": " + service.workload.name);
  auto image = images_.image_of(project, service, texts, side_.services[index].not_as_stated);
  if (!image) {
    // An image that cannot be had says nothing about what was fixed; one that is not built any more does.
    const bool fetched = !service.dockerfile;
    side_.services[index].tried = !fetched && image.error().code != ErrorCode::unsupported;
    return std::unexpected(std::move(image.error()));
  }
  await_dependencies(project, service);
  return create(project, service, texts, *image, index);
}

Result<std::string> SideRun::volume(const Project& project, const std::string& name) {
  const std::string full = network_name(safe_name(name));
  if (std::ranges::find(volumes_, full) != volumes_.end()) return full;
  OAKUM_CHECK(client_.post("/volumes/create", {{"Name", full}, {"Labels", {{kLabel, trial_}}}}));
  volumes_.push_back(full);
  if (const ComposeProject* compose = project.compose()) {
    for (const ComposeVolume& stated : compose->volumes) {
      if (stated.name != name) continue;
      if (stated.external.value_or(false))
        side_.notes.push_back("volume \"" + name + "\" is kept elsewhere: tried with an empty one");
      if (!stated.driver_options.empty())
        side_.notes.push_back("volume \"" + name + "\": tried with an empty one, without its driver options");
    }
  }
  return full;
}

Result<MountPlan> SideRun::mounts_of(const Project& project, const Workload& workload, const check::Texts& texts) {
  const MountPlace place{.base = project.base,
                         .directory = directory_,
                         .texts = &texts,
                         .project = project.compose(),
                         .socket = client_.socket(),
                         .local = client_.is_local(),
                         .environment = options_.read.environment,
                         .volume = [&](const std::string& name) { return volume(project, name); }};
  return plan_mounts(workload, place);
}

Result<Placement> SideRun::placement_of(const Project& project, const Workload& workload, const std::string& image) {
  Placement at{.trial = trial_, .service = workload.name, .image = image, .network_mode = own_mode(workload)};
  if (const std::size_t colon = at.network_mode.find(':'); colon != std::string::npos) {
    const auto other = ids_.find(at.network_mode.substr(colon + 1));
    if (other == ids_.end())
      return fail(ErrorCode::not_found, workload.name, "the container whose network it shares is not in the trial");
    at.network_mode = "container:" + other->second;
  }
  for (const NetworkAttachment& attachment : attachments_of(workload))
    at.networks.push_back({network_name(safe_name(attachment.name)), aliases_of(project, workload, attachment)});
  if (const auto config = client_.get("/images/" + image + "/json"))
    at.image_has_check = net::member(net::member(*config, "Config"), "Healthcheck").is_object();
  at.containers = ids_;
  at.environment = options_.read.environment;
  if (workload.seccomp && workload.seccomp->kind == ProfileChoice::Kind::custom) {
    const std::string path = (std::filesystem::path(project.base) / workload.seccomp->name).string();
    at.seccomp_profile = read_file(path, kProfileLimit).value_or("");
  }
  return at;
}

Status SideRun::create(const Project& project, const Service& service, const check::Texts& texts,
                       const std::string& image, std::size_t index) {
  OAKUM_TRY(MountPlan mounts, mounts_of(project, service.workload, texts));
  OAKUM_TRY(Placement at, placement_of(project, service.workload, image));
  at.mounts = std::move(mounts.mounts);
  at.tmpfs = std::move(mounts.tmpfs);
  CreateRequest request = create_request(service.workload, at);
  running_[index].data_paths = std::move(mounts.data_paths);
  Observation& seen = side_.services[index];
  for (auto* notes : {&mounts.not_as_stated, &request.not_as_stated})
    seen.not_as_stated.insert(seen.not_as_stated.end(), notes->begin(), notes->end());
  return start_relaxed(std::move(request.body), at.networks, index);
}

Status SideRun::start_relaxed(Json request, const std::vector<NetworkPlace>& networks, std::size_t index) {
  for (int i = 0; i <= kMaxRelaxations; ++i) {
    Status status = create_once(request, networks, index);
    if (status) return {};
    const auto note = relax(request, status.error().why);
    if (!note) return status;
    side_.services[index].not_as_stated.push_back(*note);
  }
  return fail(ErrorCode::unsupported, side_.services[index].service, "this machine cannot start it");
}

Status SideRun::create_once(const Json& request, const std::vector<NetworkPlace>& networks, std::size_t index) {
  OAKUM_TRY(const Json made, client_.post("/containers/create", request));
  Running& container = running_[index];
  container.id = net::string_member(made, "Id");
  containers_.push_back(container.id);
  const std::string path = "/containers/" + container.id;
  for (std::size_t i = 1; i < networks.size(); ++i) {  // older engines take one at creation
    const Json endpoint{{"Container", container.id}, {"EndpointConfig", {{"Aliases", networks[i].aliases}}}};
    OAKUM_CHECK(client_.post("/networks/" + networks[i].name + "/connect", endpoint));
  }
  OAKUM_TRY(const Json document, client_.get(path + "/json"));
  const Json& config = net::member(document, "Config");
  container.user = net::string_member(config, "User");
  container.root = is_root_name(container.user);
  container.tty = net::bool_member(config, "Tty");
  container.working_dir = net::string_member(config, "WorkingDir");
  OAKUM_CHECK(client_.post_empty(path + "/start"));
  container.started = true;
  ids_[side_.services[index].service] = container.id;
  return {};
}

// Compose waits for the ones that are to be healthy; waiting for all that have a check does no harm.
void SideRun::await_dependencies(const Project& project, const Service& service) {
  const auto limit = std::chrono::steady_clock::now() + kDependencyLimit;
  for (std::size_t i = 0; i < running_.size(); ++i) {
    const auto& names = service.workload.depends_on.items;
    const std::string& name = project.services[i].workload.name;
    if (std::ranges::find(names, name, &Stated<std::string>::value) == names.end()) continue;
    do {
      look(client_, running_[i], side_.services[i]);
      if (side_.services[i].health != "starting" || side_.services[i].state != "running") break;
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
    } while (!interrupt_flag() && std::chrono::steady_clock::now() < limit);
  }
}

Status SideRun::remove_all() {
  const Client client = client_.unstoppable();
  Status first;
  const auto keep = [&](Status status) {
    if (!status && first) first = std::move(status);
  };
  for (const std::string& id : containers_) keep(client.remove("/containers/" + id, {{"force", "1"}, {"v", "1"}}));
  for (const std::string& name : networks_) keep(client.remove("/networks/" + name));
  for (const std::string& name : volumes_) keep(client.remove("/volumes/" + name, {{"force", "1"}}));
  return first;
}

}  // namespace oakum::trial
