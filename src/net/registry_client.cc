#include "net/registry_client.h"

#include "base/text.h"
#include "net/blob_stream.h"
#include "net/json.h"
#include "net/registry_session.h"

namespace oakum::net {

namespace {

constexpr std::size_t kManifestLimit = 4 << 20;
constexpr std::string_view kManifestTypes =
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json, "
    "application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.1";

// The first of the registry's own messages (distribution-spec, "Error Codes"), or nothing.
std::string registry_message(const std::string& body) {
  const auto document = parse_json(body, 64 * 1024, "error");
  if (!document) return {};
  const Json& errors = member(*document, "errors");
  if (!errors.is_array() || errors.empty()) return {};
  const std::string text = string_member(errors[0], "message");
  return text.empty() ? std::string() : " (" + printable(text, 200) + ")";
}

std::unexpected<Error> bad_status(const std::string& what, const Response& response) {
  const std::string status = "the registry answered with status " + std::to_string(response.status);
  switch (response.status) {
    case 401:
    case 403:
      return fail(ErrorCode::auth, what, "the registry denies access" + registry_message(response.body),
                  "log in with docker login or podman login, or give --username");
    case 404:
      return fail(ErrorCode::not_found, what, "the registry does not know it" + registry_message(response.body));
    case 429:
      return fail(ErrorCode::network, what, "the registry's rate limit is reached", "try later, or log in");
    default:
      return fail(ErrorCode::network, what, status + registry_message(response.body));
  }
}

// The same attempts as fetch_with_retries, around an exchange that also authorises.
Result<Response> send_with_retries(const RetryPolicy& policy, const std::function<Result<Response>()>& exchange) {
  for (int attempt = 1;; ++attempt) {
    auto response = exchange();
    const bool transient = response ? is_transient(response->status) : is_transient(response.error());
    if (!transient || attempt >= policy.attempts) return response;
    const auto delay = retry_delay(policy, attempt, response ? &*response : nullptr);
    if (!delay) return response;
    wait_for_retry(policy, *delay);
  }
}

Result<StreamedResponse> stream_with_retries(const RetryPolicy& policy,
                                             const std::function<Result<StreamedResponse>()>& exchange) {
  for (int attempt = 1;; ++attempt) {
    auto streamed = exchange();
    const bool transient = streamed ? is_transient(streamed->response.status) : is_transient(streamed.error());
    if (!transient || attempt >= policy.attempts) return streamed;
    const auto delay = retry_delay(policy, attempt, streamed ? &streamed->response : nullptr);
    if (!delay) return streamed;
    wait_for_retry(policy, *delay);
  }
}

Request range_request(std::string url, std::uint64_t offset) {
  Request request{.url = std::move(url)};
  if (offset != 0) request.headers.emplace_back("Range", "bytes=" + std::to_string(offset) + "-");
  return request;
}

Status verify_manifest(const std::string& what, const std::string& version, const Response& response, Digest& digest) {
  const auto stated = response.headers.find("docker-content-digest");
  const bool by_digest = version.find(':') != std::string::npos;
  std::string wanted = by_digest ? version : std::string();
  if (wanted.empty() && stated != response.headers.end()) wanted = stated->second;
  if (wanted.empty()) {
    digest = Digest::sha256_of(response.body);
    return {};
  }
  OAKUM_TRY(const Digest expected, Digest::parse(wanted));
  Hasher hasher(expected.algorithm());
  hasher.update(response.body);
  digest = hasher.finish();
  if (digest == expected) return {};
  return fail(
      ErrorCode::integrity, what, "the manifest's digest is " + digest.text() + ", not " + expected.text(),
      by_digest ? "the registry or something on the way changed it" : "the registry contradicts itself; try again");
}

// Where an upload goes on: `Location` may be relative to the registry's root.
std::string with_digest(std::string location, const Digest& digest) {
  location += location.find('?') == std::string::npos ? "?" : "&";
  return location + "digest=" + digest.text();
}

}  // namespace

RegistryClient::RegistryClient(const Reference& reference, const RegistryOptions& options)
    : session_(std::make_shared<Session>(reference, options)), retry_(options.retry), name_(reference.name()) {}

RegistryClient::~RegistryClient() = default;

Result<RegistryManifest> RegistryClient::manifest(const std::string& version) {
  const std::string what = name_ + (version.find(':') == std::string::npos ? ":" : "@") + version;
  Request request{.url = session_->path("manifests/" + version), .max_body = kManifestLimit};
  request.headers = {{"Accept", std::string(kManifestTypes)}};
  OAKUM_TRY(Response response, send_with_retries(retry_, [&] { return session_->send(request, Access::pull); }));
  if (response.status != 200) return bad_status(what, response);
  RegistryManifest manifest{.bytes = {}, .media_type = response.headers["content-type"], .digest = {}};
  OAKUM_CHECK(verify_manifest(what, version, response, manifest.digest));
  manifest.media_type = manifest.media_type.substr(0, manifest.media_type.find(';'));
  manifest.bytes = std::move(response.body);
  return manifest;
}

Result<std::unique_ptr<ByteStream>> RegistryClient::open_blob(const BlobLocation& blob) {
  const std::string what = name_ + "@" + blob.digest.text();
  std::vector<std::string> places = {session_->path("blobs/" + blob.digest.text())};
  for (const std::string& url : blob.urls) {
    if (url.starts_with("https://")) places.push_back(url);
  }
  std::optional<Error> last;
  for (const std::string& place : places) {
    const ResumingStream::Open open = [session = session_, place](std::uint64_t offset) {
      return session->stream(range_request(place, offset), Access::pull);
    };
    auto first = stream_with_retries(retry_, [&] { return open(0); });
    if (first && first->body) {
      return std::make_unique<ResumingStream>(what, blob.size, std::move(*first), open, retry_);
    }
    last = first ? bad_status(what, first->response).error() : std::move(first.error());
    if (first && first->response.status != 404) break;
  }
  return std::unexpected(std::move(*last));
}

Result<std::string> RegistryClient::blob_bytes(const BlobLocation& blob, std::size_t limit) {
  OAKUM_TRY(auto stream, open_blob(blob));
  const std::string what = name_ + "@" + blob.digest.text();
  OAKUM_TRY(std::string bytes, read_all(*stream, limit, what));
  Hasher hasher(blob.digest.algorithm());
  hasher.update(bytes);
  if (const Digest found = hasher.finish(); found != blob.digest) {
    return fail(ErrorCode::integrity, what, "its bytes have the digest " + found.text());
  }
  return bytes;
}

std::vector<std::string> RegistryClient::prepare() { return session_->prepare(); }

Result<bool> RegistryClient::has_blob(const Digest& digest) {
  const Request request{.method = "HEAD", .url = session_->path("blobs/" + digest.text())};
  OAKUM_TRY(const Response response, send_with_retries(retry_, [&] { return session_->send(request, Access::pull); }));
  if (response.status == 200) return true;
  if (response.status == 404) return false;
  return bad_status(name_ + "@" + digest.text(), response);
}

Status RegistryClient::push_blob(const Digest& digest, std::uint64_t size,
                                 const std::function<Result<std::unique_ptr<ByteStream>>()>& open) {
  const std::string what = name_ + "@" + digest.text();
  OAKUM_TRY(const bool there, has_blob(digest));
  if (there) return {};
  const auto attempt = [&]() -> Result<Response> {
    const Request start{.method = "POST", .url = session_->path("blobs/uploads/")};
    OAKUM_TRY(Response started, session_->send(start, Access::push));
    const std::string location = started.headers["location"];
    if (started.status != 202 || location.empty()) return started;
    OAKUM_TRY(const auto bytes, open());
    Request upload{.method = "PUT", .url = with_digest(location, digest)};
    upload.headers = {{"Content-Type", "application/octet-stream"}};
    upload.upload = bytes.get();
    upload.upload_size = size;
    return session_->send(upload, Access::push);
  };
  OAKUM_TRY(const Response response, send_with_retries(retry_, attempt));
  if (response.status == 201) return {};
  return bad_status(what, response);
}

Status RegistryClient::push_manifest(const std::string& version, std::string_view bytes, std::string_view media_type) {
  Request request{.method = "PUT", .url = session_->path("manifests/" + version)};
  request.headers = {{"Content-Type", std::string(media_type)}};
  request.body = bytes;
  OAKUM_TRY(const Response response, send_with_retries(retry_, [&] { return session_->send(request, Access::push); }));
  if (response.status == 201 || response.status == 200) return {};
  return bad_status(name_ + ":" + version, response);
}

}  // namespace oakum::net
