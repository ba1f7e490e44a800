#include <zstd.h>

#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kHeader = "{\"jsonwall\":\"1.0\",\"schema\":\"1.0\",\"count\":6}\n";

std::string compressed(std::string_view text) {
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), 3));
  return bytes;
}

Finding wall(std::string_view bytes) { return read("var/lib/chisel/manifest.wall", bytes); }

TEST(Chisel, ReadsPackagesAndTheirContent) {
  const Finding finding =
      wall(compressed(std::string(kHeader) +
                      R"({"kind":"content","slice":"base-files_base","path":"/etc/os-release"})"
                      "\n"
                      R"({"kind":"content","slice":"base-files_var","path":"/var/"})"
                      "\n"
                      R"({"kind":"content","slice":"libc6_libs","path":"/lib/libc.so.6"})"
                      "\n"
                      R"({"kind":"package","name":"base-files","version":"13ubuntu10.1","sha256":"aa","arch":"amd64"})"
                      "\n"
                      R"({"kind":"package","name":"libc6","version":"2.39-0ubuntu8.3","sha256":"bb","arch":"amd64"})"
                      "\n"
                      R"({"kind":"path","path":"/etc/os-release","mode":"0644","slices":["base-files_base"]})"
                      "\n"
                      R"({"kind":"slice","name":"base-files_base"})"
                      "\n"));
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_THAT(names(finding.packages), ElementsAre("base-files", "libc6"));
  EXPECT_EQ(finding.packages[1].version, "2.39-0ubuntu8.3");
  EXPECT_EQ(finding.packages[1].arch, "amd64");
  EXPECT_EQ(finding.packages[1].ecosystem, "deb");
  EXPECT_EQ(finding.packages[1].source, (SourcePackage{"libc6", "2.39-0ubuntu8.3"}));
  EXPECT_THAT(finding.packages[0].files, ElementsAre("/etc/os-release"));
  EXPECT_THAT(finding.packages[1].files, ElementsAre("/lib/libc.so.6"));
}

TEST(Chisel, AnUnreadableLineDoesNotHideTheOthers) {
  const Finding finding = wall(compressed(std::string(kHeader) + "{\"kind\":\"package\"\n" +
                                          R"({"kind":"package","name":"a b","version":"1"})"
                                          "\n"
                                          R"({"kind":"package","name":7,"version":"1"})"
                                          "\n"
                                          R"({"kind":"package","name":"ok","version":"1"})"));
  EXPECT_THAT(names(finding.packages), ElementsAre("ok"));
  EXPECT_THAT(messages(finding.errors),
              ElementsAre(HasSubstr("manifest.wall:2: the line is not a JSON object"),
                          HasSubstr(":3: a package without"), HasSubstr(":4: a package without")));
}

TEST(Chisel, RefusesWhatIsNoManifest) {
  EXPECT_THAT(messages(wall("plain text").errors), ElementsAre(HasSubstr("zstd")));
  EXPECT_THAT(messages(wall(compressed("{\"kind\":\"package\"}\n")).errors), ElementsAre(HasSubstr("jsonwall header")));
  const std::string whole = compressed(std::string(kHeader) + R"({"kind":"package","name":"ok","version":"1"})");
  EXPECT_THAT(messages(wall(whole.substr(0, whole.size() - 3)).errors), ElementsAre(HasSubstr("ends too early")));
  EXPECT_THAT(messages(wall("").errors), ElementsAre(HasSubstr("ends too early")));
}

TEST(Chisel, StopsAtAZstdBomb) {
  const Finding finding = wall(compressed(std::string(std::size_t{200} << 20, ' ')));
  ASSERT_EQ(finding.errors.size(), 1U);
  EXPECT_EQ(finding.errors[0].code, ErrorCode::limit);
}

TEST(Chisel, DeeplyNestedLinesAreRefusedNotFollowed) {
  const Finding finding = wall(compressed(std::string(kHeader) + std::string(60'000, '[') + "\n"));
  EXPECT_EQ(finding.errors.size(), 1U);
}

TEST(Chisel, ADpkgEntryOfTheSamePackageIsKeptForItsSource) {
  const Assembled assembled = assemble_files(
      {{"var/lib/chisel/manifest.wall",
        compressed(std::string(kHeader) + R"({"kind":"content","slice":"libc6_libs","path":"/lib/libc.so.6"})"
                                          "\n"
                                          R"({"kind":"package","name":"libc6","version":"2","arch":"amd64"})")},
       {"var/lib/dpkg/status", "Package: libc6\nArchitecture: amd64\nVersion: 2\nSource: glibc\n"}});
  ASSERT_EQ(assembled.packages.size(), 1U);
  EXPECT_EQ(assembled.packages[0].source.name, "glibc");
  EXPECT_THAT(assembled.packages[0].files, ElementsAre("/lib/libc.so.6"));
}

}  // namespace
}  // namespace oakum::packages
