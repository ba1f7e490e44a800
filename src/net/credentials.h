// Registry credentials where Docker and Podman keep them: config.json and auth.json ("auths", "credHelpers",
// "credsStore"), and the docker-credential-* programs that those name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::net {

struct Credentials {
  std::string username;
  std::string password;
  std::string identity_token;  // an OAuth2 refresh token, used instead of the two above
  std::string registry_token;  // sent as it is, as bearer token

  bool empty() const { return username.empty() && identity_token.empty() && registry_token.empty(); }
  bool operator==(const Credentials&) const = default;
};

// What one file says.
struct CredentialFile {
  std::map<std::string, Credentials> auths;    // by host, or (Podman) by host and a prefix of the repository
  std::map<std::string, std::string> helpers;  // by host: NAME of docker-credential-NAME
  std::string store;                           // NAME for all other hosts
};
Result<CredentialFile> parse_credential_file(std::string_view json, std::string_view name);

// The files that exist, the one asked first in front: $REGISTRY_AUTH_FILE, $XDG_RUNTIME_DIR/containers/auth.json,
// ~/.config/containers/auth.json, $DOCKER_CONFIG/config.json or ~/.docker/config.json.
std::vector<std::string> default_credential_files();

// The first that fits; empty Credentials when no file has any. A broken file or a failing helper is an error, as going
// on without would show as a puzzling "denied".
Result<Credentials> find_credentials(const std::vector<std::string>& files, std::string_view registry,
                                     std::string_view repository);

// "user:password" of an "auth" member.
std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace oakum::net
