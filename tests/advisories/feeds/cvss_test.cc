#include "advisories/feeds/cvss.h"

#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

struct Example {
  std::string_view vector;
  double score;
};

class CvssScore : public testing::TestWithParam<Example> {};

TEST_P(CvssScore, IsThePublishedOne) {
  const std::optional<double> score = cvss_score(GetParam().vector);
  ASSERT_TRUE(score) << GetParam().vector;
  EXPECT_DOUBLE_EQ(*score, GetParam().score) << GetParam().vector;
}

// Vectors of well-known CVEs with the scores that NVD and FIRST publish for them.
INSTANTIATE_TEST_SUITE_P(
    Published, CvssScore,
    testing::Values(Example{"AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5}, Example{"AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0},
                    Example{"(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 6.2}, Example{"AV:N/AC:L/Au:N/C:N/I:N/A:N", 0.0},
                    Example{"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5},
                    Example{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0},
                    Example{"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8},
                    Example{"CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1},
                    Example{"CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:N/A:N", 0.0},
                    Example{"CVSS:3.1/AV:P/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N", 1.7},
                    Example{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0},
                    Example{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 9.3},
                    Example{"CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3},
                    Example{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0},
                    Example{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 6.9}));

TEST(CvssScore, OfVersion4CountsThreatAndModifiedMetrics) {
  const std::string base = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
  EXPECT_LT(*cvss_score(base + "/E:U"), *cvss_score(base));
  EXPECT_GT(*cvss_score(base + "/MSI:S"), *cvss_score(base));
  EXPECT_EQ(*cvss_score(base + "/E:X/CR:X/MAV:X"), *cvss_score(base));
  EXPECT_EQ(*cvss_score(base + "/AU:Y/R:U/U:Red"), *cvss_score(base));
}

TEST(CvssScore, RefusesWhatIsNoVector) {
  for (const std::string_view bad :
       {"", "CVSS:3.1/", "high", "7.5", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",  // no A
        "CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",                         // AV twice
        "CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",                              // no such value
        "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",                              // no such version
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N",                // no SA
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N",           // S only where modified
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:-/SI:N/SA:N",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/FOO:H"}) {
    EXPECT_FALSE(cvss_score(bad)) << bad;
  }
}

TEST(Cvss, NamesItsVersionAndKeepsTheVector) {
  const std::optional<Cvss> cvss = cvss_of("nvd", " CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N ");
  ASSERT_TRUE(cvss);
  EXPECT_EQ(cvss->version, "3.0");
  EXPECT_EQ(cvss->source, "nvd");
  EXPECT_EQ(cvss->vector, "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N");
}

}  // namespace
}  // namespace oakum::advisories
