// One exchange on a libcurl easy handle: what http.cc's fetch() and fetch_stream() have in common.
#pragma once

#include <array>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "base/error.h"
#include "net/http.h"

namespace oakum::net {

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyDeleter>;

// Initialises libcurl on the first call of the process; null when that failed or memory is short.
EasyHandle make_easy_handle();

// Sets the handle up for `request` and keeps what came with the answer. Stays where it is: the handle points into it.
// `request` must outlive it.
class Transfer {
 public:
  Transfer(CURL* easy, const Request& request);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  // `sink` is called as CURLOPT_WRITEFUNCTION with `user`.
  void configure(std::size_t (*sink)(char*, std::size_t, std::size_t, void*), void* user);

  // The answer so far; complete (but for the body) once the sink was called or the transfer ended.
  Response response() const;
  Error error(CURLcode code) const;

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  static std::size_t on_upload(char* out, std::size_t size, std::size_t count, void* self);
  void add_header_line(std::string_view line);
  void set_method();
  void set_tls();
  void set_proxy();
  void set_headers();

  CURL* easy_;
  const Request& request_;
  curl_slist* header_list_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::map<std::string, std::string> headers_;
  std::size_t header_bytes_ = 0;
  std::string upload_error_;
};

// "host" of "scheme://user@host:port/path", brackets of an IPv6 address dropped.
std::string host_of(std::string_view url);

// True for localhost, 127.0.0.0/8 and ::1.
bool is_loopback(std::string_view host);

}  // namespace oakum::net
