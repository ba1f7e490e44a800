#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packages/rpm.h"

namespace oakum::packages {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Finding read(std::string_view text) {
  return analyse_rpm(Format::rpm_manifest, {"var/lib/rpmmanifest/container-manifest-2", text.size()}, text);
}

TEST(RpmManifest, ReadsALinePerPackage) {
  const Finding finding = read(
      "mariner-release\t2.0-12.cm2\t1653816591\t1653753130\tMicrosoft Corporation\t(none)\t580\tnoarch\t0\t"
      "mariner-release-2.0-12.cm2.src.rpm\n"
      "openssl-libs\t1.1.1k-15.cm2\t1\t2\tMicrosoft Corporation\t3\t9\tx86_64\t3\topenssl-1.1.1k-15.cm2.src.rpm\n");
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_THAT(finding.packages, SizeIs(2));
  EXPECT_EQ(finding.packages[0], (Package{.name = "mariner-release",
                                          .version = "2.0-12.cm2",
                                          .arch = "noarch",
                                          .source = {"mariner-release", "2.0-12.cm2"},
                                          .ecosystem = "rpm",
                                          .vendor = "Microsoft Corporation",
                                          .path = "var/lib/rpmmanifest/container-manifest-2"}));
  EXPECT_EQ(finding.packages[1].version, "3:1.1.1k-15.cm2");
  EXPECT_EQ(finding.packages[1].epoch, "3");
  EXPECT_EQ(finding.packages[1].source, (SourcePackage{"openssl", "1.1.1k-15.cm2"}));
}

TEST(RpmManifest, KeysAreNoPackages) {
  const Finding finding = read("gpg-pubkey\t3135ce90-5e6fda74\t1\t2\t(none)\t(none)\t0\t(none)\t0\t(none)\n");
  EXPECT_THAT(finding.packages, IsEmpty());
  EXPECT_THAT(finding.errors, IsEmpty());
}

TEST(RpmManifest, ABadLineIsAnErrorWithItsNumber) {
  const Finding finding = read(
      "a\t1-1\t1\t2\tV\t(none)\t1\tnoarch\t0\t(none)\n"
      "\n"
      "names only\n"
      "b\t1\t1\t2\tV\t(none)\t1\tnoarch\t0\t(none)\n"
      "c\t1-1\t1\t2\tV\tx\t1\tnoarch\t0\t(none)\n"
      "d\t1-\t1\t2\tV\t1\t1\tnoarch\t0\t(none)\n"
      "\t1-1\t1\t2\tV\t1\t1\tnoarch\t0\t(none)\n"
      "e\t2-2\t1\t2\tV\t(none)\t1\tnoarch\t0\t(none)");
  ASSERT_THAT(finding.packages, SizeIs(2));
  EXPECT_EQ(finding.packages[1].name, "e");
  EXPECT_EQ(finding.packages[1].source, (SourcePackage{"e", "2-2"}));
  ASSERT_THAT(finding.errors, SizeIs(5));
  EXPECT_EQ(finding.errors[0].message(), "var/lib/rpmmanifest/container-manifest-2: line 3: has 1 of its 10 fields");
}

TEST(RpmManifest, AFloodOfBadLinesIsCutShort) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "x\n";
  const Finding finding = read(text);
  ASSERT_THAT(finding.errors, SizeIs(101));
  EXPECT_EQ(finding.errors.back().code, ErrorCode::limit);
}

}  // namespace
}  // namespace oakum::packages
