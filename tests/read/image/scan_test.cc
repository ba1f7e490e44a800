#include "read/image/scan.h"

#include <filesystem>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/process.h"
#include "base/text.h"
#include "read/image/layer_source.h"
#include "read/image/tar_builder.h"

namespace oakum::image {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::LayerSource;
using ::testing::SizeIs;
using testing::TarBuilder;

constexpr const char* kOsRelease = "ID=debian\nVERSION_ID=\"12\"\n";

std::string entry(const std::string& name, const std::string& version) {
  return "Package: " + name + "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version + "\n\n";
}

std::string layer_with(const std::string& status) {
  return TarBuilder().file("etc/os-release", kOsRelease).file("var/lib/dpkg/status", status).end().bytes();
}

std::string compress(const std::vector<std::string>& argv, std::string_view bytes) {
  const auto result = run_process(argv, bytes, {.output_bytes = 256 << 20, .time = std::chrono::milliseconds{60'000}});
  EXPECT_TRUE(result && result->exit_status == 0);
  return result ? result->output : "";
}

std::vector<std::string> names(const ImageContents& contents) {
  std::vector<std::string> result;
  for (const Package& package : contents.assembled.packages) result.push_back(package.name + " " + package.version);
  return result;
}

std::vector<std::string> messages(const ImageContents& contents) {
  std::vector<std::string> result;
  for (const Error& error : contents.errors) result.push_back(error.message());
  return result;
}

TEST(ScanImage, FindsPackagesInEveryCompression) {
  const std::string tar = layer_with(entry("a", "1"));
  for (const auto& argv :
       std::vector<std::vector<std::string>>{{"cat"}, {"gzip", "-c"}, {"pigz", "-c"}, {"zstd", "-qc"}}) {
    for (const std::size_t threads : {1UL, 2UL, 5UL}) {
      LayerSource source;
      source.add(tar, compress(argv, tar));
      const ImageContents contents = scan_image(source, {.threads = threads});
      EXPECT_THAT(names(contents), ElementsAre("a 1")) << argv[0];
      EXPECT_THAT(messages(contents), IsEmpty());
      EXPECT_TRUE(contents.complete);
      EXPECT_EQ(contents.assembled.ecosystem, "debian:12");
      EXPECT_EQ(contents.assembled.packages.at(0).layer, source.image().layers[0].diff_id.text());
    }
  }
}

TEST(ScanImage, AttributesAPackageToTheLayerSinceWhichItIsThere) {
  LayerSource source;
  source.add(layer_with(entry("kept", "1") + entry("upgraded", "1") + entry("back", "1")));
  source.add(layer_with(entry("kept", "1") + entry("upgraded", "2")));
  source.add(TarBuilder().file("srv/x", "y").end().bytes());
  source.add(layer_with(entry("kept", "1") + entry("upgraded", "2") + entry("back", "1")));
  const ImageContents contents = scan_image(source, {});
  ASSERT_THAT(names(contents), ElementsAre("back 1", "kept 1", "upgraded 2"));
  const auto layer = [&](std::size_t i) { return source.image().layers[i].diff_id.text(); };
  EXPECT_EQ(contents.assembled.packages[0].layer, layer(3));
  EXPECT_EQ(contents.assembled.packages[1].layer, layer(0));
  EXPECT_EQ(contents.assembled.packages[2].layer, layer(1));
}

TEST(ScanImage, HonoursWhiteouts) {
  const std::string base = TarBuilder()
                               .file("etc/os-release", kOsRelease)
                               .file("var/lib/dpkg/status.d/a", entry("a", "1"))
                               .file("var/lib/dpkg/status.d/b", entry("b", "1"))
                               .end()
                               .bytes();
  const auto after = [&](const TarBuilder& upper) {
    LayerSource source;
    source.add(base).add(upper.bytes());
    return names(scan_image(source, {}));
  };
  EXPECT_THAT(after(TarBuilder().file("var/lib/dpkg/status.d/.wh.a", "")), ElementsAre("b 1"));
  EXPECT_THAT(after(TarBuilder().file("var/lib/.wh.dpkg", "")), IsEmpty());
  EXPECT_THAT(after(TarBuilder().file(".wh.var", "")), IsEmpty());
  EXPECT_THAT(after(TarBuilder().file("var/lib/.wh.dpk", "")), ElementsAre("a 1", "b 1"));
  EXPECT_THAT(after(TarBuilder().file("var/lib/dpkg/status.d/.wh..wh.plnk", "")), ElementsAre("a 1", "b 1"));
  // What a layer hides is what lies below it; its own entries stay, whichever comes first.
  EXPECT_THAT(
      after(TarBuilder().file("var/lib/dpkg/status.d/c", entry("c", "1")).file("var/lib/dpkg/.wh..wh..opq", "")),
      ElementsAre("c 1"));
  EXPECT_THAT(
      after(TarBuilder().file("var/lib/dpkg/status.d/.wh.a", "").file("var/lib/dpkg/status.d/a", entry("a", "2"))),
      ElementsAre("a 2", "b 1"));
  // A directory replaced by something else takes what it held with it.
  EXPECT_THAT(after(TarBuilder().symlink("var/lib/dpkg", "nowhere")), IsEmpty());
  EXPECT_THAT(after(TarBuilder().file("var/lib/dpkg", "x")), IsEmpty());
  EXPECT_THAT(after(TarBuilder().device("var/lib/dpkg/status.d/a")), ElementsAre("b 1"));
  EXPECT_THAT(after(TarBuilder().directory("var/lib/dpkg/status.d/")), ElementsAre("a 1", "b 1"));
}

TEST(ScanImage, TakesTheLastOfTwoEntriesOfOneName) {
  LayerSource source;
  source.add(TarBuilder()
                 .file("etc/os-release", kOsRelease)
                 .file("var/lib/dpkg/status", entry("a", "1"))
                 .file("./var/lib/dpkg/status", entry("a", "2"))
                 .end()
                 .bytes());
  EXPECT_THAT(names(scan_image(source, {})), ElementsAre("a 2"));
}

TEST(ScanImage, FollowsLinksInsideTheImage) {
  const std::string status = entry("a", "1");
  const auto scanned = [&](const std::vector<TarBuilder>& layers) {
    LayerSource source;
    for (const TarBuilder& layer : layers) source.add(layer.bytes());
    return names(scan_image(source, {}));
  };
  const auto file = [&](const char* path) {
    return TarBuilder().file("etc/os-release", kOsRelease).file(path, status);
  };
  // To places where nobody looks: of the file, of its directory, over two links, across layers in both orders.
  EXPECT_THAT(scanned({file("opt/db").symlink("var/lib/dpkg/status", "/opt/db")}), ElementsAre("a 1"));
  EXPECT_THAT(scanned({file("opt/dpkg/status").symlink("var/lib/dpkg", "../../opt/dpkg")}), ElementsAre("a 1"));
  EXPECT_THAT(scanned({file("opt/dpkg/status"), TarBuilder().symlink("var/lib/dpkg", "/opt/dpkg")}),
              ElementsAre("a 1"));
  EXPECT_THAT(scanned({TarBuilder().symlink("var/lib/dpkg", "/opt/dpkg"), file("opt/dpkg/status")}),
              ElementsAre("a 1"));
  EXPECT_THAT(scanned({file("a/b/dpkg/status").symlink("var/lib", "/x/b").symlink("x", "a")}), ElementsAre("a 1"));
  EXPECT_THAT(scanned({file("opt/db").hard_link("var/lib/dpkg/status", "opt/db")}), ElementsAre("a 1"));
  EXPECT_THAT(scanned({file("var/lib/dpkg/status.d/z").hard_link("var/lib/dpkg/status", "var/lib/dpkg/status.d/z")}),
              ElementsAre("a 1"));
  // Not twice where the target is looked at anyway, and no more when the link is gone.
  EXPECT_THAT(scanned({file("opt/dpkg/status").symlink("var/lib/dpkg", "/opt/dpkg"),
                       TarBuilder().file("var/lib/.wh.dpkg", "")}),
              IsEmpty());
  // Loops and ways out end nowhere.
  EXPECT_THAT(scanned({file("x").symlink("var/lib/dpkg", "../../a").symlink("a", "b").symlink("b", "a")}), IsEmpty());
  EXPECT_THAT(scanned({file("x").symlink("var/lib/dpkg", "dpkg")}), IsEmpty());
  EXPECT_THAT(scanned({file("x").symlink("var/lib/dpkg/status", "../../../../../../../../var/lib/dpkg/status")}),
              IsEmpty());
}

TEST(ScanImage, NamesTheLayerThatIsCutShortAndScansTheOthers) {
  const std::string tar = layer_with(entry("b", "1") + std::string(300'000, '\n'));
  LayerSource source;
  source.add(layer_with(entry("a", "1"))).add(tar, compress({"gzip", "-1c"}, tar));
  source.layer(1).size = 40'110'032;
  const ImageContents contents = scan_image(source, {});
  const std::string place =
      "app.tar: layer 2 of 2 (sha256:" + std::string(source.layer(1).diff_id.hex().substr(0, 12)) + "…)";
  EXPECT_THAT(messages(contents), ElementsAre(place + ": ends after " + with_thousands(source.stored(1).size()) +
                                              " of 40,110,032 bytes; the other layer was scanned"));
  EXPECT_FALSE(contents.complete);
  EXPECT_THAT(names(contents), ElementsAre("a 1"));
  source.stored(1).resize(source.stored(1).size() / 2);
  EXPECT_THAT(messages(scan_image(source, {})), ElementsAre(HasSubstr("of 40,110,032 bytes")));
}

TEST(ScanImage, TrustsNoLayerWhoseDigestIsAnother) {
  for (const bool stored : {true, false}) {
    const std::string tar = layer_with(entry("evil", "1"));
    const auto cache = TemporaryDirectory::create("oakum-cache");
    ASSERT_TRUE(cache);
    LayerSource source;
    source.add(tar, compress({"gzip", "-c"}, tar));
    (stored ? source.layer(0).blob : source.layer(0).diff_id) = Digest::sha256_of("something else");
    for (int run = 0; run < 2; ++run) {
      const ImageContents contents = scan_image(source, {.cache_directory = cache->path()});
      ASSERT_THAT(contents.errors, SizeIs(1));
      EXPECT_EQ(contents.errors[0].code, ErrorCode::integrity);
      EXPECT_THAT(names(contents), IsEmpty());
      EXPECT_FALSE(contents.complete);
      EXPECT_EQ(contents.layers_cached, 0U);
    }
  }
}

TEST(ScanImage, NamesForeignLayersAndWhereTheyAre) {
  LayerSource source;
  source.add(layer_with(entry("a", "1"))).add("x");
  source.layer(1).foreign = true;
  source.layer(1).urls = {"https://mcr.example/layer"};
  const ImageContents contents = scan_image(source, {});
  EXPECT_THAT(messages(contents), ElementsAre(HasSubstr("they are at https://mcr.example/layer")));
  EXPECT_FALSE(contents.complete);
  EXPECT_THAT(names(contents), ElementsAre("a 1"));
}

TEST(ScanImage, StopsBombsEarly) {
  const std::string zeros(100 << 20, '\0');
  const std::string tar = TarBuilder().header("srv/zeros", '0', zeros.size()).raw(zeros).end().bytes();
  LayerSource source;
  source.add(tar, compress({"zstd", "-19", "-qc"}, tar)).add(tar, compress({"gzip", "-9c"}, tar));
  // gzip's best is 1032: under the limit by design, and its time is that of its stored bytes.
  EXPECT_THAT(messages(scan_image(source, {})), ElementsAre(HasSubstr("compression bomb")));
  ScanOptions small;
  small.limits.layer_bytes = 1 << 20;
  EXPECT_THAT(messages(scan_image(source, small)),
              ElementsAre(HasSubstr("has more than 1.0 MB when unpacked"), HasSubstr("when unpacked")));
}

TEST(ScanImage, LimitsEntriesAndWhatItKeeps) {
  LayerSource source;
  TarBuilder many;
  for (int i = 0; i < 100; ++i) many.file("srv/f" + std::to_string(i), "");
  source.add(many.bytes()).add(layer_with(entry("a", "1")));
  ScanOptions options;
  options.limits.entries = 50;
  const ImageContents contents = scan_image(source, options);
  ASSERT_THAT(contents.errors, SizeIs(1));
  EXPECT_EQ(contents.errors[0].code, ErrorCode::limit);
  EXPECT_THAT(names(contents), ElementsAre("a 1"));
  options = {};
  options.limits.captured_bytes = 10;
  EXPECT_THAT(messages(scan_image(source, options)), ElementsAre(HasSubstr("package databases of more than")));
}

TEST(ScanImage, ReportsEntriesThatEscapeAndTouchesNothing) {
  const auto directory = TemporaryDirectory::create("oakum-host");
  ASSERT_TRUE(directory);
  LayerSource source;
  source.add(TarBuilder()
                 .file("../../../../../../.." + directory->path() + "/written", "x")
                 .file(directory->path() + "/absolute", "x")
                 .symlink("etc/os-release", directory->path() + "/absolute")
                 .device("dev/sda")
                 .file("var/lib/dpkg/status", entry("a", "1"))
                 .end()
                 .bytes());
  const ImageContents contents = scan_image(source, {});
  EXPECT_THAT(messages(contents), ElementsAre(HasSubstr("its path leaves the image; the entry was skipped")));
  EXPECT_TRUE(contents.complete);
  EXPECT_THAT(names(contents), ElementsAre("a 1"));
  EXPECT_TRUE(std::filesystem::is_empty(directory->path()));
}

TEST(ScanImage, OpensNoLayerThatTheCacheKnows) {
  const auto cache = TemporaryDirectory::create("oakum-cache");
  ASSERT_TRUE(cache);
  LayerSource source;
  source.add(layer_with(entry("a", "1")))
      .add(TarBuilder().file("var/lib/dpkg/info/a.list", "/.\n/usr/bin/a\n").bytes());
  const ScanOptions options{.cache_directory = cache->path()};
  const ImageContents cold = scan_image(source, options);
  EXPECT_EQ(source.opened, 2);
  EXPECT_EQ(cold.layers_cached, 0U);
  const ImageContents warm = scan_image(source, options);
  EXPECT_EQ(source.opened, 2);
  EXPECT_EQ(warm.layers_cached, 2U);
  EXPECT_EQ(warm.assembled.packages, cold.assembled.packages);
  EXPECT_THAT(warm.assembled.packages.at(0).files, ::testing::Contains("/usr/bin/a"));
  EXPECT_EQ(warm.assembled.distribution, cold.assembled.distribution);

  // Whatever befalls the files, the scan is none the worse.
  for (const auto& file : std::filesystem::recursive_directory_iterator(cache->path())) {
    if (!file.is_regular_file()) continue;
    std::string bytes = read_file(file.path(), 1 << 20).value();
    bytes[bytes.size() / 2] ^= 1;
    ASSERT_TRUE(write_file_atomically(file.path(), bytes));
  }
  const ImageContents damaged = scan_image(source, options);
  EXPECT_EQ(source.opened, 4);
  EXPECT_EQ(damaged.assembled.packages, cold.assembled.packages);
  EXPECT_EQ(scan_image(source, options).layers_cached, 2U);
}

TEST(ScanImage, ReportsProgressToTheEnd) {
  LayerSource source;
  for (int i = 0; i < 5; ++i) source.add(layer_with(entry("a", std::to_string(i))));
  std::size_t done = 0;
  std::size_t calls = 0;
  const ImageContents contents = scan_image(source, {.threads = 3, .progress = [&](const ScanProgress& progress) {
                                                       EXPECT_EQ(progress.layers, 5U);
                                                       done = progress.layers_done;
                                                       ++calls;
                                                     }});
  EXPECT_EQ(done, 5U);
  EXPECT_GE(calls, 5U);
  EXPECT_THAT(names(contents), ElementsAre("a 4"));
}

TEST(ScanImage, GivesTheSameWithAnyNumberOfThreads) {
  LayerSource source;
  std::string noise;
  for (unsigned i = 0; noise.size() < 3'000'000; ++i) noise += std::to_string(i * 2654435761U);
  for (int i = 0; i < 12; ++i) {
    const std::string tar = TarBuilder()
                                .file("srv/noise" + std::to_string(i), noise)
                                .file("etc/os-release", kOsRelease)
                                .file("var/lib/dpkg/status.d/p" + std::to_string(i), entry("p", std::to_string(i)))
                                .end()
                                .bytes();
    source.add(tar, compress({"gzip", "-1c"}, tar));
  }
  const ImageContents one = scan_image(source, {.threads = 1});
  ASSERT_THAT(one.assembled.packages, SizeIs(12));
  for (const std::size_t threads : {2UL, 3UL, 24UL}) {
    EXPECT_EQ(scan_image(source, {.threads = threads}).assembled.packages, one.assembled.packages);
  }
}

TEST(ScanImage, ReadsUnpackedTreesInPlace) {
  const auto root = TemporaryDirectory::create("oakum-root");
  ASSERT_TRUE(root);
  const auto write = [&](const std::string& path, const std::string& bytes) {
    const std::string full = root->path() + "/" + path;
    ASSERT_TRUE(make_directories(full.substr(0, full.rfind('/'))));
    ASSERT_TRUE(write_file_atomically(full, bytes));
  };
  write("lower/usr/lib/os-release", kOsRelease);
  write("lower/opt/dpkg/status", entry("a", "1"));
  write("lower/var/lib/dpkg2/status", entry("not", "1"));
  write("outside/status", entry("host", "1"));
  ASSERT_EQ(::symlink("/opt/dpkg", (root->path() + "/lower/var/lib/dpkg").c_str()), 0);
  ASSERT_TRUE(make_directories(root->path() + "/lower/usr/share"));
  ASSERT_EQ(::symlink((root->path() + "/outside").c_str(), (root->path() + "/lower/usr/share/rpm").c_str()), 0);

  class Tree final : public ImageSource {
   public:
    explicit Tree(std::vector<std::string> paths) : paths_(std::move(paths)) {
      image_.name = "rootfs";
      image_.layers.resize(paths_.size());
    }
    const Image& image() const override { return image_; }
    Result<std::unique_ptr<ByteStream>> open_layer(std::size_t) override { return fail(ErrorCode::internal, "", ""); }
    std::optional<Directory> layer_directory(std::size_t i) const override { return Directory{paths_[i], true}; }

   private:
    Image image_;
    std::vector<std::string> paths_;
  };
  Tree tree({root->path() + "/lower"});
  const ImageContents contents = scan_image(tree, {});
  EXPECT_THAT(messages(contents), IsEmpty());
  EXPECT_THAT(names(contents), ElementsAre("a 1"));
  EXPECT_EQ(contents.assembled.ecosystem, "debian:12");

  // An upper directory, as overlayfs and fuse-overlayfs write it.
  write("upper/opt/.wh.dpkg", "");
  write("upper/var/lib/dpkg/status", entry("b", "2"));
  Tree both({root->path() + "/lower", root->path() + "/upper"});
  EXPECT_THAT(names(scan_image(both, {})), ElementsAre("b 2"));
  Tree missing({root->path() + "/none"});
  const ImageContents nothing = scan_image(missing, {});
  EXPECT_FALSE(nothing.complete);
  EXPECT_THAT(messages(nothing), ElementsAre(HasSubstr("No such file")));
}

}  // namespace
}  // namespace oakum::image
