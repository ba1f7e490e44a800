#include "net/retry.h"

#include <algorithm>
#include <ctime>
#include <random>
#include <thread>

#include <curl/curl.h>

#include "base/text.h"

namespace oakum::net {

namespace {

using std::chrono::milliseconds;

std::optional<milliseconds> retry_after(const Response& response) {
  const auto header = response.headers.find("retry-after");
  if (header == response.headers.end()) return std::nullopt;
  if (const auto seconds = parse_number<std::uint32_t>(header->second)) return std::chrono::seconds(*seconds);
  const std::time_t date = curl_getdate(header->second.c_str(), nullptr);
  if (date < 0) return std::nullopt;
  return std::chrono::seconds(std::max<std::time_t>(0, date - std::time(nullptr)));
}

const Response& answer(const Response& response) { return response; }
const Response& answer(const StreamedResponse& streamed) { return streamed.response; }

template <class Answer>
Result<Answer> repeat(const RetryPolicy& policy, const std::function<Result<Answer>()>& exchange) {
  for (int attempt = 1;; ++attempt) {
    Result<Answer> result = exchange();
    const bool transient = result ? is_transient(answer(*result).status) : is_transient(result.error());
    if (!transient || attempt >= policy.attempts) return result;
    const auto delay = retry_delay(policy, attempt, result ? &answer(*result) : nullptr);
    if (!delay) return result;
    wait_for_retry(policy, *delay);
  }
}

}  // namespace

bool is_transient(int status) { return status == 408 || status == 429 || (status >= 500 && status != 501); }

bool is_transient(const Error& error) { return error.code == ErrorCode::network; }

std::optional<milliseconds> retry_delay(const RetryPolicy& policy, int attempt, const Response* response) {
  if (const auto asked = response != nullptr ? retry_after(*response) : std::nullopt) {
    if (*asked > policy.longest_delay) return std::nullopt;
    return asked;
  }
  milliseconds delay = policy.first_delay;
  for (int i = 1; i < attempt && delay < policy.longest_delay; ++i) delay *= 2;
  delay = std::min(delay, policy.longest_delay);
  // Half of it at random, so that many clients that failed together do not come back together.
  std::random_device random;
  std::uniform_int_distribution<milliseconds::rep> jitter(0, delay.count() / 2);
  return delay - milliseconds(jitter(random));
}

void wait_for_retry(const RetryPolicy& policy, milliseconds delay) {
  if (policy.sleep)
    policy.sleep(delay);
  else
    std::this_thread::sleep_for(delay);
}

Result<Response> fetch_with_retries(const Request& request, const RetryPolicy& policy) {
  return repeat<Response>(policy, [&] { return fetch(request); });
}

Result<StreamedResponse> fetch_stream_with_retries(const Request& request, const RetryPolicy& policy) {
  return repeat<StreamedResponse>(policy, [&] { return fetch_stream(request); });
}

}  // namespace oakum::net
