#include "net/registry_client.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/text.h"
#include "http_server.h"

namespace oakum::net {
namespace {

using testing::HttpServer;
using testing::ServedRequest;
using testing::ServedResponse;

RegistryOptions quick_options() {
  RegistryOptions options;
  options.credential_files.clear();
  options.retry.sleep = [](std::chrono::milliseconds) {};
  return options;
}

RegistryClient client_for(const HttpServer& server, RegistryOptions options = quick_options()) {
  return {*parse_reference(server.authority() + "/team/app"), std::move(options)};
}

// A plain registry of fixed answers by path; /v2/ is there.
HttpServer::Handler fixed(std::map<std::string, ServedResponse> answers) {
  answers["/v2/"] = {};
  return [answers](const ServedRequest& request) {
    const auto found = answers.find(request.target);
    return found == answers.end() ? ServedResponse{.status = 404} : found->second;
  };
}

TEST(RegistryClient, VerifiesManifestsAgainstWhatWasAskedAndWhatWasSaid) {
  const Digest right = Digest::sha256_of("{}");
  const std::string wrong = "sha256:" + std::string(64, '0');
  HttpServer server(fixed(
      {{"/v2/team/app/manifests/a", {.headers = {{"Docker-Content-Digest", right.text()}}, .body = "{}"}},
       {"/v2/team/app/manifests/b", {.headers = {{"Docker-Content-Digest", wrong}}, .body = "{}"}},
       {"/v2/team/app/manifests/" + right.text(), {.body = "{}"}},
       {"/v2/team/app/manifests/" + wrong, {.headers = {{"Docker-Content-Digest", right.text()}}, .body = "{}"}}}));
  auto client = client_for(server);
  EXPECT_EQ(client.manifest("a")->digest, right);
  EXPECT_EQ(client.manifest(right.text())->digest, right);
  EXPECT_EQ(client.manifest("b").error().code, ErrorCode::integrity);
  EXPECT_EQ(client.manifest(wrong).error().code, ErrorCode::integrity);
  EXPECT_EQ(client.manifest("c").error().code, ErrorCode::not_found);
}

TEST(RegistryClient, ResumesABlobThatBreaksOff) {
  std::string body;
  for (int i = 0; body.size() < 500'000; ++i) body += std::to_string(i);
  for (const bool ranges : {true, false}) {
    std::atomic<int> count = 0;
    HttpServer server([&](const ServedRequest& request) {
      if (request.target == "/v2/") return ServedResponse{};
      ServedResponse response{.body = body};
      std::size_t from = 0;
      if (const auto range = request.headers.find("range"); ranges && range != request.headers.end()) {
        from = *parse_number<std::size_t>(range->second.substr(6, range->second.size() - 7));
        response = {.status = 206,
                    .headers = {{"Content-Range", "bytes " + std::to_string(from) + "-499999/500000"}},
                    .body = body.substr(from)};
      }
      if (++count < 4) response.break_after = ranges ? 100'000 : 100'000U * static_cast<unsigned>(count);
      return response;
    });
    auto client = client_for(server);
    auto stream = client.open_blob({Digest::sha256_of(body), body.size(), {}});
    ASSERT_TRUE(stream);
    const auto got = read_all(**stream, 1 << 20, "blob");
    ASSERT_TRUE(got) << got.error().message();
    EXPECT_TRUE(*got == body);
    EXPECT_EQ(count, 4);
  }
}

TEST(RegistryClient, GivesUpOnABlobThatNeverComes) {
  HttpServer server([](const ServedRequest& request) {
    if (request.target == "/v2/") return ServedResponse{};
    return ServedResponse{.status = request.headers.contains("range") ? 206 : 200,
                          .headers = {{"Content-Range", "bytes 10-99/100"}},
                          .body = std::string(100, 'x'),
                          .break_after = request.headers.contains("range") ? 0U : 10U};
  });
  auto client = client_for(server);
  auto stream = client.open_blob({Digest::sha256_of("x"), 100, {}});
  ASSERT_TRUE(stream);
  EXPECT_FALSE(read_all(**stream, 1 << 20, "blob"));
}

TEST(RegistryClient, SaysHowMuchThereIsOfABlobThatIsTooShort) {
  HttpServer server([](const ServedRequest& request) {
    if (request.target == "/v2/") return ServedResponse{};
    if (request.headers.contains("range")) return ServedResponse{.status = 416};
    return ServedResponse{.body = std::string(90, 'x')};
  });
  auto client = client_for(server);
  auto stream = client.open_blob({Digest::sha256_of("x"), 100, {}});
  ASSERT_TRUE(stream);
  const auto got = read_all(**stream, 1 << 20, "blob");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::integrity);
  EXPECT_EQ(got.error().why, "ends after 90 of the 100 bytes that its manifest states");
}

// What is looked up before a process confines itself need not be readable after it.
TEST(RegistryClient, PreparesWhatALaterLoginTakes) {
  auto directory = TemporaryDirectory::create("oakum-test");
  ASSERT_TRUE(directory);
  const std::string file = directory->path() + "/config.json";
  HttpServer server([](const ServedRequest& request) {
    if (request.target == "/v2/" || request.headers.contains("authorization")) return ServedResponse{.body = "x"};
    return ServedResponse{.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"r\""}}};
  });
  ASSERT_TRUE(write_file_atomically(file, R"({"auths":{")" + server.authority() + R"(":{"auth":"YTpi"}}})"));
  RegistryOptions options = quick_options();
  options.credential_files = {file};
  auto client = client_for(server, options);
  const auto reads = client.prepare();
  EXPECT_NE(std::ranges::find(reads, "/etc/resolv.conf"), reads.end());
  EXPECT_EQ(std::ranges::find(reads, file), reads.end());
  ASSERT_EQ(::unlink(file.c_str()), 0);
  EXPECT_TRUE(client.blob_bytes({Digest::sha256_of("x"), 1, {}}, 10));
}

TEST(RegistryClient, WaitsForARegistryThatIsNotThereOnceAndNotAgainAtEachStep) {
  std::string nobody;
  {
    const HttpServer server([](const ServedRequest&) { return ServedResponse{}; });
    nobody = server.authority();
  }
  RegistryOptions options = quick_options();
  int waits = 0;
  options.retry.sleep = [&](std::chrono::milliseconds) { ++waits; };
  RegistryClient client(*parse_reference(nobody + "/team/app"), options);
  const auto manifest = client.manifest("1.0");
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, ErrorCode::network);
  EXPECT_EQ(waits, options.retry.attempts - 1);
}

TEST(RegistryClient, RefusesBlobsOfAnotherSizeOrDigest) {
  const Digest digest = Digest::sha256_of("0123456789");
  HttpServer server(fixed({{"/v2/team/app/blobs/" + digest.text(), {.body = "0123456789"}}}));
  auto client = client_for(server);
  EXPECT_EQ(*client.blob_bytes({digest, 10, {}}, 100), "0123456789");
  EXPECT_EQ(client.blob_bytes({digest, 9, {}}, 100).error().code, ErrorCode::integrity);
  EXPECT_FALSE(client.blob_bytes({digest, 11, {}}, 100));
  EXPECT_EQ(client.blob_bytes({digest, 0, {}}, 5).error().code, ErrorCode::limit);
  HttpServer liar(fixed({{"/v2/team/app/blobs/" + digest.text(), {.body = "9876543210"}}}));
  EXPECT_EQ(client_for(liar).blob_bytes({digest, 10, {}}, 100).error().code, ErrorCode::integrity);
}

// A registry with its token server, as distribution has it.
struct TokenRegistry {
  std::string wanted_authorization;  // of the token request; "" is anonymous
  int tokens = 0;
  int expire_after = 1000;  // uses of a token
  int used = 0;
  HttpServer* server = nullptr;

  ServedResponse answer(const ServedRequest& request) {
    const auto given = request.headers.find("authorization");
    const std::string authorization = given == request.headers.end() ? "" : given->second;
    if (request.target.starts_with("/token")) {
      if (authorization != wanted_authorization) return {.status = 401};
      return {.body = R"({"token":"t)" + std::to_string(++tokens) + "\"}"};
    }
    const bool known = tokens > 0 && authorization == "Bearer t" + std::to_string(tokens);
    const bool expired = known && ++used > expire_after;
    if (expired) expire_after = 1000;
    if (!known || expired) {
      return {
          .status = 401,
          .headers = {{"WWW-Authenticate", "Bearer realm=\"" + server->url("/token") + "\",service=\"the service\""}}};
    }
    return {.body = "{}"};
  }
};

TEST(RegistryClient, GetsTokensWithTheRightScopeAndCredentials) {
  TokenRegistry registry{.wanted_authorization = "Basic " + base64_encode("u:p")};
  HttpServer server([&](const ServedRequest& request) { return registry.answer(request); });
  registry.server = &server;
  auto options = quick_options();
  options.username = "u";
  options.password = "p";
  auto client = client_for(server, options);
  ASSERT_TRUE(client.manifest("a"));
  ASSERT_TRUE(client.manifest("b"));
  EXPECT_EQ(registry.tokens, 1);
  const auto requests = server.requests();
  ASSERT_GE(requests.size(), 2U);
  EXPECT_EQ(requests[1].target, "/token?service=the%20service&scope=repository%3ateam%2fapp%3apull");
  auto wrong = quick_options();
  EXPECT_EQ(client_for(server, wrong).manifest("a").error().code, ErrorCode::auth);
}

TEST(RegistryClient, GetsANewTokenWhenTheOldOneExpired) {
  TokenRegistry registry{.expire_after = 2};
  HttpServer server([&](const ServedRequest& request) { return registry.answer(request); });
  registry.server = &server;
  auto client = client_for(server);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(client.manifest("a")) << i;
  EXPECT_EQ(registry.tokens, 2);
}

TEST(RegistryClient, DoesNotSendCredentialsToATokenServerInClear) {
  HttpServer server([](const ServedRequest&) {
    return ServedResponse{.status = 401, .headers = {{"WWW-Authenticate", "Bearer realm=\"http://tokens.example/t\""}}};
  });
  const auto answer = client_for(server).manifest("a");
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().message().find("not reached by https"), std::string::npos);
}

TEST(RegistryClient, PushesABlobOnceAndAManifest) {
  const std::string bytes(100'000, 'b');
  const Digest digest = Digest::sha256_of(bytes);
  bool stored = false;
  HttpServer server([&](const ServedRequest& request) -> ServedResponse {
    if (request.target == "/v2/") return {};
    if (request.method == "HEAD") return {.status = stored ? 200 : 404};
    if (request.method == "POST") return {.status = 202, .headers = {{"Location", "/v2/team/app/blobs/uploads/1?s=x"}}};
    if (request.target == "/v2/team/app/blobs/uploads/1?s=x&digest=" + digest.text() && request.body == bytes)
      stored = true;
    return {.status = 201};
  });
  auto client = client_for(server);
  const auto open = [&]() -> Result<std::unique_ptr<ByteStream>> { return std::make_unique<MemoryStream>(bytes); };
  ASSERT_TRUE(client.push_blob(digest, bytes.size(), open));
  EXPECT_TRUE(stored);
  const std::size_t before = server.requests().size();
  ASSERT_TRUE(client.push_blob(digest, bytes.size(), open));
  EXPECT_EQ(server.requests().size(), before + 1);
  ASSERT_TRUE(client.push_manifest("v1", "{}", "application/vnd.oci.image.manifest.v1+json"));
  EXPECT_EQ(server.requests().back().target, "/v2/team/app/manifests/v1");
  EXPECT_EQ(server.requests().back().headers.at("content-type"), "application/vnd.oci.image.manifest.v1+json");
}

}  // namespace
}  // namespace oakum::net
