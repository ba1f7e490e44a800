#include "advisories/update.h"

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/script_feeds.h"
#include "base/digest.h"
#include "net/http_server.h"

namespace oakum::advisories {
namespace {

using net::testing::HttpServer;
using net::testing::ServedRequest;
using net::testing::ServedResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kBody = std::string(300'000, 'x') + "end";

// A server of one file that knows ETags and ranges, and breaks off as often as it is told.
struct Upstream {
  std::string body = kBody;
  std::string etag = "\"one\"";
  std::atomic<int> breaks = 0;
  std::atomic<int> status = 0;  // not 0: answered to all
  std::map<std::string, std::string> others;

  ServedResponse operator()(const ServedRequest& request) {
    if (const auto other = others.find(request.target); other != others.end()) return {.body = other->second};
    if (status != 0) return {.status = status, .body = "no"};
    const auto asked = [&](const char* name) {
      const auto found = request.headers.find(name);
      return found == request.headers.end() ? std::string() : found->second;
    };
    if (!etag.empty() && asked("if-none-match") == etag) return {.status = 304, .body = ""};
    ServedResponse response{.status = 200, .headers = {{"ETag", etag}}, .body = body};
    if (const std::string range = asked("range"); !range.empty() && asked("if-range") == etag) {
      const auto from = parse_number<std::size_t>(std::string_view(range).substr(6, range.size() - 7)).value_or(0);
      if (from >= body.size()) return {.status = 416};
      response.status = 206;
      response.headers.emplace_back(
          "Content-Range",
          "bytes " + std::to_string(from) + "-" + std::to_string(body.size() - 1) + "/" + std::to_string(body.size()));
      response.body = body.substr(from);
    }
    if (breaks > 0) {
      --breaks;
      response.break_after = 100'000;
    }
    return response;
  }
};

struct Fixture {
  TemporaryDirectory directory = TemporaryDirectory::create("oakum-update").value();
  Upstream upstream;
  HttpServer server{[this](const ServedRequest& request) { return upstream(request); }};
  DownloadOptions options{.folder = directory.path() + "/mirror", .retry = {.attempts = 2, .sleep = [](auto) {}}};
  Download what{server.url("/feed.json"), "debian/feed.json"};

  std::string content() { return read_file(options.folder + "/debian/feed.json", 1U << 24).value_or("(none)"); }
  std::string header(std::size_t request, const char* name) { return server.requests().at(request).headers[name]; }
};

TEST(Download, FetchesOnceAndThenAsksWhetherItChanged) {
  Fixture f;
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.content(), kBody);
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::unchanged);
  EXPECT_EQ(f.header(1, "if-none-match"), "\"one\"");
  f.upstream.body = "new";
  f.upstream.etag = "\"two\"";
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.content(), "new");
}

TEST(Download, FetchesAgainWhatWasDeleted) {
  Fixture f;
  ASSERT_TRUE(download(f.what, f.options));
  ::unlink((f.options.folder + "/debian/feed.json").c_str());
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
}

TEST(Download, ResumesWhereItBrokeOff) {
  Fixture f;
  f.upstream.breaks = 1;
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.content(), kBody);
  EXPECT_EQ(f.header(1, "range"), "bytes=100000-");
  EXPECT_EQ(f.header(1, "if-range"), "\"one\"");
}

TEST(Download, ResumesInALaterRun) {
  Fixture f;
  f.upstream.breaks = 2;
  const auto broken = download(f.what, f.options);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::network);
  EXPECT_EQ(f.content(), "(none)") << "a part must not be taken for the file";
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.content(), kBody);
}

TEST(Download, StartsAnewWhenTheFileChangedMeanwhile) {
  Fixture f;
  f.upstream.breaks = 2;
  ASSERT_FALSE(download(f.what, f.options));
  f.upstream.body = std::string(200'000, 'y');
  f.upstream.etag = "\"two\"";
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.content(), f.upstream.body);
}

TEST(Download, KeepsTheOldFileWhenTheServerFails) {
  Fixture f;
  ASSERT_TRUE(download(f.what, f.options));
  f.upstream.status = 500;
  const auto failed = download(f.what, f.options);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message(), HasSubstr("500"));
  EXPECT_EQ(f.content(), kBody);
}

TEST(Download, RefusesWhatIsTooLargeOrOutsideTheMirror) {
  Fixture f;
  f.options.max_bytes = 1000;
  const auto large = download(f.what, f.options);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, ErrorCode::limit);
  EXPECT_FALSE(download({f.what.url, "../x"}, f.options));
  EXPECT_FALSE(download({f.what.url, "a//x"}, f.options));
}

TEST(Download, HoldsAFileToItsChecksum) {
  Fixture f;
  f.what.checksum = ".sha256";
  f.upstream.others["/feed.json.sha256"] = std::string(64, '0') + "  feed.json\n";
  const auto wrong = download(f.what, f.options);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::integrity);
  EXPECT_EQ(f.content(), "(none)");
  f.upstream.others["/feed.json.sha256"] = std::string(Digest::sha256_of(kBody).hex()) + "  feed.json\n";
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
}

TEST(Download, TakesTheFileFromTheMirrorByItsPath) {
  Fixture f;
  f.what.url = "http://upstream.invalid/x";
  f.options.mirror_url = f.server.url("/base");
  EXPECT_EQ(download(f.what, f.options).value(), Fetched::updated);
  EXPECT_EQ(f.server.requests().at(0).target, "/base/debian/feed.json");
}

std::string& served_base() {
  static std::string base;
  return base;
}

template <testing::Name name>
Feed downloaded_feed() {
  Feed feed = testing::script_feed<name>();
  feed.downloads = [] {
    static std::vector<Download> list;
    list = {{served_base() + "/" + std::string(name.view()), std::string(name.view()) + "/x"}};
    return std::span<const Download>(list);
  };
  return feed;
}

TEST(Update, BuildsFromWhatItHasWhenOneFeedFails) {
  testing::Mirror mirror;
  ASSERT_TRUE(make_directories(mirror.root()));
  std::atomic<bool> broken = true;
  HttpServer server([&](const ServedRequest& request) -> ServedResponse {
    if (request.target == "/alpine" && broken) return {.status = 404, .body = "gone"};
    return {.status = 200, .headers = {{"ETag", "\"a\""}}, .body = "data"};
  });
  served_base() = server.url("");
  testing::scripts()["debian/x"] = [](FeedSink& sink) {
    sink.claim(testing::claim("debian:12", "a", "CVE-2024-1111", "2-1"));
  };
  testing::scripts()["alpine/x"] = [](FeedSink& sink) {
    sink.claim(testing::claim("alpine:3.20", "a", "CVE-2024-2222", "2"));
  };
  const std::vector<Feed> feeds = {downloaded_feed<"alpine">(), downloaded_feed<"debian">()};
  UpdateOptions options;
  options.retry = {.attempts = 1};

  const auto first = update_database_of(feeds, mirror.root(), mirror.output(), options);
  ASSERT_TRUE(first) << first.error().message();
  ASSERT_EQ(first->files.size(), 2U);
  EXPECT_THAT(first->files[0].error->message(), HasSubstr("feed alpine"));
  EXPECT_EQ(first->files[1].fetched, Fetched::updated);
  ASSERT_TRUE(first->build);
  EXPECT_THAT(Database::open(mirror.output())->ecosystems(), ElementsAre("debian:12"));

  broken = false;
  ASSERT_TRUE(update_database_of(feeds, mirror.root(), mirror.output(), options)->build);
  EXPECT_THAT(Database::open(mirror.output())->ecosystems(), ElementsAre("alpine:3.20", "debian:12"));
  EXPECT_EQ(server.requests().size(), 4U);
}

TEST(Update, BuildsNothingWhenNothingChanged) {
  testing::Mirror mirror;
  ASSERT_TRUE(make_directories(mirror.root()));
  HttpServer server([](const ServedRequest& request) -> ServedResponse {
    if (request.headers.contains("if-none-match")) return {.status = 304};
    return {.status = 200, .headers = {{"ETag", "\"a\""}}, .body = "data"};
  });
  served_base() = server.url("");
  testing::scripts()["debian/x"] = [](FeedSink& sink) {
    sink.claim(testing::claim("debian:12", "a", "CVE-2024-1111", "2-1"));
  };
  const std::vector<Feed> feeds = {downloaded_feed<"debian">()};
  const UpdateOptions options;
  ASSERT_TRUE(update_database_of(feeds, mirror.root(), mirror.output(), options)->build);
  EXPECT_FALSE(update_database_of(feeds, mirror.root(), mirror.output(), options)->build);
  ::unlink(mirror.output().c_str());
  EXPECT_TRUE(update_database_of(feeds, mirror.root(), mirror.output(), options)->build);
  UpdateOptions wrong;
  wrong.only = {"nosuch"};
  EXPECT_EQ(update_database_of(feeds, mirror.root(), mirror.output(), wrong).error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace oakum::advisories
