#include "net/registry_session.h"

#include "base/fd.h"
#include "base/text.h"
#include "net/json.h"
#include "net/system_files.h"
#include "net/transfer.h"

namespace oakum::net {

namespace {

constexpr std::size_t kTokenLimit = 1 << 20;

std::string api_host(const std::string& registry) {
  return registry == "docker.io" ? std::string("registry-1.docker.io") : registry;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += "%" + to_hex(std::string_view(&c, 1));
  }
  return out;
}

// The certificates that Docker and Podman use for one registry: certs.d/HOST/{ca.crt,client.cert,client.key}.
TlsOptions certificates_of(const std::string& registry) {
  TlsOptions tls;
  for (const std::string_view parent : {"/etc/containers/certs.d/", "/etc/docker/certs.d/"}) {
    const std::string directory = std::string(parent) + registry;
    if (path_exists(directory + "/ca.crt")) tls.ca_file = directory + "/ca.crt";
    if (path_exists(directory + "/client.cert") && path_exists(directory + "/client.key")) {
      tls.certificate_file = directory + "/client.cert";
      tls.key_file = directory + "/client.key";
    }
  }
  return tls;
}

std::string origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return to_lower(url.substr(0, url.find_first_of("/?#", scheme + 3)));
}

// Waits where the server says so. Where there is no connection, whoever sends the request that this is for tries it all
// again: two such loops, one in the other, would take minutes.
Result<Response> fetch_with_patience(const Request& request, const RetryPolicy& policy) {
  for (int attempt = 1;; ++attempt) {
    auto answer = fetch(request);
    if (!answer || !is_transient(answer->status) || attempt >= policy.attempts) return answer;
    const auto delay = retry_delay(policy, attempt, &*answer);
    if (!delay) return answer;
    wait_for_retry(policy, *delay);
  }
}

}  // namespace

RegistryClient::Session::Session(const Reference& reference, RegistryOptions options)
    : registry_(reference.registry),
      repository_(reference.repository),
      name_(reference.name()),
      options_(std::move(options)) {}

TlsOptions RegistryClient::Session::tls() const {
  TlsOptions tls = certificates_of(registry_);
  tls.verify = !options_.insecure;
  return tls;
}

Result<Response> RegistryClient::Session::ping(const std::string& base) {
  const Request request{.url = base + "/v2/", .tls = tls(), .max_body = kTokenLimit};
  return fetch_with_patience(request, options_.retry);
}

std::unexpected<Error> RegistryClient::Session::plain_http_refused() const {
  return fail(ErrorCode::unsupported, name_, "the registry speaks plain HTTP",
              "use --insecure if you trust this network");
}

Status RegistryClient::Session::connect() {
  if (!base_url_.empty()) return {};
  const std::string host = api_host(registry_);
  const bool plain_allowed = options_.insecure || is_loopback(host_of("http://" + host));
  std::string base = "https://" + host;
  auto answer = ping(base);
  // A certificate that is not trusted is no reason to go on without one.
  const ErrorCode code = answer ? ErrorCode::internal : answer.error().code;
  if (!answer && code != ErrorCode::auth && (plain_allowed || code == ErrorCode::unsupported)) {
    // Without credentials, and only to tell the user what the matter is where plain HTTP is not allowed.
    auto plain = ping("http://" + host);
    if (plain && !plain_allowed) return plain_http_refused();
    if (plain) {
      base = "http://" + host;
      answer = std::move(plain);
    }
  }
  if (!answer) return std::unexpected(std::move(answer.error()));
  if (answer->status == 401)
    challenge_ = answer->headers["www-authenticate"];
  else if (answer->status != 200 && answer->status != 404) {
    return fail(ErrorCode::network, name_, base + "/v2/ answers with status " + std::to_string(answer->status),
                "check that this is a registry");
  }
  base_url_ = base;
  return {};
}

const Result<Credentials>& RegistryClient::Session::credentials() {
  if (credentials_) return *credentials_;
  if (!options_.username.empty()) {
    credentials_ = Credentials{options_.username, options_.password, {}, {}};
  } else {
    credentials_ = find_credentials(options_.credential_files, registry_, repository_);
  }
  return *credentials_;
}

std::vector<std::string> RegistryClient::Session::prepare() {
  const std::lock_guard lock(mutex_);
  static_cast<void>(credentials());
  return files_read(tls());
}

std::string RegistryClient::Session::token_scope(Access access) const {
  return "repository:" + repository_ + (access == Access::push ? ":pull,push" : ":pull");
}

// Credentials go to the token server that the registry names, as with every client; never in clear over a network.
Status RegistryClient::Session::check_realm(const std::string& realm) const {
  if (realm.starts_with("https://")) return {};
  if (realm.starts_with("http://") && (options_.insecure || is_loopback(host_of(realm)))) return {};
  return fail(ErrorCode::auth, name_, "its token server \"" + printable(realm, 200) + "\" is not reached by https",
              "use --insecure if you trust this network");
}

// distribution: docs "Token Authentication Specification" (GET) and "OAuth2 Token Authentication" (POST).
Result<Response> RegistryClient::Session::ask_for_token(const AuthChallenge& challenge, Access access) {
  const std::string realm = challenge.parameter("realm");
  OAKUM_CHECK(check_realm(realm));
  OAKUM_TRY(const Credentials known, credentials());
  const std::string query =
      "service=" + percent_encoded(challenge.parameter("service")) + "&scope=" + percent_encoded(token_scope(access));
  Request request{.url = realm, .tls = TlsOptions{.verify = !options_.insecure}, .max_body = kTokenLimit};
  if (!known.identity_token.empty()) {
    request.method = "POST";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body =
        "grant_type=refresh_token&client_id=oakum&" + query + "&refresh_token=" + percent_encoded(known.identity_token);
    return fetch_with_patience(request, options_.retry);
  }
  request.url += (realm.find('?') == std::string::npos ? "?" : "&") + query;
  if (!known.username.empty()) {
    request.headers = {{"Authorization", "Basic " + base64_encode(known.username + ":" + known.password)}};
  }
  return fetch_with_patience(request, options_.retry);
}

Result<std::string> RegistryClient::Session::bearer(const AuthChallenge& challenge, Access access) {
  OAKUM_TRY(const Credentials known, credentials());
  if (!known.registry_token.empty()) return "Bearer " + known.registry_token;
  OAKUM_TRY(const Response answer, ask_for_token(challenge, access));
  if (answer.status == 401 || answer.status == 403) {
    return fail(ErrorCode::auth, name_,
                known.empty() ? "the registry wants a login" : "the token server refused the login",
                "log in with docker login or podman login, or give --username");
  }
  if (answer.status != 200) {
    return fail(ErrorCode::auth, name_, "the token server answered with status " + std::to_string(answer.status));
  }
  OAKUM_TRY(const Json document, parse_json(answer.body, kTokenLimit, name_ + ": answer of the token server"));
  std::string token = string_member(document, "token");
  if (token.empty()) token = string_member(document, "access_token");
  if (token.empty() || token.find_first_of("\r\n") != std::string::npos) {
    return fail(ErrorCode::auth, name_, "the token server gave no token");
  }
  return "Bearer " + token;
}

Result<std::string> RegistryClient::Session::obtain(const std::string& challenge_header, Access access) {
  const auto challenges = parse_auth_challenges(challenge_header);
  for (const AuthChallenge& challenge : challenges) {
    if (challenge.scheme == "bearer") return bearer(challenge, access);
  }
  for (const AuthChallenge& challenge : challenges) {
    if (challenge.scheme != "basic") continue;
    OAKUM_TRY(const Credentials known, credentials());
    if (!known.username.empty()) return "Basic " + base64_encode(known.username + ":" + known.password);
    return fail(ErrorCode::auth, name_, "the registry wants a login",
                "log in with docker login or podman login, or give --username");
  }
  return fail(ErrorCode::auth, name_, "the registry asks for an authentication that is neither bearer nor basic");
}

// The header for a request; `failed`: the one that the registry just refused, with its new challenge in challenge_.
Result<std::string> RegistryClient::Session::authorization(Access access, const std::string* failed) {
  const std::lock_guard lock(mutex_);
  OAKUM_CHECK(connect());
  std::string& cached = authorization_[static_cast<std::size_t>(access)];
  const bool stale = failed != nullptr && *failed == cached;
  if (challenge_.empty() || (!cached.empty() && !stale)) return cached;
  OAKUM_TRY(cached, obtain(challenge_, access));
  return cached;
}

bool RegistryClient::Session::same_registry(const std::string& url) const {
  return origin_of(url) == to_lower(base_url_);
}

namespace {
Response& answer(Response& response) { return response; }
Response& answer(StreamedResponse& streamed) { return streamed.response; }
}  // namespace

template <class Answer>
Result<Answer> RegistryClient::Session::authorised(Request request, Access access,
                                                   Result<Answer> (*exchange)(const Request&)) {
  OAKUM_TRY(std::string header, authorization(access, nullptr));
  if (request.url.starts_with('/')) request.url = base_url_ + request.url;
  const bool ours = same_registry(request.url);
  request.tls = ours ? tls() : TlsOptions{.verify = !options_.insecure};
  const auto plain_headers = request.headers;
  if (ours && !header.empty()) request.headers.emplace_back("Authorization", header);
  auto result = exchange(request);
  if (!result || answer(*result).status != 401 || !ours || request.upload != nullptr) return result;
  {
    const std::lock_guard lock(mutex_);
    const std::string& challenge = answer(*result).headers["www-authenticate"];
    if (!challenge.empty()) challenge_ = challenge;
  }
  OAKUM_TRY(header, authorization(access, &header));
  request.headers = plain_headers;
  request.headers.emplace_back("Authorization", header);
  return exchange(request);
}

Result<Response> RegistryClient::Session::send(Request request, Access access) {
  return authorised<Response>(std::move(request), access, &fetch);
}

Result<StreamedResponse> RegistryClient::Session::stream(Request request, Access access) {
  return authorised<StreamedResponse>(std::move(request), access, &fetch_stream);
}

}  // namespace oakum::net
