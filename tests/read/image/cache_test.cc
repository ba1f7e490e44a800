#include "read/image/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read/image/finding_codec.h"

namespace oakum::image {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr Analysers kAnalysers{.wants = packages::wants,
                               .size_limit = packages::size_limit,
                               .analyse = packages::analyse,
                               .assemble = packages::assemble};

packages::Finding full_finding() {
  packages::Finding finding{.path = "var/lib/rpm/rpmdb.sqlite", .format = packages::Format::rpm_sqlite};
  finding.distribution = Distribution{.id = "rhel",
                                      .id_like = "fedora",
                                      .version_id = "9.4",
                                      .codename = "plow",
                                      .name = "Red Hat",
                                      .variant = "container",
                                      .path = "etc/os-release",
                                      .channels = {"eus:9.4", "stream"}};
  for (int i = 0; i < 3; ++i) {
    Package package{.name = "p" + std::to_string(i), .version = "1:2-3", .epoch = "1", .arch = "x86_64"};
    package.source = {.name = "src", .version = "2-3"};
    package.ecosystem = "rpm";
    package.vendor = i == 1 ? "Other" : "Red Hat";
    package.license = "MIT";
    package.module = "nginx:1.24:1:abc";
    package.purl = "pkg:rpm/x";
    package.path = i == 2 ? "elsewhere" : finding.path;
    package.files = {"/usr", "/usr/bin", "/usr/bin/" + std::string(300, 'x'), ""};
    finding.packages.push_back(package);
  }
  finding.files_of = "p1";
  finding.files = {"/a/b", "/a/bc", "/"};
  finding.errors = {{ErrorCode::integrity, "what", "why", "todo"}, {}};
  return finding;
}

TEST(FindingCodec, KeepsEveryField) {
  const packages::Finding finding = full_finding();
  const auto decoded = decode_finding(encode_finding(finding), finding.path, finding.format);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, finding);
  const packages::Finding empty{.path = "x", .format = packages::Format::os_release};
  EXPECT_EQ(decode_finding(encode_finding(empty), "x", packages::Format::os_release), empty);
}

TEST(FindingCodec, RefusesEveryPrefix) {
  const std::string bytes = encode_finding(full_finding());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(decode_finding(std::string_view(bytes).substr(0, n), "p", packages::Format::rpm_sqlite)) << n;
  }
  EXPECT_FALSE(decode_finding(bytes + "x", "p", packages::Format::rpm_sqlite));
}

TEST(FindingCodec, TellsPackagesApartByNameVersionAndArch) {
  packages::Finding finding;
  finding.packages = {{.name = "ab", .version = "c", .arch = "d"},
                      {.name = "a", .version = "bc", .arch = "d"},
                      {.name = "ab", .version = "c", .arch = "e"},
                      {.name = "ab", .version = "c", .arch = "d", .vendor = "other"}};
  const auto keys = package_keys(finding);
  EXPECT_NE(keys[0], keys[1]);
  EXPECT_NE(keys[0], keys[2]);
  EXPECT_EQ(keys[0], keys[3]);
}

LayerFindings layer() {
  const WantedPaths wanted(kAnalysers, {});
  LayerBuilder builder(wanted, {});
  EXPECT_TRUE(builder.file("etc/os-release", 10).value());
  EXPECT_TRUE(builder.captured("ID=alpine\n"));
  EXPECT_TRUE(builder.symlink("var/lib/dpkg", "/opt"));
  EXPECT_TRUE(builder.symlink("usr/bin/x", "y"));  // leads nowhere that matters
  EXPECT_TRUE(builder.whiteout("var/lib/rpm"));
  EXPECT_TRUE(builder.opaque("var"));
  builder.error({ErrorCode::invalid, "entry", "why", ""});
  return builder.finish(7);
}

TEST(LayerFindings, KeepWhatMattersInOrder) {
  const LayerFindings findings = layer();
  ASSERT_THAT(findings.nodes(), SizeIs(2));
  EXPECT_EQ(findings.nodes()[0].path, "etc/os-release");
  EXPECT_EQ(LayerFindings::finding(findings.nodes()[0])->distribution->id, "alpine");
  EXPECT_EQ(findings.nodes()[1].target, "/opt");
  EXPECT_THAT(findings.whiteouts(), ElementsAre("var/lib/rpm"));
  EXPECT_THAT(findings.opaque(), ElementsAre("var"));
  EXPECT_THAT(findings.errors(), SizeIs(1));
  EXPECT_EQ(findings.entries(), 7U);
}

TEST(LayerFindings, DropAMillionLinksThatDoNotMatter) {
  const WantedPaths wanted(kAnalysers, {});
  LayerBuilder builder(wanted, {.nodes = 10});
  for (int i = 0; i < 1'000'000; ++i) ASSERT_TRUE(builder.symlink("usr/lib/l" + std::to_string(i), "x"));
  EXPECT_THAT(builder.finish(1'000'000).nodes(), SizeIs(0));
}

TEST(LayerFindings, HaveALimitForThoseThatDo) {
  const WantedPaths wanted(kAnalysers, {});
  LayerBuilder builder(wanted, {.nodes = 10});
  Status status;
  for (int i = 0; status && i < 20; ++i)
    status = builder.symlink("var/lib/dpkg/info/" + std::to_string(i) + ".list", "x");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::limit);
}

TEST(CacheFile, IsReadBackOnlyWhole) {
  const std::string file = cache_file(layer(), "key");
  const auto read = [](std::string_view bytes, std::string_view key) { return read_cached(bytes, key, nullptr); };
  ASSERT_TRUE(read(file, "key"));
  EXPECT_EQ(read(file, "key")->bytes(), layer().bytes());
  EXPECT_FALSE(read(file, "other key"));
  for (std::size_t i = 0; i < file.size(); ++i) {
    EXPECT_FALSE(read(std::string_view(file).substr(0, i), "key")) << i;
    std::string flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ 4);
    EXPECT_FALSE(read(flipped, "key")) << i;
  }
  EXPECT_FALSE(read(file + "x", "key"));
}

TEST(WantedPaths, KnowsTheDirectoriesOnTheWay) {
  for (const char* path : {"", "etc", "var", "var/lib", "var/lib/dpkg", "var/lib/dpkg/info", "usr/lib/sysimage/rpm",
                           "var/lib/pacman/local", "var/lib/pacman/local/zlib-1", "root/buildinfo/content_manifests"}) {
    EXPECT_TRUE(may_hold_wanted(path)) << path;
  }
  for (const char* path : {"home", "va", "etc/ssl", "usr/lib/x86_64-linux-gnu", "var/lib/dpkg/alternatives",
                           "var/lib/pacman/local/zlib-1/x", "proc"}) {
    EXPECT_FALSE(may_hold_wanted(path)) << path;
  }
}

}  // namespace
}  // namespace oakum::image
