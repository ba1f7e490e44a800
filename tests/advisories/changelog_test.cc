#include "advisories/changelog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kChangelog =
    "nginx (1.22.1-9+deb12u2) bookworm-security; urgency=medium\n"
    "\n"
    "  * Follow-up to CVE-2023-44487.\n"
    "  * Fix CVE-2024-7347 and CVE-2024-7347 again.\n"
    "\n"
    " -- A Person <a@example.org>  Mon, 09 Sep 2024 10:00:00 +0200\n"
    "\n"
    "nginx (1.22.1-9+deb12u1) bookworm-security; urgency=medium\n"
    "\n"
    "  * HTTP/2 limits (CVE-2023-44487).\n"
    "\n"
    " -- A Person <a@example.org>  Mon, 09 Oct 2023 10:00:00 +0200\n"
    "\n"
    "nginx-old (9.0-1) unstable; urgency=low\n"
    "\n"
    "  * CVE-2009-0001.\n"
    "\n"
    " -- A Person <a@example.org>  Mon, 09 Oct 2009 10:00:00 +0200\n";

TEST(Changelog, ReadsEntriesNewestFirst) {
  const auto entries = parse_changelog(kChangelog);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].source, "nginx");
  EXPECT_EQ(entries[0].version, "1.22.1-9+deb12u2");
  EXPECT_NE(entries[0].text.find("CVE-2024-7347"), std::string_view::npos);
  EXPECT_EQ(entries[0].text.find("HTTP/2"), std::string_view::npos);
}

TEST(Changelog, TheOldestEntryThatNamesAnIdIsTheFixAndOtherSourcesDoNotCount) {
  const auto entries = parse_changelog(kChangelog);
  std::vector<std::pair<std::string, std::string>> fixes;
  for (const auto& fix : fixes_in(entries, "nginx")) fixes.emplace_back(fix.cve, fix.version);
  EXPECT_THAT(fixes, ElementsAre(std::pair("CVE-2023-44487", "1.22.1-9+deb12u1"),
                                 std::pair("CVE-2024-7347", "1.22.1-9+deb12u2")));
}

TEST(Changelog, AnEntryWithoutTrailerEndsAtTheNextHeadingOrTheEnd) {
  const auto entries =
      parse_changelog("a1 (2) sid; urgency=low\n  * CVE-2024-0002\na1 (1) sid; urgency=low\n  * CVE-2024-0001");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_THAT(cve_ids(entries[0].text), ElementsAre("CVE-2024-0002"));
  EXPECT_THAT(cve_ids(entries[1].text), ElementsAre("CVE-2024-0001"));
}

TEST(CveIds, AcceptsOldAndLowerCaseSpellings) {
  EXPECT_THAT(cve_ids("(CAN-2004-0077, cve-2021-44228)"), ElementsAre("CVE-2004-0077", "CVE-2021-44228"));
}

TEST(CveIds, RefusesNearMisses) {
  EXPECT_THAT(cve_ids("CVE-2024-123 XCVE-2024-1234 CVE-24-1234 CVE_2024_1234 CVE-20245-1234 CVE- -"), IsEmpty());
}

TEST(Changelog, TextThatIsNoChangelogHasNoEntries) {
  EXPECT_THAT(parse_changelog("CVE-2024-1234\n -- nobody\nnginx (1.0\nfoo bar (1) x; y\n"), IsEmpty());
  EXPECT_THAT(parse_changelog(""), IsEmpty());
}

}  // namespace
}  // namespace oakum::advisories
