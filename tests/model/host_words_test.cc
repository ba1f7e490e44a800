#include "model/host_words.h"

#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

using Words = std::vector<std::string_view>;

TEST(HostWords, OfAnAddressNeitherSchemeNorUserNorPath) {
  EXPECT_EQ(host_words("postgres://app:secret@db:5432/shop"), (Words{"db", "5432"}));
  EXPECT_EQ(host_words("jdbc:mysql://db/shop"), (Words{"jdbc", "db"}));
  EXPECT_EQ(host_words("redis://cache"), (Words{"cache"}));
}

TEST(HostWords, OfCommandLinesAndLists) {
  EXPECT_EQ(host_words("wait-for db:5432 && run --queue=queue"),
            (Words{"wait-for", "db", "5432", "run", "--queue", "queue"}));
  EXPECT_EQ(host_words("mongo1:27017,mongo2:27017"), (Words{"mongo1", "27017", "mongo2", "27017"}));
}

TEST(HostWords, PathsAreNone) { EXPECT_EQ(host_words("/var/lib/db /etc/cache.conf"), Words{}); }

TEST(HostWords, PartsOfNamesAreNotNamesOfTheirOwn) {
  EXPECT_EQ(host_words("db.example.org my-db"), (Words{"db.example.org", "my-db"}));
}

TEST(HostWords, Nothing) { EXPECT_EQ(host_words(""), Words{}); }

TEST(HostWords, TakesLinearTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "db:";
  EXPECT_EQ(host_words(text).size(), 200'000U);
}

}  // namespace
}  // namespace oakum
