#include "net/credentials.h"

#include <algorithm>
#include <cstdlib>

#include <openssl/evp.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/process.h"
#include "base/text.h"
#include "net/json.h"

namespace oakum::net {

namespace {

constexpr std::size_t kFileLimit = 4 << 20;
constexpr std::string_view kHubKey = "index.docker.io";  // Docker's name for docker.io since its version 1
constexpr std::string_view kHubUrl = "https://index.docker.io/v1/";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// "https://index.docker.io/v1/" and "host/v2/" mean their host; "quay.io/team" stays.
std::string normalised_key(std::string_view key) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (key.starts_with(scheme)) key.remove_prefix(scheme.size());
  }
  while (key.ends_with('/')) key.remove_suffix(1);
  for (const std::string_view version : {"/v1", "/v2"}) {
    if (key.ends_with(version)) key.remove_suffix(version.size());
  }
  return key == kHubKey || key == "registry-1.docker.io" ? "docker.io" : std::string(key);
}

Result<Credentials> read_auth(const Json& entry, const std::string& place) {
  Credentials credentials{string_member(entry, "username"), string_member(entry, "password"),
                          string_member(entry, "identitytoken"), string_member(entry, "registrytoken")};
  const std::string encoded = string_member(entry, "auth");
  if (encoded.empty()) return credentials;
  const auto decoded = base64_decode(encoded);
  const std::size_t colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos) return fail(ErrorCode::invalid, place, "\"auth\" is not base64 of user:password");
  credentials.username = decoded->substr(0, colon);
  credentials.password = decoded->substr(colon + 1);
  while (credentials.password.ends_with('\0')) credentials.password.pop_back();
  return credentials;
}

bool is_helper_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

// docker-credential-helpers: the host on standard input, {"Username","Secret"} or a message on standard output.
Result<Credentials> ask_helper(const std::string& name, const std::string& host) {
  const std::string program = "docker-credential-" + name;
  if (!is_helper_name(name)) return fail(ErrorCode::usage, printable(program, 100), "no name of a credential helper");
  OAKUM_TRY(const ProcessResult result, run_process({program, "get"}, host));
  if (result.exit_status != 0) {
    if (result.output.find("credentials not found") != std::string::npos) return Credentials{};
    const std::string said = result.output.empty() ? result.errors : result.output;
    return fail(ErrorCode::auth, program, "failed for " + host + ": " + printable(trim(said), 200));
  }
  OAKUM_TRY(const Json answer, parse_json(result.output, kFileLimit, program));
  const std::string username = string_member(answer, "Username");
  const std::string secret = string_member(answer, "Secret");
  if (username == "<token>")
    return Credentials{.username = {}, .password = {}, .identity_token = secret, .registry_token = {}};
  return Credentials{.username = username, .password = secret, .identity_token = {}, .registry_token = {}};
}

// The longest prefix of registry/repository that has an entry.
Credentials longest_match(const CredentialFile& file, std::string_view registry, std::string_view repository) {
  std::string key = std::string(registry) + "/" + std::string(repository);
  for (;;) {
    if (const auto found = file.auths.find(key); found != file.auths.end() && !found->second.empty())
      return found->second;
    const std::size_t slash = key.rfind('/');
    if (slash == std::string::npos) return {};
    key.resize(slash);
  }
}

Result<Credentials> find_in(const CredentialFile& file, std::string_view registry, std::string_view repository) {
  const std::string host(registry);
  const std::string asked = registry == "docker.io" ? std::string(kHubUrl) : host;
  if (const auto helper = file.helpers.find(host); helper != file.helpers.end())
    return ask_helper(helper->second, asked);
  if (Credentials found = longest_match(file, registry, repository); !found.empty()) return found;
  if (!file.store.empty()) return ask_helper(file.store, asked);
  return Credentials{};
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(n));
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  text = trim(text);
  std::string padded(text);
  while (padded.size() % 4 != 0) padded += '=';
  const auto digits = padded.find_last_not_of('=');
  const std::size_t padding = digits == std::string::npos ? padded.size() : padded.size() - digits - 1;
  if (padding > 2 || padded.size() > (1 << 20)) return std::nullopt;
  std::string out(padded.size() / 4 * 3 + 1, '\0');
  const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
  if (n < 0 || static_cast<std::size_t>(n) < padding) return std::nullopt;
  out.resize(static_cast<std::size_t>(n) - padding);
  return out;
}

Result<CredentialFile> parse_credential_file(std::string_view json, std::string_view name) {
  CredentialFile file;
  if (trim(json).empty()) return file;
  OAKUM_TRY(const Json document, parse_json(json, kFileLimit, name));
  const Json& auths = member(document, "auths");
  if (auths.is_object()) {
    for (const auto& [key, entry] : auths.items()) {
      OAKUM_TRY(Credentials found, read_auth(entry, std::string(name) + ": " + printable(key, 200)));
      file.auths.emplace(normalised_key(key), std::move(found));
    }
  }
  const Json& helpers = member(document, "credHelpers");
  if (helpers.is_object()) {
    for (const auto& [key, entry] : helpers.items()) {
      if (entry.is_string()) file.helpers.emplace(normalised_key(key), entry.get<std::string>());
    }
  }
  file.store = string_member(document, "credsStore");
  return file;
}

std::vector<std::string> default_credential_files() {
  const std::string home = environment("HOME");
  std::string runtime = environment("XDG_RUNTIME_DIR");
  if (runtime.empty()) runtime = "/run/user/" + std::to_string(::getuid());
  std::string config = environment("XDG_CONFIG_HOME");
  if (config.empty()) config = home + "/.config";
  std::string docker = environment("DOCKER_CONFIG");
  if (docker.empty()) docker = home + "/.docker";
  std::vector<std::string> files;
  for (const std::string& file : {environment("REGISTRY_AUTH_FILE"), runtime + "/containers/auth.json",
                                  "/run/containers/" + std::to_string(::getuid()) + "/auth.json",
                                  config + "/containers/auth.json", docker + "/config.json"}) {
    if (!file.empty() && path_exists(file)) files.push_back(file);
  }
  return files;
}

Result<Credentials> find_credentials(const std::vector<std::string>& files, std::string_view registry,
                                     std::string_view repository) {
  for (const std::string& path : files) {
    OAKUM_TRY(const std::string json, read_file(path, kFileLimit));
    OAKUM_TRY(const CredentialFile file, parse_credential_file(json, path));
    OAKUM_TRY(Credentials found, find_in(file, registry, repository));
    if (!found.empty()) return found;
  }
  return Credentials{};
}

}  // namespace oakum::net
