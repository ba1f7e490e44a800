#include "net/transfer.h"

#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "net/system_files.h"

namespace oakum::net {

namespace {

constexpr std::size_t kHeaderLimit = 256 * 1024;
constexpr long kMaxRedirects = 10;

bool initialise_once() {
  // A function's static is initialised once, whichever thread comes first; curl_global_init is thread-safe neither.
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK;
}

bool is_read(const std::string& method) { return method == "GET" || method == "HEAD"; }

ErrorCode code_for(CURLcode code, int system_error) {
  switch (static_cast<int>(code)) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return ErrorCode::auth;
    case CURLE_SSL_CONNECT_ERROR:
      return ErrorCode::unsupported;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return ErrorCode::not_found;  // a resolver has retried already
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return ErrorCode::usage;
    case CURLE_COULDNT_CONNECT:
      return system_error == EACCES || system_error == EPERM ? ErrorCode::permission : ErrorCode::network;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT:
      return ErrorCode::internal;
  }
  return ErrorCode::network;
}

std::string_view way_out(ErrorCode code) {
  if (code == ErrorCode::auth) return "add its CA to the system's or name it with SSL_CERT_FILE";
  if (code == ErrorCode::permission) return "run as a user that may use the socket";
  return {};
}

// OpenSSL's texts repeat themselves over lines and brackets; one short line is enough.
std::string reason(CURLcode code, const char* text, int system_error) {
  if (system_error != 0 && code == CURLE_COULDNT_CONNECT) return to_lower(std::strerror(system_error));
  std::string why = text[0] != '\0' ? text : curl_easy_strerror(code);
  if (!why.empty()) why[0] = to_lower(why.substr(0, 1))[0];
  while (!why.empty() && (why.back() == '.' || why.back() == '\n')) why.pop_back();
  return printable(why, 300);
}

const char* first_set(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = std::getenv(name);
    if (value != nullptr && value[0] != '\0') return value;
  }
  return nullptr;
}

}  // namespace

std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const auto user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
  if (url.starts_with('[')) return std::string(url.substr(1, url.find(']') - 1));
  return std::string(url.substr(0, url.find(':')));
}

bool is_loopback(std::string_view host) {
  if (equals_ignoring_case(host, "localhost") || host == "::1") return true;
  const auto octets = split(host, '.');
  if (octets.size() != 4 || octets[0] != "127") return false;
  for (const auto octet : octets) {
    if (!parse_number<std::uint8_t>(octet)) return false;
  }
  return true;
}

EasyHandle make_easy_handle() { return EasyHandle(initialise_once() ? curl_easy_init() : nullptr); }

Transfer::Transfer(CURL* easy, const Request& request) : easy_(easy), request_(request) {}

Transfer::~Transfer() { curl_slist_free_all(header_list_); }

void Transfer::configure(std::size_t (*sink)(char*, std::size_t, std::size_t, void*), void* user) {
  curl_easy_reset(easy_);
  curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy_, CURLOPT_REDIR_PROTOCOLS_STR, request_.url.starts_with("https:") ? "https" : "http,https");
  curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, request_.follow_redirects && is_read(request_.method) ? 1L : 0L);
  curl_easy_setopt(easy_, CURLOPT_MAXREDIRS, kMaxRedirects);
  // One body per connection: HTTP/2 would add flow control and copies, and gain nothing.
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy_, CURLOPT_BUFFERSIZE, 256L * 1024);
  curl_easy_setopt(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy_, CURLOPT_USERAGENT, "oakum");
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_text_.data());
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, sink);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, user);
  if (!request_.unix_socket.empty()) {
    curl_easy_setopt(easy_, CURLOPT_UNIX_SOCKET_PATH, request_.unix_socket.c_str());
  }
  if (request_.stop != nullptr) {
    curl_easy_setopt(easy_, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy_, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    curl_easy_setopt(easy_, CURLOPT_XFERINFODATA, this);
  }
  set_method();
  set_tls();
  set_proxy();
  set_headers();
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return *static_cast<Transfer*>(self)->request_.stop ? 1 : 0;
}

void Transfer::set_method() {
  if (request_.method == "HEAD") {
    curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    return;
  }
  if (request_.method == "GET") return;
  if (request_.upload != nullptr) {
    curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &Transfer::on_upload);
    curl_easy_setopt(easy_, CURLOPT_READDATA, this);
    curl_easy_setopt(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.upload_size));
  } else {
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request_.body.data());
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  }
  curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Transfer::set_tls() {
  const TlsOptions& tls = request_.tls;
  curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
  const char* bundle = chosen_ca_bundle();
  if (!tls.ca_file.empty())
    curl_easy_setopt(easy_, CURLOPT_CAINFO, tls.ca_file.c_str());
  else if (bundle != nullptr)
    curl_easy_setopt(easy_, CURLOPT_CAINFO, bundle);
  if (!tls.certificate_file.empty()) curl_easy_setopt(easy_, CURLOPT_SSLCERT, tls.certificate_file.c_str());
  if (!tls.key_file.empty()) curl_easy_setopt(easy_, CURLOPT_SSLKEY, tls.key_file.c_str());
}

void Transfer::set_proxy() {
  // No proxy can reach this machine's own loopback or sockets; Docker and Go leave them out too.
  if (!request_.unix_socket.empty() || is_loopback(host_of(request_.url))) {
    curl_easy_setopt(easy_, CURLOPT_PROXY, "");
    return;
  }
  // libcurl reads all of the environment's proxies but the upper-case HTTP_PROXY, which a CGI client could set.
  const char* proxy = first_set({"http_proxy", "HTTP_PROXY"});
  if (proxy != nullptr && request_.url.starts_with("http:") && std::getenv("REQUEST_METHOD") == nullptr) {
    curl_easy_setopt(easy_, CURLOPT_PROXY, proxy);
  }
}

void Transfer::set_headers() {
  header_list_ = curl_slist_append(header_list_, "Expect:");
  for (const auto& [name, value] : request_.headers) {
    const std::string line = name + ": " + value;
    if (line.find_first_of("\r\n") == std::string::npos) header_list_ = curl_slist_append(header_list_, line.c_str());
  }
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, header_list_);
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto* transfer = static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer->header_bytes_ += bytes;
  if (transfer->header_bytes_ > kHeaderLimit) return 0;
  transfer->add_header_line(std::string_view(data, bytes));
  return bytes;
}

void Transfer::add_header_line(std::string_view line) {
  if (line.starts_with("HTTP/")) {  // a redirect's answer is followed by another
    headers_.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::string name = to_lower(trim(line.substr(0, colon)));
  const std::string value(trim(line.substr(colon + 1)));
  std::string& stored = headers_[name];
  if (name == "www-authenticate" && !stored.empty())
    stored += ", " + value;
  else
    stored = value;
}

std::size_t Transfer::on_upload(char* out, std::size_t size, std::size_t count, void* self) {
  auto* transfer = static_cast<Transfer*>(self);
  auto n = transfer->request_.upload->read(std::span(out, size * count));
  if (n) return *n;
  transfer->upload_error_ = n.error().message();
  return CURL_READFUNC_ABORT;
}

Response Transfer::response() const {
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  const char* url = nullptr;
  curl_easy_getinfo(easy_, CURLINFO_EFFECTIVE_URL, &url);
  return Response{
      .status = static_cast<int>(status), .headers = headers_, .body = {}, .url = url != nullptr ? url : ""};
}

Error Transfer::error(CURLcode code) const {
  long system_error = 0;
  curl_easy_getinfo(easy_, CURLINFO_OS_ERRNO, &system_error);
  const ErrorCode kind = code_for(code, static_cast<int>(system_error));
  std::string why = code == CURLE_ABORTED_BY_CALLBACK && upload_error_.empty() ? "interrupted" : upload_error_;
  if (why.empty() && header_bytes_ > kHeaderLimit) why = "headers larger than the limit of 262144 bytes";
  if (why.empty()) why = reason(code, error_text_.data(), static_cast<int>(system_error));
  const std::string what =
      request_.unix_socket.empty() ? request_.url.substr(0, request_.url.find('?')) : request_.unix_socket;
  return Error{kind, printable(what, 300), std::move(why), std::string(way_out(kind))};
}

}  // namespace oakum::net
