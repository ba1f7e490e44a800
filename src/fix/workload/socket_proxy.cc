#include "fix/workload/socket_proxy.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"
#include "fix/workload/compose_service.h"

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kProxy = "docker-socket-proxy";
constexpr std::string_view kNetwork = "docker-api";
constexpr std::string_view kImage = "tecnativa/docker-socket-proxy:0.4.1";
constexpr std::string_view kAddress = "tcp://docker-socket-proxy:2375";
constexpr std::string_view kUser = "user: root";

// What would be told of the proxy, and why it has to be so: stands above the line.
struct Excuse {
  std::string line;
  std::string_view comment;
};
std::array<Excuse, 2> excuses(std::string_view socket) {
  return {Excuse{std::string(kUser),
                 "# oakum ignore=user-root -- the socket is root's, and without a capability it stays so"},
          Excuse{"- " + std::string(socket) + ":/var/run/docker.sock:ro",
                 "# oakum ignore=runtime-socket -- the proxy is what keeps the socket from the others"}};
}

YamlValue proxy_service(std::string_view socket) {
  return YamlValue::map({
      {"image", kImage},
      {"user", "root"},
      {"environment", YamlValue::map({{"CONTAINERS", YamlValue::integer(1)}, {"POST", YamlValue::integer(0)}})},
      {"volumes", YamlValue::list({std::string(socket) + ":/var/run/docker.sock:ro"})},
      {"networks", YamlValue::list({kNetwork})},
      {"read_only", YamlValue::boolean(true)},
      {"tmpfs", YamlValue::list({"/run", "/tmp"})},
      {"cap_drop", YamlValue::list({"ALL"})},
      {"security_opt", YamlValue::list({"no-new-privileges:true"})},
      {"mem_limit", "128m"},
      {"cpus", YamlValue::plain("0.5")},
      {"pids_limit", YamlValue::integer(100)},
  });
}

bool is_image(const Workload& workload, std::string_view name) {
  return workload.image.known() && workload.image->repository.ends_with(name);
}

// Most programs follow DOCKER_HOST; Traefik has settings of its own, and of all ways to say them takes one.
Done tell_address(ComposeService& service, const Workload& workload) {
  if (!is_image(workload, "traefik")) return set_variable(service, "DOCKER_HOST", kAddress);
  const yaml::Node* command = service.editor.find(service.at({"command"}));
  if (command == nullptr) return set_variable(service, "TRAEFIK_PROVIDERS_DOCKER_ENDPOINT", kAddress);
  const std::string flag = "--providers.docker.endpoint=";
  if (command->kind != yaml::Node::Kind::sequence)
    return refuse("its command is one text: write it as a list first, so that " + flag + " can be added");
  for (std::size_t i = 0; i < command->items.size(); ++i) {
    if (to_lower(command->items[i].text()).starts_with(flag))
      return service.editor.set(service.at({"command", i}), YamlValue(flag + std::string(kAddress)));
  }
  return service.editor.append(service.at({"command"}), YamlValue(flag + std::string(kAddress)));
}

Done add_all(ComposeService& service, const Workload& workload, std::string_view socket, const YamlPath& mount) {
  YamlEditor& editor = service.editor;
  const YamlValue started = YamlValue::map({{"condition", "service_started"}});
  if (auto done = editor.remove(mount, service.path.size()); !done) return done;
  if (auto done = tell_address(service, workload); !done) return done;
  if (auto done = append_name(service, "depends_on", kProxy, started); !done) return done;
  if (auto done = join_network(service, kNetwork); !done) return done;
  if (auto done = editor.set({"services", kProxy}, proxy_service(socket)); !done) return done;
  return editor.set({"networks", kNetwork, "internal"}, YamlValue::boolean(true));
}

bool explain(std::vector<Edit>& edits, const Excuse& excuse, std::string_view line_end) {
  for (Edit& edit : edits) {
    const std::size_t at = edit.text.find(excuse.line);
    if (at == std::string::npos) continue;
    const std::string indent(indent_at(edit.text, at));
    edit.text.insert(line_begin(edit.text, at), indent + std::string(excuse.comment) + std::string(line_end));
    return true;
  }
  return false;
}

// The proxy holds the socket for the others: says why, so that nobody is told of it again. False: there are no such
// lines.
bool explain_all(std::vector<Edit>& edits, std::string_view socket, std::string_view line_end) {
  return std::ranges::all_of(excuses(socket), [&](const Excuse& excuse) { return explain(edits, excuse, line_end); });
}

}  // namespace

Planned put_proxy_between(const Workload& workload, const Mount& mount, const Origin& place, const Context& context) {
  const bool has_network = !workload.network_mode || workload.network_mode->empty();
  if (!has_network) return refuse("with `network_mode:` it cannot be on the proxy's network: use `networks:` first");
  auto service = open_service(workload, context);
  if (!service) return std::unexpected(std::move(service.error()));
  if (place.source != workload.origin.source) return refuse("the mount comes from another file: take it away there");
  if (service->editor.find({"services", kProxy}) != nullptr)
    return refuse("there is a service \"" + std::string(kProxy) + "\" already: reach the engine through that");
  const auto path = service->editor.path_of(place.span);
  if (!path || path->size() < service->path.size() + 2)
    return refuse("the mount is written in a way that is not edited");
  YamlPath item(path->begin(), path->begin() + static_cast<std::ptrdiff_t>(service->path.size() + 2));
  if (auto done = add_all(*service, workload, mount.source, item); !done)
    return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = service->editor.edits();
  const Source* source = context.subjects.source(place.source);
  if (!explain_all(result.edits, mount.source, line_end_of(source->text)))
    return refuse("the file is written in one line, where the proxy's line cannot be explained: add a proxy by hand");
  result.note =
      "the proxy lets it only read, about containers: set what else it needs in the proxy's environment (IMAGES, "
      "NETWORKS, POST, …), and see that the program follows " +
      std::string(is_image(workload, "traefik") ? "providers.docker.endpoint" : "DOCKER_HOST") +
      "; who reads still sees logs and variables of others";
  return result;
}

}  // namespace oakum::fix::workload
