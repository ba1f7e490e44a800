// Where container engines listen, found as their own clients find it: DOCKER_HOST, contexts, DOCKER_TLS_VERIFY,
// CONTAINER_HOST, the default sockets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "net/http.h"

namespace oakum::image {

struct EngineAddress {
  std::string host;         // as stated: "unix:///run/docker.sock"; names it in errors
  std::string unix_socket;  // path, or empty
  std::string base_url;     // "http://engine", "https://host:2376"
  net::TlsOptions tls;

  bool operator==(const EngineAddress& other) const {
    return host == other.host && unix_socket == other.unix_socket && base_url == other.base_url;
  }
};

// "unix:///path", "tcp://host:port", "http(s)://host:port", "host:port"; `tls` makes tcp an https. ssh:// and npipe://
// are errors that name the way out.
Result<EngineAddress> parse_engine_host(std::string_view host, const std::optional<net::TlsOptions>& tls);

// The environment, one struct so that tests can state it.
struct EngineEnvironment {
  std::string home;
  std::string docker_host;
  std::string docker_context;
  std::string docker_config;  // directory
  std::string docker_tls_verify;
  std::string docker_cert_path;
  std::string container_host;
  std::string runtime_directory;  // XDG_RUNTIME_DIR
  static EngineEnvironment of_process();
};

// Where Docker's client would go; without any setting the default sockets that exist, or /var/run/docker.sock.
Result<EngineAddress> docker_address(const EngineEnvironment& environment);

// All sockets at which Podman may listen, the user's own first.
Result<std::vector<EngineAddress>> podman_addresses(const EngineEnvironment& environment);

}  // namespace oakum::image
