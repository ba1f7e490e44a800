// HTTP(S) over TCP or a unix socket, through libcurl. Used for registries, container engines and advisory feeds.
//
// Verifies TLS always, unless told otherwise for one host; follows the environment's proxies (HTTP_PROXY, HTTPS_PROXY,
// NO_PROXY); never sends credentials to another host on a redirect. No retries of its own: callers know what is
// idempotent (see retry.h).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/stream.h"

namespace oakum::net {

struct TlsOptions {
  bool verify = true;
  std::string ca_file;           // PEM; empty: the system's
  std::string certificate_file;  // client certificate, PEM
  std::string key_file;
};

struct Request {
  std::string method = "GET";
  std::string url;
  std::string unix_socket;  // path; then the URL's host is only the Host header
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  ByteStream* upload = nullptr;  // sent instead of `body` when set: exactly `upload_size` bytes, read once
  std::uint64_t upload_size = 0;
  TlsOptions tls;
  bool follow_redirects = true;  // of GET and HEAD only; never from https to http
  std::chrono::milliseconds connect_timeout{15'000};
  std::chrono::milliseconds idle_timeout{60'000};  // no byte for so long ends the request
  std::uint64_t max_body = 64U << 20;              // for fetch(); not for streams
  const std::atomic<bool>* stop = nullptr;         // ends the exchange within a second once it is true; outlives it
};

struct Response {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case; the last wins, but www-authenticate is joined
  std::string body;
  std::string url;  // after redirects
};

// One exchange with the whole body in memory. An error only when no HTTP answer came: a 404 is a Response. Its code is
// `auth` when the peer's certificate is not trusted, `unsupported` when the peer does not speak TLS, `limit` for a body
// beyond max_body, `not_found` when the host has no address, `permission` for a socket that may not be opened, else
// `network`. May be called from several threads; connections are kept per thread.
Result<Response> fetch(const Request& request);

// The answer's body as it arrives. `response.body` is empty for status 2xx, else holds the (bounded) error text.
struct StreamedResponse {
  Response response;
  std::unique_ptr<ByteStream> body;  // null unless 2xx
};
Result<StreamedResponse> fetch_stream(const Request& request);

}  // namespace oakum::net
