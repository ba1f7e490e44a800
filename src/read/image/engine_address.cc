#include "read/image/engine_address.h"

#include <cstdlib>

#include <unistd.h>

#include "base/digest.h"
#include "base/fd.h"
#include "base/text.h"
#include "net/json.h"

namespace oakum::image {

namespace {

constexpr std::size_t kFileLimit = 4 << 20;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// ca.pem, cert.pem and key.pem of a directory, those that exist.
net::TlsOptions certificates_in(const std::string& directory, bool verify) {
  const auto existing = [&](const char* name) {
    const std::string path = directory + "/" + name;
    return path_exists(path) ? path : std::string();
  };
  return {.verify = verify,
          .ca_file = existing("ca.pem"),
          .certificate_file = existing("cert.pem"),
          .key_file = existing("key.pem")};
}

std::string config_directory(const EngineEnvironment& environment) {
  return environment.docker_config.empty() ? environment.home + "/.docker" : environment.docker_config;
}

std::optional<net::TlsOptions> tls_of_environment(const EngineEnvironment& environment) {
  if (environment.docker_tls_verify.empty()) return std::nullopt;
  return certificates_in(
      environment.docker_cert_path.empty() ? config_directory(environment) : environment.docker_cert_path, true);
}

std::string current_context(const EngineEnvironment& environment) {
  if (!environment.docker_context.empty()) return environment.docker_context;
  const auto text = read_file(config_directory(environment) + "/config.json", kFileLimit);
  if (!text) return {};
  const auto document = net::parse_json(*text, kFileLimit, "config.json");
  return document ? net::string_member(*document, "currentContext") : "";
}

// docker/cli, context store: contexts/meta/SHA256(name)/meta.json and contexts/tls/SHA256(name)/docker/*.pem.
Result<EngineAddress> context_address(const EngineEnvironment& environment, const std::string& name) {
  const std::string store = config_directory(environment) + "/contexts";
  const std::string id(Digest::sha256_of(name).hex());
  const std::string path = store + "/meta/" + id + "/meta.json";
  auto text = read_file(path, kFileLimit);
  if (!text) {
    return fail(ErrorCode::not_found, "docker context \"" + printable(name, 100) + "\"", path + " cannot be read",
                "see docker context ls");
  }
  OAKUM_TRY(const net::Json document, net::parse_json(*text, kFileLimit, path));
  const net::Json& endpoint = net::member(net::member(document, "Endpoints"), "docker");
  const std::string host = net::string_member(endpoint, "Host");
  if (host.empty()) return fail(ErrorCode::invalid, path, "names no docker endpoint");
  const std::string certificates = store + "/tls/" + id + "/docker";
  std::optional<net::TlsOptions> tls;
  if (is_directory(certificates)) tls = certificates_in(certificates, !net::bool_member(endpoint, "SkipTLSVerify"));
  return parse_engine_host(host, tls);
}

EngineAddress socket_address(const std::string& path) {
  return {.host = "unix://" + path, .unix_socket = path, .base_url = "http://engine", .tls = {}};
}

}  // namespace

EngineEnvironment EngineEnvironment::of_process() {
  EngineEnvironment environment{variable("HOME"),           variable("DOCKER_HOST"),       variable("DOCKER_CONTEXT"),
                                variable("DOCKER_CONFIG"),  variable("DOCKER_TLS_VERIFY"), variable("DOCKER_CERT_PATH"),
                                variable("CONTAINER_HOST"), variable("XDG_RUNTIME_DIR")};
  if (environment.runtime_directory.empty()) environment.runtime_directory = "/run/user/" + std::to_string(::getuid());
  return environment;
}

Result<EngineAddress> parse_engine_host(std::string_view host, const std::optional<net::TlsOptions>& tls) {
  EngineAddress address{
      .host = printable(host, 300), .unix_socket = {}, .base_url = {}, .tls = tls.value_or(net::TlsOptions{})};
  const auto scheme_end = host.find("://");
  const auto scheme = scheme_end == std::string_view::npos ? std::string_view("tcp") : host.substr(0, scheme_end);
  std::string_view rest = scheme_end == std::string_view::npos ? host : host.substr(scheme_end + 3);
  if (scheme == "unix") {
    if (!rest.starts_with('/')) return fail(ErrorCode::usage, address.host, "a unix socket needs an absolute path");
    return socket_address(std::string(rest));
  }
  if (scheme == "ssh") {
    return fail(
        ErrorCode::unsupported, address.host, "engines are not reached over ssh",
        "forward the socket (ssh -L /tmp/engine.sock:/var/run/docker.sock HOST) and use unix:///tmp/engine.sock");
  }
  const bool secure = scheme == "https" || (scheme == "tcp" && tls.has_value());
  if (scheme != "tcp" && scheme != "http" && scheme != "https") {
    return fail(ErrorCode::unsupported, address.host, "unknown scheme \"" + printable(scheme, 40) + "\"",
                "unix:// and tcp:// are supported");
  }
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty() || rest.find_first_of(" \t\r\n@") != std::string_view::npos)
    return fail(ErrorCode::usage, address.host, "names no host");
  std::string authority(rest);
  if (authority.find(':') == std::string::npos) authority += secure ? ":2376" : ":2375";
  address.base_url = (secure ? "https://" : "http://") + authority;
  return address;
}

Result<EngineAddress> docker_address(const EngineEnvironment& environment) {
  if (!environment.docker_host.empty())
    return parse_engine_host(environment.docker_host, tls_of_environment(environment));
  if (const std::string name = current_context(environment); !name.empty() && name != "default") {
    return context_address(environment, name);
  }
  for (const std::string& path : {std::string("/var/run/docker.sock"), environment.runtime_directory + "/docker.sock",
                                  environment.home + "/.docker/run/docker.sock"}) {
    if (path_exists(path)) return socket_address(path);
  }
  return socket_address("/var/run/docker.sock");
}

Result<std::vector<EngineAddress>> podman_addresses(const EngineEnvironment& environment) {
  if (!environment.container_host.empty()) {
    OAKUM_TRY(EngineAddress address, parse_engine_host(environment.container_host, std::nullopt));
    return std::vector{std::move(address)};
  }
  return std::vector{socket_address(environment.runtime_directory + "/podman/podman.sock"),
                     socket_address("/run/podman/podman.sock")};
}

}  // namespace oakum::image
