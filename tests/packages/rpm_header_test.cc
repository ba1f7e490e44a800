#include "packages/rpm_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packages/rpm_testing.h"

namespace oakum::packages {
namespace {

using namespace rpm_testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string why(std::string_view blob) {
  const auto parsed = parse_rpm_header(blob);
  return parsed ? "parsed" : parsed.error().message();
}

TEST(RpmHeader, ReadsWhatAPackageStates) {
  const auto parsed = parse_rpm_header(header_of("perl-Errno")
                                           .numbers(kEpoch, {4})
                                           .text(kVendor, "Example")
                                           .text(kLicense, "GPL+ or Artistic")
                                           .text(kSourceRpm, "perl-5.26.3-416.el8.src.rpm")
                                           .text(kModularityLabel, "perl:5.26:8000020190227:abc")
                                           .build());
  ASSERT_TRUE(parsed) << parsed.error().message();
  EXPECT_EQ(parsed->package, (Package{.name = "perl-Errno",
                                      .version = "4:1.0-1",
                                      .epoch = "4",
                                      .arch = "noarch",
                                      .source = {"perl", "5.26.3-416.el8"},
                                      .ecosystem = "rpm",
                                      .vendor = "Example",
                                      .license = "GPL+ or Artistic",
                                      .module = "perl:5.26:8000020190227:abc"}));
  EXPECT_THAT(parsed->errors, IsEmpty());
}

TEST(RpmHeader, AStatedEpochOfZeroIsKept) {
  EXPECT_EQ(parse_rpm_header(header_of("a").numbers(kEpoch, {0}).build())->package.version, "0:1.0-1");
  EXPECT_EQ(parse_rpm_header(header_of("a").build())->package.version, "1.0-1");
}

TEST(RpmHeader, WithoutASourcePackageItIsItsOwn) {
  const auto parsed = parse_rpm_header(header_of("a").numbers(kEpoch, {2}).text(kSourceRpm, "(none)").build());
  EXPECT_EQ(parsed->package.source, (SourcePackage{"a", "1.0-1"}));
}

TEST(RpmHeader, SourceNamesMayHaveDashes) {
  EXPECT_EQ(parse_source_rpm("java-17-openjdk-17.0.7.0.7-1.el9.src.rpm"),
            (SourcePackage{"java-17-openjdk", "17.0.7.0.7-1.el9"}));
  EXPECT_EQ(parse_source_rpm("a-1-2.nosrc.rpm"), (SourcePackage{"a", "1-2"}));
  for (const char* bad : {"", "a-1-2.x86_64.rpm", "a-1.src.rpm", "-1-2.src.rpm", "-2.src.rpm", ".src.rpm"}) {
    EXPECT_EQ(parse_source_rpm(bad), SourcePackage{}) << bad;
  }
}

TEST(RpmHeader, JoinsDirectoriesAndBaseNames) {
  const auto parsed = parse_rpm_header(header_of("a")
                                           .numbers(kDirIndexes, {0, 1, 1})
                                           .texts(kBaseNames, {"usr", "a", "b"})
                                           .texts(kDirNames, {"/", "/usr/bin/"})
                                           .build());
  EXPECT_THAT(parsed->package.files, ElementsAre("/usr", "/usr/bin/a", "/usr/bin/b"));
}

TEST(RpmHeader, ReadsFileNamesOfBeforeRpm4) {
  const auto parsed = parse_rpm_header(header_of("a").texts(kOldFileNames, {"/etc/a", "/bin/b"}).build());
  EXPECT_THAT(parsed->package.files, ElementsAre("/etc/a", "/bin/b"));
}

TEST(RpmHeader, FilesThatWereNotInstalledAreNotListed) {
  const auto parsed = parse_rpm_header(header_of("a")
                                           .numbers(kDirIndexes, {0, 0, 0, 0})
                                           .texts(kBaseNames, {"kept", "doc", "replaced", "lib32"})
                                           .texts(kDirNames, {"/x/"})
                                           .add(kFileStates, kChar, 4, std::string("\0\2\1\4", 4))
                                           .build());
  EXPECT_THAT(parsed->package.files, ElementsAre("/x/kept", "/x/replaced"));
}

TEST(RpmHeader, TheLastEntryOfATagCounts) {
  EXPECT_EQ(parse_rpm_header(header_of("a").text(kName, "b").build())->package.name, "b");
}

TEST(RpmHeader, ABadFileListLeavesThePackage) {
  const auto without_files = [](const HeaderBuilder& header, const char* message) {
    const auto parsed = parse_rpm_header(header.build());
    ASSERT_TRUE(parsed) << parsed.error().message();
    EXPECT_THAT(parsed->package.files, IsEmpty());
    ASSERT_THAT(parsed->errors, SizeIs(1));
    EXPECT_THAT(parsed->errors[0].message(), HasSubstr(message));
  };
  const std::vector<std::string> names = {"x", "y"};
  without_files(header_of("a").numbers(kDirIndexes, {0}).texts(kBaseNames, names).texts(kDirNames, {"/"}),
                "has 1 for 2 files");
  without_files(header_of("a").numbers(kDirIndexes, {0, 7}).texts(kBaseNames, names).texts(kDirNames, {"/"}),
                "directory 7 of 1");
  without_files(header_of("a").texts(kBaseNames, names), "DIRINDEXES");
  without_files(header_of("a").texts(kDirIndexes, names).texts(kBaseNames, names), "32-bit");
  without_files(header_of("a").texts(kOldFileNames, {std::string(5000, 'x')}), "a path of 5000 bytes");
  without_files(header_of("a").add(kOldFileNames, kStringArray, 2, std::string("only one\0x", 10)),
                "states 2 strings and has 1");
}

TEST(RpmHeader, OneLongDirectoryForVeryManyFilesIsRefused) {
  constexpr std::uint32_t kFiles = 100'000;
  std::string names(kFiles, '\0');
  const auto parsed = parse_rpm_header(header_of("a")
                                           .numbers(kDirIndexes, std::vector<std::uint32_t>(kFiles))
                                           .add(kBaseNames, kStringArray, kFiles, names)
                                           .texts(kDirNames, {"/" + std::string(4000, 'd')})
                                           .build());
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->package.files, IsEmpty());
  ASSERT_THAT(parsed->errors, SizeIs(1));
  EXPECT_EQ(parsed->errors[0].code, ErrorCode::limit);
}

TEST(RpmHeader, OverlappingEntriesAreReadAsTheyStand) {
  HeaderBuilder header = header_of("a");
  header.entry(kVendor, kString, 0, 1);  // the name's bytes
  EXPECT_EQ(parse_rpm_header(header.build())->package.vendor, "a");
}

TEST(RpmHeader, WhatIsMissingOrOfAWrongTypeIsNamed) {
  EXPECT_EQ(why(HeaderBuilder().text(kName, "a").text(kVersion, "1").build()), "tag RELEASE: is missing");
  EXPECT_EQ(why(HeaderBuilder().text(kVersion, "1").text(kRelease, "1").build()), "tag NAME: is missing");
  EXPECT_EQ(why(header_of("a").text(kEpoch, "4").build()), "tag EPOCH: is not a 32-bit number");
  EXPECT_EQ(why(header_of("a").numbers(kVersion, {1}).build()), "tag VERSION: is not a string");
  EXPECT_EQ(why(header_of("a").add(kRelease, kString, 1, "endless").build()), "tag RELEASE: its string does not end");
}

TEST(RpmHeader, LyingCountsAreRefused) {
  EXPECT_THAT(why(be32(0x10000) + be32(0)), HasSubstr("at most 65535"));
  EXPECT_THAT(why(be32(1) + be32(0x10000001)), HasSubstr("268435456"));
  EXPECT_THAT(why(be32(2) + be32(100) + std::string(50, 'x')), HasSubstr("2 tags and 100 bytes"));
  EXPECT_THAT(why(header_of("a").build() + "x"), HasSubstr("bytes are not"));
  EXPECT_THAT(why(header_of("a").entry(kVendor, kString, 0xffffffff, 1).build()), HasSubstr("beyond its store"));
  EXPECT_THAT(why(header_of("a").entry(kDirIndexes, kInt32, 0, 0x40000001).build()), HasSubstr("beyond its store"));
  EXPECT_THAT(why(header_of("a").entry(kBaseNames, kStringArray, 0, 0xffffffff).build()), HasSubstr("beyond"));
  EXPECT_THAT(why(header_of("a").entry(9999, 10, 0, 1).build()), HasSubstr("unknown type 10"));
}

TEST(RpmHeader, EveryTruncationIsRefused) {
  const std::string whole = header_of("a").numbers(kDirIndexes, {0}).texts(kBaseNames, {"x"}).build();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_rpm_header(std::string(whole, 0, size))) << size;
  }
}

}  // namespace
}  // namespace oakum::packages
