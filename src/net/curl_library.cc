// libcurl's functions that we call, each handed on to the library at its first call (base/shared_library.h).
#include <cstdarg>

#include <curl/curl.h>

#include "base/shared_library.h"

// The enumerations in front of "..." are libcurl's own signatures; clang minds that they are promoted.
#pragma GCC diagnostic ignored "-Wvarargs"

// With standard C these are macros that count their arguments.
#undef curl_easy_setopt
#undef curl_easy_getinfo

namespace {

constexpr oakum::SharedLibrary kCurl{"libcurl.so.4", "libcurl4"};

// Options and results are longs, pointers and curl_off_t: one register each on the platforms we build for.
static_assert(sizeof(long) == sizeof(void*) && sizeof(curl_off_t) == sizeof(void*));

}  // namespace

#define OAKUM_CURL(name) static const auto function = oakum::shared_function<decltype(&name)>(kCurl, #name)

extern "C" {

CURLcode curl_global_init(long flags) {
  OAKUM_CURL(curl_global_init);
  return function(flags);
}

CURL* curl_easy_init() {
  OAKUM_CURL(curl_easy_init);
  return function();
}

CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...) {
  OAKUM_CURL(curl_easy_setopt);
  std::va_list arguments;
  va_start(arguments, option);
  void* value = va_arg(arguments, void*);
  va_end(arguments);
  return function(handle, option, value);
}

CURLcode curl_easy_getinfo(CURL* handle, CURLINFO info, ...) {
  OAKUM_CURL(curl_easy_getinfo);
  std::va_list arguments;
  va_start(arguments, info);
  void* value = va_arg(arguments, void*);
  va_end(arguments);
  return function(handle, info, value);
}

CURLcode curl_easy_perform(CURL* handle) {
  OAKUM_CURL(curl_easy_perform);
  return function(handle);
}

CURLcode curl_easy_pause(CURL* handle, int bitmask) {
  OAKUM_CURL(curl_easy_pause);
  return function(handle, bitmask);
}

void curl_easy_reset(CURL* handle) {
  OAKUM_CURL(curl_easy_reset);
  function(handle);
}

void curl_easy_cleanup(CURL* handle) {
  OAKUM_CURL(curl_easy_cleanup);
  function(handle);
}

const char* curl_easy_strerror(CURLcode code) {
  OAKUM_CURL(curl_easy_strerror);
  return function(code);
}

CURLM* curl_multi_init() {
  OAKUM_CURL(curl_multi_init);
  return function();
}

CURLMcode curl_multi_add_handle(CURLM* multi, CURL* easy) {
  OAKUM_CURL(curl_multi_add_handle);
  return function(multi, easy);
}

CURLMcode curl_multi_remove_handle(CURLM* multi, CURL* easy) {
  OAKUM_CURL(curl_multi_remove_handle);
  return function(multi, easy);
}

CURLMcode curl_multi_perform(CURLM* multi, int* running) {
  OAKUM_CURL(curl_multi_perform);
  return function(multi, running);
}

CURLMcode curl_multi_poll(CURLM* multi, struct curl_waitfd* extra, unsigned int count, int timeout, int* ready) {
  OAKUM_CURL(curl_multi_poll);
  return function(multi, extra, count, timeout, ready);
}

CURLMsg* curl_multi_info_read(CURLM* multi, int* left) {
  OAKUM_CURL(curl_multi_info_read);
  return function(multi, left);
}

CURLMcode curl_multi_cleanup(CURLM* multi) {
  OAKUM_CURL(curl_multi_cleanup);
  return function(multi);
}

const char* curl_multi_strerror(CURLMcode code) {
  OAKUM_CURL(curl_multi_strerror);
  return function(code);
}

curl_slist* curl_slist_append(curl_slist* list, const char* text) {
  OAKUM_CURL(curl_slist_append);
  return function(list, text);
}

void curl_slist_free_all(curl_slist* list) {
  OAKUM_CURL(curl_slist_free_all);
  function(list);
}

time_t curl_getdate(const char* text, const time_t* unused) {
  OAKUM_CURL(curl_getdate);
  return function(text, unused);
}

}  // extern "C"
