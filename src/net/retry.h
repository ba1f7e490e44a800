// Trying again what may succeed later: answers 429 and 5xx, and connections that broke. For requests that may safely be
// sent twice.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "net/http.h"

namespace oakum::net {

struct RetryPolicy {
  int attempts = 4;                                      // in all
  std::chrono::milliseconds first_delay{250};            // doubled for each further one, then halved at most by jitter
  std::chrono::milliseconds longest_delay{60'000};       // a server that asks for more is not waited for
  std::function<void(std::chrono::milliseconds)> sleep;  // empty: the thread sleeps; tests put their own
};

bool is_transient(int status);
bool is_transient(const Error& error);

// How long to wait before attempt `attempt` + 1 (attempts count from 1). Retry-After (RFC 9110 section 10.2.3: seconds
// or a date) is honoured where `response` has it; nullopt when it asks for more than the policy waits.
std::optional<std::chrono::milliseconds> retry_delay(const RetryPolicy& policy, int attempt, const Response* response);

void wait_for_retry(const RetryPolicy& policy, std::chrono::milliseconds delay);

Result<Response> fetch_with_retries(const Request& request, const RetryPolicy& policy);
Result<StreamedResponse> fetch_stream_with_retries(const Request& request, const RetryPolicy& policy);

}  // namespace oakum::net
