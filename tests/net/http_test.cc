#include "net/http.h"

#include <thread>

#include <gtest/gtest.h>

#include "http_server.h"
#include "net/retry.h"
#include "net/transfer.h"

namespace oakum::net {
namespace {

using testing::HttpServer;
using testing::ServedRequest;
using testing::ServedResponse;

TEST(Http, FetchesBodyStatusAndHeaders) {
  HttpServer server([](const ServedRequest&) {
    return ServedResponse{
        .status = 404,
        .headers = {{"X-One", "a"}, {"x-one", "b"}, {"WWW-Authenticate", "Basic"}, {"WWW-Authenticate", "Bearer"}},
        .body = "gone"};
  });
  const auto response = fetch({.url = server.url("/x")});
  ASSERT_TRUE(response) << response.error().message();
  EXPECT_EQ(response->status, 404);
  EXPECT_EQ(response->body, "gone");
  EXPECT_EQ(response->headers.at("x-one"), "b");
  EXPECT_EQ(response->headers.at("www-authenticate"), "Basic, Bearer");
}

TEST(Http, RefusesABodyBeyondTheLimit) {
  HttpServer server([](const ServedRequest&) { return ServedResponse{.body = std::string(100'000, 'x')}; });
  const auto response = fetch({.url = server.url("/"), .max_body = 99'999});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::limit);
  EXPECT_TRUE(fetch({.url = server.url("/"), .max_body = 100'000}));
}

TEST(Http, StreamsMoreThanItBuffersToASlowReader) {
  std::string body;
  for (int i = 0; body.size() < (8U << 20); ++i) body += std::to_string(i) + ",";
  HttpServer server([&](const ServedRequest&) { return ServedResponse{.body = body}; });
  auto streamed = fetch_stream({.url = server.url("/"), .idle_timeout = std::chrono::milliseconds(50)});
  ASSERT_TRUE(streamed && streamed->body);
  std::string got;
  std::vector<char> chunk(300'000);
  for (;;) {
    // Slower than the idle timeout: only the peer's silence counts.
    if (got.size() < 1'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(80));
    const auto n = streamed->body->read(chunk);
    ASSERT_TRUE(n) << n.error().message();
    if (*n == 0) break;
    got.append(chunk.data(), *n);
  }
  EXPECT_TRUE(got == body);
  EXPECT_EQ(*streamed->body->read(chunk), 0U);
}

TEST(Http, StreamGivesTheErrorTextOfOtherStatuses) {
  HttpServer server([](const ServedRequest&) { return ServedResponse{.status = 500, .body = "broken"}; });
  const auto streamed = fetch_stream({.url = server.url("/")});
  ASSERT_TRUE(streamed);
  EXPECT_EQ(streamed->body, nullptr);
  EXPECT_EQ(streamed->response.body, "broken");
}

TEST(Http, StreamReportsAConnectionThatBreaks) {
  HttpServer server(
      [](const ServedRequest&) { return ServedResponse{.body = std::string(1000, 'x'), .break_after = 400}; });
  auto streamed = fetch_stream({.url = server.url("/")});
  ASSERT_TRUE(streamed && streamed->body);
  const auto all = read_all(*streamed->body, 10'000, "x");
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().code, ErrorCode::network);
}

TEST(Http, DoesNotTakeCredentialsToAnotherHost) {
  HttpServer other([](const ServedRequest&) { return ServedResponse{.body = "there"}; });
  HttpServer server(
      [&](const ServedRequest&) { return ServedResponse{.status = 307, .headers = {{"Location", other.url("/b")}}}; });
  const auto response = fetch({.url = server.url("/a"), .headers = {{"Authorization", "Bearer secret"}}});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "there");
  EXPECT_EQ(response->url, other.url("/b"));
  ASSERT_EQ(other.requests().size(), 1U);
  EXPECT_FALSE(other.requests()[0].headers.contains("authorization"));
  EXPECT_EQ(server.requests()[0].headers.at("authorization"), "Bearer secret");
}

TEST(Http, RefusesOtherProtocolsAlsoOnRedirects) {
  HttpServer server([](const ServedRequest&) {
    return ServedResponse{.status = 302, .headers = {{"Location", "file:///etc/passwd"}}};
  });
  EXPECT_FALSE(fetch({.url = server.url("/")}));
  EXPECT_FALSE(fetch({.url = "file:///etc/passwd"}));
}

TEST(Http, LeavesOutHeadersThatWouldInjectOthers) {
  HttpServer server([](const ServedRequest&) { return ServedResponse{}; });
  ASSERT_TRUE(fetch({.url = server.url("/"), .headers = {{"A", "x\r\nB: y"}, {"C", "z"}}}));
  EXPECT_FALSE(server.requests()[0].headers.contains("b"));
  EXPECT_EQ(server.requests()[0].headers.at("c"), "z");
}

TEST(Http, UploadsAStream) {
  HttpServer server([](const ServedRequest&) { return ServedResponse{.status = 201}; });
  const std::string bytes(300'000, 'u');
  MemoryStream stream(bytes);
  const auto response =
      fetch({.method = "PUT", .url = server.url("/"), .upload = &stream, .upload_size = bytes.size()});
  ASSERT_TRUE(response) << response.error().message();
  EXPECT_EQ(response->status, 201);
  EXPECT_TRUE(server.requests()[0].body == bytes);
  EXPECT_EQ(server.requests()[0].method, "PUT");
}

TEST(Http, NamesWhatItCouldNotReach) {
  std::string url;
  {
    url = HttpServer([](const ServedRequest&) { return ServedResponse{}; }).url("/x");
  }
  const auto response = fetch({.url = url});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, ErrorCode::network);
  EXPECT_EQ(response.error().message(), url + ": connection refused");
  EXPECT_EQ(fetch({.url = "http://engine/x", .unix_socket = "/nonexistent.sock"}).error().what, "/nonexistent.sock");
}

TEST(Http, ManyThreadsFetchAtOnce) {
  HttpServer server([](const ServedRequest& request) { return ServedResponse{.body = request.target}; });
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        const auto response = fetch({.url = server.url("/" + std::to_string(i * 100 + k))});
        if (response && response->body == "/" + std::to_string(i * 100 + k)) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 80);
}

TEST(Http, KnowsLoopback) {
  for (const char* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.9.8.7", "::1"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"127.0.0.1.example.com", "localhost.example.com", "128.0.0.1", "127.1", "::2", ""}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
  EXPECT_EQ(host_of("https://user:p@h.example:5000/a?b=@c"), "h.example");
  EXPECT_EQ(host_of("http://[::1]:5000/"), "::1");
}

RetryPolicy recording(std::vector<std::chrono::milliseconds>& delays) {
  RetryPolicy policy;
  policy.sleep = [&](std::chrono::milliseconds delay) { delays.push_back(delay); };
  return policy;
}

TEST(Retry, BacksOffUntilItSucceeds) {
  std::atomic<int> count = 0;
  HttpServer server([&](const ServedRequest&) { return ServedResponse{.status = ++count < 3 ? 503 : 200}; });
  std::vector<std::chrono::milliseconds> delays;
  EXPECT_EQ(fetch_with_retries({.url = server.url("/")}, recording(delays))->status, 200);
  ASSERT_EQ(delays.size(), 2U);
  EXPECT_GE(delays[0].count(), 125);
  EXPECT_LE(delays[0].count(), 250);
  EXPECT_GE(delays[1].count(), 250);
  EXPECT_LE(delays[1].count(), 500);
}

TEST(Retry, HonoursRetryAfterButDoesNotWaitForEver) {
  std::atomic<int> count = 0;
  HttpServer server([&](const ServedRequest& request) {
    if (request.target == "/long") return ServedResponse{.status = 429, .headers = {{"Retry-After", "86400"}}};
    return ServedResponse{.status = ++count == 1 ? 429 : 200, .headers = {{"Retry-After", "7"}}};
  });
  std::vector<std::chrono::milliseconds> delays;
  EXPECT_EQ(fetch_with_retries({.url = server.url("/")}, recording(delays))->status, 200);
  EXPECT_EQ(delays, std::vector{std::chrono::milliseconds(7000)});
  delays.clear();
  EXPECT_EQ(fetch_with_retries({.url = server.url("/long")}, recording(delays))->status, 429);
  EXPECT_TRUE(delays.empty());
}

TEST(Retry, LeavesFinalAnswersAlone) {
  HttpServer server([](const ServedRequest&) { return ServedResponse{.status = 404}; });
  std::vector<std::chrono::milliseconds> delays;
  EXPECT_EQ(fetch_with_retries({.url = server.url("/")}, recording(delays))->status, 404);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace oakum::net
