#include "advisories/aliases.h"

#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

TEST(AliasGroups, TakeTheCveOfAChain) {
  const AliasGroups groups({"PYSEC-2024-1", "GHSA-a", "CVE-2024-1111", "GO-2024-1"}, {{0, 1}, {1, 2}, {3, 2}});
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(groups.canonical(i), 2U);
}

TEST(AliasGroups, PreferGhsaWhereThereIsNoCve) {
  const AliasGroups groups({"PYSEC-2024-1", "GHSA-a", "AAA-1"}, {{0, 1}, {0, 2}});
  for (std::uint32_t i = 0; i < 3; ++i) EXPECT_EQ(groups.canonical(i), 1U);
}

TEST(AliasGroups, KeepTwoCvesOfOneNoticeApart) {
  const AliasGroups groups({"GHSA-a", "CVE-2024-1111", "CVE-2024-2222", "PYSEC-1"}, {{0, 1}, {0, 2}, {3, 1}});
  EXPECT_EQ(groups.canonical(0), 0U);
  EXPECT_EQ(groups.canonical(1), 1U);
  EXPECT_EQ(groups.canonical(2), 2U);
  EXPECT_EQ(groups.canonical(3), 1U);
  EXPECT_EQ(groups.cves_of_notice(0), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_TRUE(groups.cves_of_notice(3).empty());
}

TEST(AliasGroups, DoNotJoinTwoCvesThroughAThirdId) {
  const AliasGroups groups({"CVE-2024-1111", "GHSA-a", "PYSEC-1", "CVE-2024-2222"}, {{0, 1}, {1, 2}, {2, 3}});
  EXPECT_EQ(groups.canonical(1), 0U);
  EXPECT_EQ(groups.canonical(2), 3U);
}

TEST(AliasGroups, DoNotJoinCvesThatCallEachOtherAliases) {
  const AliasGroups groups({"CVE-2024-1111", "CVE-2024-2222"}, {{0, 1}});
  EXPECT_EQ(groups.canonical(0), 0U);
  EXPECT_EQ(groups.canonical(1), 1U);
}

TEST(AliasGroups, DoNotDependOnTheOrderOfEdges) {
  const std::vector<std::string_view> ids = {"CVE-2024-1111", "GHSA-a", "PYSEC-1", "GHSA-b", "CVE-2024-2222"};
  const AliasGroups one(ids, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
  const AliasGroups other(ids, {{4, 3}, {3, 2}, {2, 1}, {1, 0}});
  for (std::uint32_t i = 0; i < ids.size(); ++i) EXPECT_EQ(one.canonical(i), other.canonical(i)) << ids[i];
}

}  // namespace
}  // namespace oakum::advisories
