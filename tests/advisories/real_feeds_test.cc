// The database built from real feeds: all of them, within the limits that the project sets itself.
#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "advisories/database.h"
#include "advisories/feed.h"
#include "base/fd.h"

namespace oakum::advisories {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

TEST(RealFeeds, BuildTwiceToTheSameBytesWithinTheLimits) {
  const char* mirror = std::getenv("OAKUM_FEEDS");
  if (mirror == nullptr) GTEST_SKIP() << "OAKUM_FEEDS does not name a folder of real feeds";
  const auto directory = TemporaryDirectory::create("oakum-feeds");
  ASSERT_TRUE(directory);
  const std::string one = directory->path() + "/one.db";
  const std::string two = directory->path() + "/two.db";
  const double before = cpu_seconds();
  const auto built = build_database(mirror, one, {});
  const double taken = cpu_seconds() - before;
  ASSERT_TRUE(built) << built.error().message();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("built in %.1f s of CPU, peak %ld MB; %llu problems\n", taken, usage.ru_maxrss / 1024,
              static_cast<unsigned long long>(built->problem_count));
  for (std::size_t i = 0; i < std::min<std::size_t>(built->problems.size(), 20); ++i) {
    std::printf("  %s\n", built->problems[i].message().c_str());
  }
  for (const FeedInfo& feed : built->info.feeds) {
    std::printf("  %-16s %-10s %llu\n", feed.name.c_str(), feed.date.c_str(),
                static_cast<unsigned long long>(feed.records));
  }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(taken, 90);
  EXPECT_LT(usage.ru_maxrss, 1500 * 1024);
#endif
  BuildOptions alone;
  alone.threads = 1;
  ASSERT_TRUE(build_database(mirror, two, alone));
  EXPECT_TRUE(read_file(one, 4ULL << 30).value() == read_file(two, 4ULL << 30).value());
  const Status verified = verify_database(one);
  EXPECT_TRUE(verified) << verified.error().message();
}

TEST(Feeds, AreFoundByName) {
  ASSERT_FALSE(feeds().empty());
  for (const Feed& feed : feeds()) EXPECT_EQ(find_feed(feed.name), &feed) << feed.name;
  EXPECT_EQ(find_feed("nosuch"), nullptr);
}

}  // namespace
}  // namespace oakum::advisories
