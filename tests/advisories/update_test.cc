#include "advisories/update.h"

#include <atomic>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/builder.h"
#include "advisories/feeds/table.h"
#include "advisories/repomd.h"
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

TEST(Update, NamesTheFirstFailureWhenNothingCouldBeFetched) {
  testing::Mirror mirror;
  HttpServer server([](const ServedRequest&) -> ServedResponse { return {.status = 403, .body = "no"}; });
  served_base() = server.url("");
  const std::vector<Feed> feeds = {downloaded_feed<"alpine">(), downloaded_feed<"debian">()};
  UpdateOptions options;
  options.retry = {.attempts = 1};
  const auto updated = update_database_of(feeds, mirror.root(), mirror.output(), options);
  ASSERT_FALSE(updated);
  EXPECT_EQ(updated.error().code, ErrorCode::network);
  EXPECT_THAT(updated.error().message(), HasSubstr("none of 2 files could be fetched"));
  EXPECT_THAT(updated.error().message(), HasSubstr("feed alpine: " + server.url("/alpine")));
  EXPECT_THAT(updated.error().message(), HasSubstr("403"));
}

TEST(Update, AFeedWithoutDateIsOfTheDayOnWhichTheServerSaysItChanged) {
  testing::Mirror mirror;
  ASSERT_TRUE(make_directories(mirror.root()));
  std::string body = "data";
  HttpServer server([&](const ServedRequest&) -> ServedResponse {
    return {.status = 200, .headers = {{"Last-Modified", "Fri, 20 Nov 2026 00:12:41 GMT"}}, .body = body};
  });
  served_base() = server.url("");
  testing::scripts()["debian/x"] = [](FeedSink& sink) {
    sink.claim(testing::claim("debian:12", "a", "CVE-2024-1111", "2-1"));
  };
  const std::vector<Feed> feeds = {downloaded_feed<"debian">()};
  const auto date = [&] { return Database::open(mirror.output())->info().feeds.at(0).date; };
  ASSERT_TRUE(update_database_of(feeds, mirror.root(), mirror.output(), {})->build);
  EXPECT_EQ(date(), "2026-11-20");
  EXPECT_EQ(last_modified_day(mirror.root(), "debian/x"), "2026-11-20");
  EXPECT_EQ(last_modified_day(mirror.root(), "debian/y"), "");

  ASSERT_TRUE(write_file_atomically(mirror.root() + "/debian/x", "put there by hand"));
  ASSERT_TRUE(build_database_of(feeds, mirror.root(), mirror.output(), {}));
  EXPECT_EQ(date(), "") << "the server's day is not that of another file";

  testing::scripts()["debian/x"] = [](FeedSink& sink) {
    sink.claim(testing::claim("debian:12", "a", "CVE-2024-1111", "2-1"));
    sink.dated("2025-01-01");
  };
  body = "more data";
  ASSERT_TRUE(update_database_of(feeds, mirror.root(), mirror.output(), {})->build);
  EXPECT_EQ(date(), "2025-01-01") << "what upstream states comes first";
}

// A feed whose files are told by the indexes that a test sets.
std::vector<DownloadIndex>& served_indexes() {
  static std::vector<DownloadIndex> indexes;
  return indexes;
}

Feed indexed_feed() {
  Feed feed = testing::script_feed<"rocky">();
  feed.indexes = [] { return std::span<const DownloadIndex>(served_indexes()); };
  return feed;
}

// A yum repository on loopback behind a mirror.list.
struct Repository {
  std::string updateinfo = "<updates/>";
  std::string promised;  // as digest; empty: the right one
  std::map<std::string, int> asked;
  HttpServer server{[this](const ServedRequest& request) { return answer(request); }};

  ServedResponse answer(const ServedRequest& request) {
    ++asked[request.target];
    const std::string digest = promised.empty() ? std::string(Digest::sha256_of(updateinfo).hex()) : promised;
    const std::string file = "repodata/" + digest + "-updateinfo.xml.gz";
    if (request.target == "/list/mirror.list") return {.body = "# mirrors\n" + server.url("/repo/") + "\n"};
    if (request.target == "/repo/" + file) return {.body = updateinfo};
    if (request.target == "/repo/repodata/repomd.xml") {
      return {.body = "<repomd><data type=\"primary\"/><data type=\"updateinfo\"><checksum type=\"sha256\">" + digest +
                      "</checksum><location href=\"" + file + "\"/></data></repomd>"};
    }
    return {.status = 404, .body = "no"};
  }
};

TEST(UpdateByIndex, FollowsAMirrorListAndRepomdToTheUpdateinfo) {
  testing::Mirror mirror;
  Repository repository;
  served_indexes() = {yum_mirror_list(repository.server.url("/list/mirror.list"), "rocky/9/core/x86_64")};
  const std::vector<Feed> feeds = {indexed_feed()};
  const auto fetch = [&] { return fetch_feeds(feeds, mirror.root(), {.retry = {.attempts = 1}}).value(); };
  const auto first = fetch();
  ASSERT_EQ(first.size(), 1U);
  ASSERT_FALSE(first[0].error) << first[0].error->message();
  EXPECT_EQ(first[0].path, "rocky/9/core/x86_64/updateinfo.xml.gz");
  EXPECT_EQ(*read_file(mirror.root() + "/" + first[0].path, 100), "<updates/>");
  EXPECT_EQ(fetch()[0].fetched, Fetched::unchanged) << "it has the digest that repomd.xml tells";

  repository.updateinfo = "<updates>new</updates>";
  EXPECT_EQ(fetch()[0].fetched, Fetched::updated);
  EXPECT_EQ(*read_file(mirror.root() + "/" + first[0].path, 100), "<updates>new</updates>");

  repository.promised = std::string(64, '0');
  const auto wrong = fetch();
  ASSERT_TRUE(wrong[0].error);
  EXPECT_EQ(wrong[0].error->code, ErrorCode::integrity);
  EXPECT_EQ(*read_file(mirror.root() + "/" + first[0].path, 100), "<updates>new</updates>");
}

TEST(UpdateByIndex, AnIndexThatFailsIsAFailureOfItsFeed) {
  testing::Mirror mirror;
  Repository repository;
  served_indexes() = {yum_repository(repository.server.url("/elsewhere"), "rocky/9/a/x86_64"),
                      yum_repository(repository.server.url("/repo"), "rocky/9/b/x86_64")};
  const std::vector<Feed> feeds = {indexed_feed()};
  const auto files = fetch_feeds(feeds, mirror.root(), {.retry = {.attempts = 1}}).value();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, "rocky/9/a/x86_64/repomd.xml");
  EXPECT_THAT(files[0].error->message(), HasSubstr("feed rocky: " + repository.server.url("/elsewhere")));
  EXPECT_EQ(files[1].fetched, Fetched::updated);
}

TEST(UpdateByIndex, AnIndexOfItselfEnds) {
  testing::Mirror mirror;
  HttpServer server([](const ServedRequest&) -> ServedResponse { return {.body = "x"}; });
  served_indexes() = {{server.url("/a"), "rocky/a", [](std::string_view, const DownloadIndex& self) {
                         return Result<IndexContent>(IndexContent{{}, {self}});
                       }}};
  const std::vector<Feed> feeds = {indexed_feed()};
  const auto files = fetch_feeds(feeds, mirror.root(), {}).value();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].error->code, ErrorCode::limit);
}

TEST(UpdateByIndex, ACopyOfTheMirrorServesAsUpstream) {
  testing::Mirror mirror;
  Repository repository;
  HttpServer copy([&](const ServedRequest& request) -> ServedResponse {
    const auto bytes = read_file(mirror.root() + request.target, 1U << 20);
    return bytes ? ServedResponse{.body = *bytes} : ServedResponse{.status = 404, .body = "no"};
  });
  served_indexes() = {yum_mirror_list(repository.server.url("/list/mirror.list"), "rocky/9/core/x86_64")};
  const std::vector<Feed> feeds = {indexed_feed()};
  ASSERT_FALSE(fetch_feeds(feeds, mirror.root(), {}).value()[0].error);
  const auto asked = repository.asked;
  const auto second = fetch_feeds(feeds, mirror.output("second"), {.mirror_url = copy.url("")}).value();
  ASSERT_EQ(second.size(), 1U);
  ASSERT_FALSE(second[0].error) << second[0].error->message();
  EXPECT_EQ(repository.asked, asked) << "the copy has all that is needed";
}

// What the index of a feed of the table names, by a text of its format.
Result<IndexContent> named_by(const Feed& feed, std::string_view text) {
  const DownloadIndex index = feed.indexes()[0];
  return index.read(text, index);
}

TEST(Indexes, OfRedHatNamesTheArchiveOfTheDay) {
  const auto content = named_by(kRedHatFeed, "csaf_vex_2026-11-20.tar.zst\n");
  ASSERT_TRUE(content) << content.error().message();
  ASSERT_EQ(content->files.size(), 1U);
  EXPECT_EQ(content->files[0].url, "https://security.access.redhat.com/data/csaf/v2/vex/csaf_vex_2026-11-20.tar.zst");
  EXPECT_TRUE(kRedHatFeed.accepts(content->files[0].path));
  for (const char* text :
       {"", "<html>", "csaf_vex_/../../x.tar.zst", "csaf_vex_2026.tar.zst?x=.tar.zst", "x.tar.zst"}) {
    EXPECT_FALSE(named_by(kRedHatFeed, text)) << text;
  }
}

TEST(Indexes, OfPhotonNamesAFilePerRelease) {
  const auto content = named_by(kPhotonFeed, R"({"branches": ["4.0", "5.0", "../6", "", 7, "x"]})");
  ASSERT_TRUE(content) << content.error().message();
  ASSERT_EQ(content->files.size(), 2U);
  EXPECT_EQ(content->files[1].path, "photon/cve_data_photon5.0.json");
  for (const Download& file : content->files) EXPECT_TRUE(kPhotonFeed.accepts(file.path)) << file.path;
  EXPECT_FALSE(named_by(kPhotonFeed, R"({"branches": []})"));
  EXPECT_FALSE(named_by(kPhotonFeed, "<html>"));
}

TEST(Indexes, OfFedoraNamesTheRepositoriesOfItsReleasesAlone) {
  const auto content =
      named_by(kFedoraFeed,
               R"({"releases": [{"id_prefix": "FEDORA", "version": "43"}, {"id_prefix": "FEDORA-EPEL", "version": "9"},
                       {"id_prefix": "FEDORA", "version": "eln"}, {"id_prefix": "FEDORA-FLATPAK", "version": "43"}]})");
  ASSERT_TRUE(content) << content.error().message();
  ASSERT_EQ(content->indexes.size(), 1U);
  EXPECT_EQ(content->indexes[0].path, "fedora/43/updates/x86_64/repomd.xml");
  EXPECT_FALSE(named_by(kFedoraFeed, R"({"releases": []})"));
}

TEST(Indexes, AreNoFilesOfAnyFeedAndTheirFilesAreThoseOfTheirs) {
  for (const Feed& feed : feeds()) {
    if (feed.indexes == nullptr) continue;
    EXPECT_FALSE(feed.indexes().empty()) << feed.name;
    for (const DownloadIndex& index : feed.indexes()) {
      EXPECT_TRUE(index.url.starts_with("https://")) << index.url;
      for (const Feed& other : feeds()) EXPECT_FALSE(other.accepts(index.path)) << index.path;
    }
  }
  for (const Feed& feed : feeds()) {
    for (const Download& file : feed.downloads()) {
      EXPECT_TRUE(file.url.starts_with("https://")) << file.url;
      EXPECT_TRUE(feed.accepts(file.path)) << file.path;
    }
  }
}

TEST(Repomd, RefusesPathsOutsideAndWeakChecksums) {
  const auto repomd = [](std::string_view algorithm, std::string_view digest, std::string_view path) {
    return "<repomd><data type=\"updateinfo\"><checksum type=\"" + std::string(algorithm) + "\">" +
           std::string(digest) + "</checksum><location href=\"" + std::string(path) + "\"/></data></repomd>";
  };
  const std::string sha256(64, 'A');
  EXPECT_EQ(updateinfo_in(repomd("sha256", sha256, "repodata/updateinfo.xml.gz"), "r")->digest,
            "sha256:" + std::string(64, 'a'));
  EXPECT_FALSE(updateinfo_in(repomd("sha256", sha256, "../x"), "r"));
  EXPECT_FALSE(updateinfo_in(repomd("sha256", sha256, ""), "r"));
  EXPECT_EQ(updateinfo_in(repomd("sha", std::string(40, '0'), "x"), "r").error().code, ErrorCode::unsupported);
  EXPECT_EQ(updateinfo_in("<repomd/>", "r").error().code, ErrorCode::not_found);
  EXPECT_EQ(updateinfo_in("<repo", "r").error().code, ErrorCode::invalid);
}

TEST(Repomd, AListOverTlsDoesNotLeadToAMirrorWithout) {
  const DownloadIndex list = yum_mirror_list("https://x/mirror.list", "amazon/2/core/x86_64");
  EXPECT_EQ(list.read("http://y/repo\n", list).error().code, ErrorCode::integrity);
  EXPECT_EQ(list.read("https://y/repo/\n", list)->indexes[0].url, "https://y/repo/repodata/repomd.xml");
  EXPECT_EQ(list.read("\n# none\n", list).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace oakum::advisories
