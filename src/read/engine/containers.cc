// Engines asked for their containers.
#include <algorithm>

#include "base/text.h"
#include "net/http.h"
#include "read/engine/engine.h"
#include "read/engine/inspect.h"
#include "read/engine/proc.h"
#include "read/image/config_facts.h"
#include "read/image/engine.h"
#include "read/image/engine_address.h"

namespace oakum::engine {

namespace {

using image::EngineAddress;
using net::Json;
using net::member;
using net::string_member;

constexpr std::size_t kAnswerLimit = 16U << 20;
constexpr std::size_t kMaxContainers = 10'000;
constexpr std::size_t kMaxVolumes = 64;

std::unexpected<Error> refused(const EngineAddress& address, std::string_view thing, const net::Response& response) {
  if (response.status == 404) return fail(ErrorCode::not_found, address.host, "no " + std::string(thing));
  const auto document = net::parse_json(response.body, kAnswerLimit, "error");
  const std::string message = document ? string_member(*document, "message") : "";
  return fail(response.status == 401 || response.status == 403 ? ErrorCode::permission : ErrorCode::io, address.host,
              "the engine answered with status " + std::to_string(response.status) +
                  (message.empty() ? "" : " (" + printable(message, 300) + ")"));
}

Result<std::string> get_text(const EngineAddress& address, const std::string& path, std::string_view thing) {
  net::Request request{.url = address.base_url + path, .unix_socket = address.unix_socket};
  request.tls = address.tls;
  request.max_body = kAnswerLimit;
  auto response = net::fetch(request);
  if (!response) {
    Error error = std::move(response.error());
    error.what = address.host;
    return std::unexpected(std::move(error));
  }
  if (response->status != 200) return refused(address, thing, *response);
  return std::move(response->body);
}

Result<Json> get(const EngineAddress& address, const std::string& path, std::string_view thing) {
  OAKUM_TRY(const std::string text, get_text(address, path, thing));
  return net::parse_json(text, kAnswerLimit, address.host + path);
}

// One engine, and what it said of itself.
class Client {
 public:
  static Result<Client> connect(const EngineAddress& address) {
    Client client(address);
    OAKUM_TRY(const Json version, get(address, "/version", "version"));
    const Json& components = member(version, "Components");
    if (components.is_array()) {
      for (const Json& part : components) {
        if (string_member(part, "Name") == "Podman Engine") client.daemon_.engine = Engine::podman;
      }
    }
    if (const auto info = get(address, "/info", "information")) client.learn(*info);
    return client;
  }

  // By name, or by the start of an id.
  Status read(const std::string& name, const Options& options, Subjects& subjects) const {
    const bool podman = daemon_.engine == Engine::podman;
    const std::string path =
        std::string(podman ? "/v4.0.0/libpod" : "") + "/containers/" + percent_encoded(name) + "/json";
    OAKUM_TRY(const std::string text, get_text(address_, path, "container \"" + printable(name, 200) + "\""));
    OAKUM_TRY(Json document, net::parse_json(text, kAnswerLimit, address_.host + path));
    if (!document.is_object()) return fail(ErrorCode::invalid, address_.host, "its answer is no container");
    const std::uint32_t source = subjects.add_source("container:" + name, {});
    const Json config = image_config(document, subjects);
    Workload workload = workload_of({document, config, daemon_, source});
    look_behind_volumes(workload);
    if (options.kernel) add_kernel(document, workload);
    subjects.workloads.push_back(std::move(workload));
    return {};
  }

  const std::string& host() const { return address_.host; }

  Result<std::vector<std::string>> running() const {
    OAKUM_TRY(const Json list, get(address_, "/containers/json", "list of containers"));
    if (!list.is_array()) return fail(ErrorCode::invalid, address_.host, "its list of containers is no list");
    if (list.size() > kMaxContainers)
      return fail(ErrorCode::limit, address_.host, "runs more than " + with_thousands(kMaxContainers) + " containers");
    std::vector<std::string> names;
    for (const Json& item : list) {
      const std::vector<std::string> own = net::strings_member(item, "Names");
      std::string name = own.empty() ? string_member(item, "Id") : own.front();
      if (name.starts_with('/')) name.erase(0, 1);
      if (!name.empty()) names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    return names;
  }

 private:
  explicit Client(EngineAddress address) : address_(std::move(address)) {}

  void learn(const Json& info) {
    std::string version = string_member(info, "CgroupVersion");
    if (!version.empty()) daemon_.default_cgroupns = version == "1" ? "host" : "private";
    daemon_.default_runtime = string_member(info, "DefaultRuntime");
    daemon_.default_logging = string_member(info, "LoggingDriver");
    for (const std::string& option : net::strings_member(info, "SecurityOptions")) {
      if (option == "name=no-new-privileges") daemon_.no_new_privileges = true;
    }
  }

  // The Config of the container's image, so that what it states is not taken for the container's own word; null when
  // the image is gone. The image's facts become known to the rules under the name that the container states.
  Json image_config(const Json& document, Subjects& subjects) const {
    const std::string id = string_member(document, "Image");
    if (id.empty()) return {};
    const std::string path = "/images/" + percent_encoded(id, ":");
    const auto text = get_text(address_, path + "/json", "image");
    if (!text) return {};
    const auto history = get_text(address_, path + "/history", "history");
    const std::string name = string_member(member(document, "Config"), "Image");
    if (const auto inspected = image::parse_inspect(*text, history.value_or("[]"), name.empty() ? id : name))
      subjects.known_images.insert_or_assign(name.empty() ? id : name,
                                             image::facts_of_config(inspected->image, name.empty() ? id : name));
    const auto parsed = net::parse_json(*text, kAnswerLimit, path);
    return parsed ? member(*parsed, "Config") : Json();
  }

  // A named volume may be a bind in disguise (driver local, o=bind).
  void look_behind_volumes(Workload& workload) const {
    std::size_t asked = 0;
    for (Stated<Mount>& item : workload.mounts.items) {
      Mount& mount = item.value;
      if (mount.kind != MountKind::volume || mount.source.empty() || !mount.bind_in_disguise.empty()) continue;
      if (asked++ == kMaxVolumes) return;
      const auto volume = get(address_, "/volumes/" + percent_encoded(mount.source), "volume");
      if (!volume) continue;
      mount.bind_in_disguise = bind_in_disguise(member(*volume, "Options"));
    }
  }

  // A process id means something only on the engine's machine: a socket may lead to another one.
  void add_kernel(const Json& document, Workload& workload) const {
    const std::int64_t pid = integer_member(member(document, "State"), "Pid");
    if (address_.unix_socket.empty() || pid <= 0 || pid > INT32_MAX) return;
    const auto membership = Proc("/proc", std::to_string(pid)).read("cgroup");
    const std::string id = string_member(document, "Id");
    if (!membership || id.empty() || membership->find(id) == std::string::npos) return;
    KernelFacts facts = read_kernel(static_cast<int>(pid));
    // Without the process's status the rest says nothing; kernel-differs tells that nobody looked.
    if (facts.uids.size() == 4) workload.kernel = std::move(facts);
  }

  EngineAddress address_;
  Daemon daemon_;
};

Result<std::vector<EngineAddress>> addresses(const Options& options) {
  image::EngineEnvironment environment = image::EngineEnvironment::of_process();
  if (!options.docker_host.empty()) environment.docker_host = options.docker_host;
  OAKUM_TRY(EngineAddress docker, image::docker_address(environment));
  std::vector<EngineAddress> all{std::move(docker)};
  if (!options.docker_host.empty()) return all;
  OAKUM_TRY(const std::vector<EngineAddress> podman, image::podman_addresses(environment));
  for (const EngineAddress& address : podman) {
    if (std::ranges::find(all, address) == all.end()) all.push_back(address);
  }
  return all;
}

// Asks one engine after the other until `ask` is content; else the most telling error of all.
template <class Ask>
Status ask_engines(const Options& options, std::string_view what, const Ask& ask) {
  OAKUM_TRY(const std::vector<EngineAddress> all, addresses(options));
  std::string said;
  ErrorCode code = ErrorCode::network;
  for (const EngineAddress& address : all) {
    const auto client = Client::connect(address);
    const Status status = client ? ask(*client) : Status(std::unexpected<Error>(client.error()));
    if (status) return {};
    said += (said.empty() ? "" : ", ") + status.error().message();
    if (code == ErrorCode::network) code = status.error().code;
  }
  return fail(code, std::string(what), "no engine has it: " + said,
              "start the engine, or name it with DOCKER_HOST or CONTAINER_HOST");
}

}  // namespace

Status read_container(const std::string& name, const Options& options, Subjects& subjects) {
  if (name.empty() || name.find('/') != std::string::npos)
    return fail(ErrorCode::usage, "container \"" + printable(name, 200) + "\"", "no name or id of a container");
  return ask_engines(options, "container \"" + printable(name, 200) + "\"",
                     [&](const Client& client) { return client.read(name, options, subjects); });
}

Status read_all_containers(const Options& options, Subjects& subjects) {
  bool answered = false;
  const Status last = ask_engines(options, "containers", [&](const Client& client) -> Status {
    OAKUM_TRY(const std::vector<std::string> names, client.running());
    answered = true;
    for (const std::string& name : names) {
      // One that has ended since the list was made is none of the running ones.
      if (auto status = client.read(name, options, subjects); !status && status.error().code != ErrorCode::not_found)
        subjects.errors.push_back(std::move(status.error()));
    }
    return fail(ErrorCode::not_found, client.host(), "all of its containers were read");  // on to the next engine
  });
  return answered ? Status() : last;
}

}  // namespace oakum::engine
