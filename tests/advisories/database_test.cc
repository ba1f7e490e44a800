#include "advisories/database.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "advisories/record.h"
#include "advisories/script_feeds.h"
#include "advisories/trailer.h"
#include "versions/version.h"

namespace oakum::advisories {
namespace {

using testing::claim;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Mirror;
using testing::source_claim;

VulnerabilityRecord record(std::string id, std::vector<std::string> aliases, std::string title) {
  VulnerabilityRecord made;
  made.id = std::move(id);
  made.aliases = std::move(aliases);
  made.title = std::move(title);
  made.modified = "2024-05-06T07:08:09Z";
  return made;
}

std::string bytes_of(const std::string& path) { return read_file(path, 1U << 30).value(); }

TEST(Database, GivesBackWhatFeedsSaid) {
  Mirror mirror;
  mirror.add("debian/tracker.json", [](FeedSink& sink) {
    Claim made = source_claim("debian:12", "openssl", "CVE-2024-1111", "3.0.11-1~deb12u2");
    made.advisory = "DSA-1-1";
    made.severity = Severity::low;
    made.reason = "because";
    made.arches = {"amd64", "arm64"};
    sink.claim(made);
    sink.covers("debian:12");
    sink.dated("2024-06-01");
  });
  mirror.add("cve/x", [](FeedSink& sink) {
    VulnerabilityRecord made = record("CVE-2024-1111", {}, "bad thing");
    made.description = "long text";
    made.severities = {{"nvd", Severity::unknown, Cvss{"nvd", "3.1", "CVSS:3.1/AV:N", 9.8}}};
    made.references = {"https://example.org/1"};
    made.cwes = {"CWE-79"};
    sink.vulnerability(made);
  });
  mirror.add("kev/x", [](FeedSink& sink) { sink.kev({"CVE-2024-1111", "2024-05-01", "2024-05-22", true}); });
  mirror.add("epss/x", [](FeedSink& sink) {
    sink.epss({"CVE-2024-1111", 0.25, 0.5});
    sink.epss({"CVE-2024-9999", 0.1, 0.2});
  });
  mirror.add("endoflife/x", [](FeedSink& sink) {
    sink.lifecycle({"debian", "12", "bookworm", "2023-06-10", "", "2026-06-10", "2028-06-30", false});
  });
  const Database database = mirror.open();

  EXPECT_THAT(database.ecosystems(), ElementsAre("debian:12"));
  EXPECT_TRUE(database.covers("debian:12"));
  EXPECT_FALSE(database.covers("debian:11"));
  const auto claims = database.claims("debian:12", "openssl");
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].vulnerability, "CVE-2024-1111");
  EXPECT_EQ(claims[0].feed, "debian");
  EXPECT_EQ(claims[0].advisory, "DSA-1-1");
  EXPECT_EQ(claims[0].by, PackageName::source);
  EXPECT_EQ(claims[0].severity, Severity::low);
  EXPECT_EQ(claims[0].reason, "because");
  EXPECT_THAT(claims[0].arches, ElementsAre("amd64", "arm64"));
  ASSERT_EQ(claims[0].ranges.size(), 1U);
  EXPECT_EQ(claims[0].ranges[0].end_text, "3.0.11-1~deb12u2");
  EXPECT_EQ(claims[0].ranges[0].end_key, versions::key(VersionScheme::deb, "3.0.11-1~deb12u2").value());
  EXPECT_TRUE(database.claims("debian:12", "openss").empty());
  EXPECT_TRUE(database.claims("debian:12", std::string(5000, 'x')).empty());

  const auto summary = database.summary("CVE-2024-1111");
  ASSERT_TRUE(summary);
  EXPECT_TRUE(summary->kev);
  EXPECT_TRUE(summary->kev_ransomware);
  EXPECT_EQ(summary->kev_due, "2024-05-22");
  EXPECT_EQ(summary->epss, 0.25);
  ASSERT_EQ(summary->severities.size(), 1U);
  EXPECT_EQ(summary->severities[0].cvss->score, 9.8);
  const auto details = database.details("CVE-2024-1111");
  ASSERT_TRUE(details);
  EXPECT_EQ(details->title, "bad thing");
  EXPECT_EQ(details->description, "long text");
  EXPECT_THAT(details->cwes, ElementsAre("CWE-79"));
  EXPECT_EQ(database.lifecycle("debian", "12")->end_of_extended, "2028-06-30");
  EXPECT_FALSE(database.lifecycle("debian", "1"));
  EXPECT_EQ(database.info().built, "2024-06-01T00:00:00Z");
  EXPECT_FALSE(database.damaged());
  EXPECT_TRUE(verify_database(mirror.output()));
}

TEST(Database, KnowsAGroupByAllOfItsNames) {
  Mirror mirror;
  mirror.add("osv/x", [](FeedSink& sink) {
    sink.claim(claim("npm", "lodash", "GHSA-aaaa", "4.17.21"));
    sink.vulnerability(record("GHSA-aaaa", {"CVE-2021-2333", "SNYK-1"}, "title"));
  });
  const Database database = mirror.open();
  EXPECT_EQ(database.canonical("GHSA-aaaa"), "CVE-2021-2333");
  EXPECT_EQ(database.canonical("SNYK-1"), "CVE-2021-2333");
  EXPECT_EQ(database.canonical("CVE-1999-0001"), "CVE-1999-0001");
  EXPECT_EQ(database.claims("npm", "lodash").at(0).vulnerability, "CVE-2021-2333");
  EXPECT_THAT(database.summary("GHSA-aaaa")->aliases, ElementsAre("GHSA-aaaa", "SNYK-1"));
  EXPECT_EQ(database.details("SNYK-1")->title, "title");
}

TEST(Database, DropsWhatIsWithdrawnButNotWhatOthersSay) {
  Mirror mirror;
  mirror.add("osv/x", [](FeedSink& sink) {
    VulnerabilityRecord gone = record("GHSA-gone", {"CVE-2024-1111"}, "");
    gone.withdrawn = true;
    sink.vulnerability(gone);
    sink.claim(claim("npm", "a", "GHSA-gone", "2.0.0"));
    Claim by_notice = claim("npm", "b", "CVE-2024-1111", "2.0.0");
    by_notice.advisory = "GHSA-gone";
    sink.claim(by_notice);
  });
  mirror.add("ubuntu/x", [](FeedSink& sink) {
    VulnerabilityRecord gone = record("CVE-2024-1111", {}, "");
    gone.withdrawn = true;
    sink.vulnerability(gone);
  });
  mirror.add("debian/x", [](FeedSink& sink) { sink.claim(claim("debian:12", "a", "CVE-2024-1111", "2-1")); });
  const Database database = mirror.open();
  EXPECT_TRUE(database.claims("npm", "a").empty());
  EXPECT_TRUE(database.claims("npm", "b").empty());
  EXPECT_EQ(database.claims("debian:12", "a").size(), 1U);
}

TEST(Database, DropsRejectedCvesOfAllFeeds) {
  Mirror mirror;
  mirror.add("cve/x", [](FeedSink& sink) {
    VulnerabilityRecord rejected = record("CVE-2024-1111", {}, "");
    rejected.withdrawn = true;
    sink.vulnerability(rejected);
  });
  mirror.add("debian/x", [](FeedSink& sink) { sink.claim(claim("debian:12", "a", "CVE-2024-1111", "2-1")); });
  EXPECT_TRUE(mirror.open().claims("debian:12", "a").empty());
}

TEST(Database, KeepsBadVersionsAndCountsThem) {
  Mirror mirror;
  mirror.add("debian/x", [](FeedSink& sink) { sink.claim(claim("debian:12", "a", "CVE-2024-1111", "not a version")); });
  const auto built = mirror.build();
  ASSERT_TRUE(built);
  EXPECT_EQ(built->problem_count, 1U);
  EXPECT_THAT(built->problems.at(0).message(), HasSubstr("CVE-2024-1111"));
  const Database database = Database::open(mirror.output()).value();
  const auto claims = database.claims("debian:12", "a");
  EXPECT_TRUE(claims.at(0).ranges.at(0).unreadable);
  EXPECT_EQ(claims.at(0).ranges.at(0).end_text, "not a version");
}

TEST(Database, LeavesOutListedVersionsThatARangeHolds) {
  Mirror mirror;
  mirror.add("osv/x", [](FeedSink& sink) {
    Claim made = claim("pypi", "a", "CVE-2024-1111", "2.0");
    made.versions = {"1.0", "1.5", "3.0", "3.0.0"};
    sink.claim(made);
  });
  const Database database = mirror.open();
  EXPECT_EQ(database.claims("pypi", "a").at(0).version_keys.size(), 1U);
}

TEST(Build, ReportsAFeedThatBreaksAndKeepsTheRest) {
  Mirror mirror;
  mirror.add("debian/x", [](FeedSink& sink) { sink.claim(claim("debian:12", "a", "CVE-2024-1111", "2-1")); });
  mirror.add("alpine/broken", nullptr);
  testing::scripts().erase("alpine/broken");
  const auto built = mirror.build();
  ASSERT_TRUE(built);
  EXPECT_EQ(built->problem_count, 1U);
  EXPECT_THAT(built->problems.at(0).message(), HasSubstr("broken on purpose"));
}

TEST(Build, FailsWhereNoFeedReadsAnything) {
  Mirror mirror;
  ASSERT_TRUE(make_directories(mirror.root()));
  const auto empty = mirror.build();
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::not_found);
  EXPECT_FALSE(build_database_of(testing::script_feeds(), "/nonexistent", mirror.output(), {}));
}

TEST(Build, TakesNoDateFromASingleRecordOfTheFuture) {
  Mirror mirror;
  mirror.add("osv/x", [](FeedSink& sink) {
    for (const char* id : {"GHSA-1", "GHSA-2"}) sink.vulnerability(record(id, {}, ""));
    VulnerabilityRecord wrong = record("GHSA-3", {}, "");
    wrong.modified = "2099-01-01T00:00:00Z";
    sink.vulnerability(wrong);
    sink.claim(claim("npm", "a", "GHSA-1", "1.0.0"));
  });
  EXPECT_EQ(mirror.open().info().built, "2024-05-06T00:00:00Z");
}

// Many files of several feeds, with enough texts to train a dictionary on.
void fill(Mirror& mirror, unsigned count) {
  for (unsigned file = 0; file < 8; ++file) {
    mirror.add("osv/" + std::to_string(file), [file, count](FeedSink& sink) {
      for (unsigned i = 0; i < count; ++i) {
        const std::string id = "GHSA-" + std::to_string(file) + "-" + std::to_string(i);
        const std::string cve = "CVE-2024-" + std::to_string(10000 + i * 8 + file);
        VulnerabilityRecord made = record(id, {cve}, "title of " + id);
        made.description =
            "A vulnerability of package " + std::to_string(i % 7) + " allows remote attackers number " + id;
        sink.vulnerability(made);
        sink.claim(claim("npm", "package-" + std::to_string(i % 7), id, "1." + std::to_string(i) + ".0"));
      }
      sink.covers("npm");
    });
  }
}

TEST(Build, GivesTheSameBytesWhateverThreadsAndTimes) {
  Mirror mirror;
  fill(mirror, 200);
  ASSERT_TRUE(mirror.build("one.db", 1));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(mirror.root())) {
    if (entry.is_regular_file()) {
      std::filesystem::last_write_time(entry.path(), std::filesystem::file_time_type::min() + std::chrono::hours(1));
    }
  }
  ASSERT_TRUE(mirror.build("two.db", 4));
  EXPECT_TRUE(bytes_of(mirror.output("one.db")) == bytes_of(mirror.output("two.db")));
  EXPECT_TRUE(verify_database(mirror.output("one.db")));
}

TEST(Build, LeavesNothingBesideTheDatabase) {
  Mirror mirror;
  fill(mirror, 10);
  ASSERT_TRUE(mirror.build());
  EXPECT_FALSE(path_exists(mirror.output() + ".building"));
}

TEST(Build, KilledAtAnyMomentLeavesTheOldDatabaseWhole) {
  Mirror mirror;
  fill(mirror, 300);
  ASSERT_TRUE(mirror.build());
  const std::string before = bytes_of(mirror.output());
  for (unsigned round = 0; round < 25; ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (;;) {
        if (!mirror.build()) _exit(1);
      }
    }
    usleep(2000 + round * 7001 % 90000);
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the build failed by itself";
    ASSERT_TRUE(bytes_of(mirror.output()) == before) << round;
    ASSERT_TRUE(Database::open(mirror.output()));
  }
  EXPECT_TRUE(mirror.build());
  EXPECT_FALSE(path_exists(mirror.output() + ".building"));
}

TEST(Verify, FindsAnyChangedByte) {
  Mirror mirror;
  fill(mirror, 20);
  ASSERT_TRUE(mirror.build());
  const std::string whole = bytes_of(mirror.output());
  for (std::size_t at = 0; at < whole.size(); at += 997) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    ASSERT_TRUE(write_file_atomically(mirror.output("changed.db"), changed));
    EXPECT_FALSE(verify_database(mirror.output("changed.db"))) << at;
  }
}

TEST(Open, RefusesWhatIsCutOrIsNoDatabase) {
  Mirror mirror;
  fill(mirror, 20);
  ASSERT_TRUE(mirror.build());
  const std::string whole = bytes_of(mirror.output());
  const std::string path = mirror.output("other.db");
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{4096}, whole.size() / 2, whole.size() - 1}) {
    ASSERT_TRUE(write_file_atomically(path, whole.substr(0, size)));
    const auto cut = Database::open(path);
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::integrity) << size;
  }
  // The end is in place, but pages before it are gone.
  ASSERT_TRUE(write_file_atomically(path, whole.substr(0, 8192) + whole.substr(whole.size() - kTrailerSize)));
  EXPECT_FALSE(Database::open(path));
  const auto missing = Database::open("/nonexistent/oakum.db");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_THAT(missing.error().message(), HasSubstr("oakum db update"));
}

TEST(Open, SaysTheWayOutOfAnotherFormat) {
  Mirror mirror;
  fill(mirror, 20);
  ASSERT_TRUE(mirror.build());
  const std::string whole = bytes_of(mirror.output());
  Trailer trailer = decode_trailer(whole.substr(whole.size() - kTrailerSize)).value();
  trailer.format = kFormat + 1;
  ASSERT_TRUE(write_file_atomically(mirror.output(), whole.substr(0, whole.size() - kTrailerSize) + encode(trailer)));
  const auto newer = Database::open(mirror.output());
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, ErrorCode::unsupported);
  EXPECT_THAT(newer.error().message(), HasSubstr("has format 2; this oakum reads format 1"));
  EXPECT_THAT(newer.error().message(), HasSubstr("oakum db update"));
}

TEST(Records, RefuseDamagedBytes) {
  const std::string header = encode(Header{kFormat, "2024", "sha256:x", {{"debian", "2024-01-01", 3, {{"a", "b"}}}}});
  for (std::size_t size = 0; size < header.size(); ++size) EXPECT_FALSE(decode_header(header.substr(0, size))) << size;
  std::vector<std::string> problems;
  std::string value;
  append_claim(value, "CVE-2024-1111", 0,
               encode_claim_body(claim("npm", "a", "CVE-2024-1111", "1.0.0"), VersionScheme::npm, problems));
  const std::vector<StoredFeed> feeds(1);
  EXPECT_EQ(decode_claims(value, feeds)->size(), 1U);
  EXPECT_FALSE(decode_claims(value, {})) << "the feed is out of range";
  for (std::size_t size = 1; size < value.size(); ++size)
    EXPECT_FALSE(decode_claims(value.substr(0, size), feeds)) << size;
}

}  // namespace
}  // namespace oakum::advisories
