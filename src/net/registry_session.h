// How one registry is spoken to: its base URL and the authorization of each request. Shared by a client and its
// streams.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "net/auth_challenge.h"
#include "net/registry_client.h"

namespace oakum::net {

enum class Access : std::uint8_t { pull, push };

class RegistryClient::Session {
 public:
  Session(const Reference& reference, RegistryOptions options);

  // Sends `request`, whose url is a path below the registry's root ("/v2/…") or a whole URL, with authorization; asks
  // for a new token once when the answer is 401.
  Result<Response> send(Request request, Access access);
  Result<StreamedResponse> stream(Request request, Access access);

  std::vector<std::string> prepare();

  std::string path(std::string_view rest) const { return "/v2/" + repository_ + "/" + std::string(rest); }
  const std::string& name() const { return name_; }
  const RegistryOptions& options() const { return options_; }

 private:
  template <class Answer>
  Result<Answer> authorised(Request request, Access access, Result<Answer> (*exchange)(const Request&));

  Status connect();  // with mutex_ held: finds base_url_ and the first challenge
  Result<Response> ping(const std::string& base);
  std::unexpected<Error> plain_http_refused() const;
  Result<std::string> authorization(Access access, const std::string* failed);
  Result<std::string> obtain(const std::string& challenge_header, Access access);
  Result<std::string> bearer(const AuthChallenge& challenge, Access access);
  Status check_realm(const std::string& realm) const;
  Result<Response> ask_for_token(const AuthChallenge& challenge, Access access);
  const Result<Credentials>& credentials();
  bool same_registry(const std::string& url) const;
  TlsOptions tls() const;
  std::string token_scope(Access access) const;

  const std::string registry_;
  const std::string repository_;
  const std::string name_;
  const RegistryOptions options_;
  std::mutex mutex_;
  std::string base_url_;
  std::string challenge_;  // WWW-Authenticate of the registry's root; empty: none needed
  std::optional<Result<Credentials>> credentials_;
  std::string authorization_[2];  // header value by Access
};

}  // namespace oakum::net
