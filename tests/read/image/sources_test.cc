// Archives, layouts and local storage opened as users name them: files made from nothing, through open_source().
#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/fd.h"
#include "image_files.h"
#include "net/credentials.h"
#include "read/image/archive_index.h"
#include "read/image/containers_storage.h"
#include "read/image/engine.h"
#include "read/image/engine_address.h"
#include "read/image/overlay2.h"
#include "read/image/source.h"
#include "read/image/target.h"

namespace oakum::image {
namespace {

using testing::descriptor_of;
using testing::hex_of;
using testing::MadeImage;
using testing::make_image_files;
using testing::make_tar;
using testing::TarFile;

class SourcesTest : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return directory_.path() + "/" + name; }

  std::string write(const std::string& name, std::string_view bytes) {
    const std::string full = path(name);
    EXPECT_TRUE(make_directories(full.substr(0, full.rfind('/'))));
    EXPECT_TRUE(write_file_atomically(full, bytes));
    return full;
  }

  static Result<std::unique_ptr<ImageSource>> open(const std::string& target,
                                                   const std::string& platform = "linux/amd64") {
    return open_source(target, {.platform = platform});
  }

  static void expect_layers(Result<std::unique_ptr<ImageSource>> source, const MadeImage& made) {
    ASSERT_TRUE(source) << source.error().message();
    ASSERT_EQ((*source)->image().layers.size(), made.layers.size());
    EXPECT_EQ((*source)->image().id, Digest::sha256_of(made.config));
    for (std::size_t i = 0; i < made.layers.size(); ++i) {
      auto stream = (*source)->open_layer(i);
      ASSERT_TRUE(stream) << stream.error().message();
      const auto bytes = read_all(**stream, 1 << 20, "layer");
      ASSERT_TRUE(bytes);
      EXPECT_EQ(*bytes, made.layers[i]);
    }
  }

  static std::string message(const Result<std::unique_ptr<ImageSource>>& source) {
    return source ? std::string("opened") : source.error().message();
  }

  TemporaryDirectory directory_ = std::move(*TemporaryDirectory::create("oakum-test"));
};

// As docker up to 24 saves: ID/layer.tar, with a layer that is a link to another image's.
std::vector<TarFile> legacy_save(const MadeImage& image, const std::string& tag) {
  const std::string config = hex_of(image.config) + ".json";
  return {{"aa/", "", '5'},
          {"aa/VERSION", "1.0"},
          {"aa/layer.tar", image.layers[0]},
          {"bb/layer.tar", "", '2', "../cc/layer.tar"},
          {"cc/layer.tar", image.layers[1]},
          {config, image.config},
          {"manifest.json", R"([{"Config":")" + config + R"(","RepoTags":[")" + tag +
                                R"("],"Layers":["aa/layer.tar","bb/layer.tar"]}])"},
          {"repositories", "{}"}};
}

TEST_F(SourcesTest, OpensLegacyDockerArchives) {
  const MadeImage image = make_image_files();
  const std::string file = write("app.tar", make_tar(legacy_save(image, "team/app:1.0")));
  expect_layers(open(file), image);
  expect_layers(open(file + ":team/app:1.0"), image);
  expect_layers(open("docker-archive:" + file + ":1.0"), image);
  EXPECT_NE(message(open(file + ":2.0")).find("it has team/app:1.0"), std::string::npos);
  EXPECT_NE(message(open(file, "linux/arm64")).find("for linux/amd64, not linux/arm64"), std::string::npos);
}

TEST_F(SourcesTest, RefusesAConfigThatIsNotTheOneItIsNamedAs) {
  auto files = legacy_save(make_image_files(), "a:1");
  files[5].content += " ";
  const auto source = open(write("app.tar", make_tar(files)));
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::integrity);
}

TEST_F(SourcesTest, ChoosesAmongImagesOfOneArchive) {
  const MadeImage one = make_image_files("amd64");
  const MadeImage two = make_image_files("arm64");
  const auto entry = [](const MadeImage& image, const std::string& tag) {
    return R"({"Config":"blobs/sha256/)" + hex_of(image.config) + R"(","RepoTags":[")" + tag +
           R"("],"Layers":["blobs/sha256/)" + hex_of(image.layers[0]) + "\",\"blobs/sha256/" + hex_of(image.layers[1]) +
           "\"]}";
  };
  std::vector<TarFile> files;
  for (const MadeImage& image : {one, two}) {
    files.push_back({"blobs/sha256/" + hex_of(image.config), image.config});
    for (const auto& layer : image.layers) files.push_back({"blobs/sha256/" + hex_of(layer), layer});
  }
  auto same_platform = files;
  files.push_back({"manifest.json", "[" + entry(one, "a:1") + "," + entry(two, "b:1") + "]"});
  const std::string file = write("two.tar", make_tar(files));
  expect_layers(open(file), one);
  expect_layers(open(file, "linux/arm64"), two);
  expect_layers(open(file + ":b:1", "linux/arm64"), two);
  expect_layers(open(file + ":@0"), one);
  same_platform.push_back({"manifest.json", "[" + entry(one, "a:1") + "," + entry(one, "b:1") + "]"});
  const auto ambiguous = open(write("same.tar", make_tar(same_platform)));
  EXPECT_NE(message(ambiguous).find("holds 2 images"), std::string::npos);
  EXPECT_NE(message(ambiguous).find("a:1, b:1"), std::string::npos);
}

TEST_F(SourcesTest, TellsBrokenArchivesApart) {
  EXPECT_NE(message(open(write("text.tar", std::string(2000, 'x')))).find("not a tar archive"), std::string::npos);
  EXPECT_NE(message(open(write("root.tar", make_tar({{"etc/passwd", ""}})))).find("not an image archive"),
            std::string::npos);
  EXPECT_NE(message(open(write("old.tar", make_tar({{"repositories", "{}"}})))).find("older than 1.10"),
            std::string::npos);
  const std::string whole = make_tar(legacy_save(make_image_files(), "a:1"));
  EXPECT_NE(message(open(write("cut.tar", whole.substr(0, 2000)))).find("ends"), std::string::npos);
  auto missing = legacy_save(make_image_files(), "a:1");
  missing.erase(missing.begin() + 2);
  EXPECT_NE(message(open(write("missing.tar", make_tar(missing)))).find("has no file \"aa/layer.tar\""),
            std::string::npos);
  EXPECT_NE(message(open(path("none.tar"))).find("no such file"), std::string::npos);
}

TEST_F(SourcesTest, DoesNotFollowLinksInCirclesOrOutOfTheArchive) {
  const std::string file = write("links.tar", make_tar({{"a", "", '2', "b"},
                                                        {"b", "", '2', "a"},
                                                        {"c", "", '2', "/etc/passwd"},
                                                        {"d", "", '2', "../../etc/passwd"},
                                                        {"../e", "x"},
                                                        {"f", "", '3'}}));
  auto fd = open_file(file, O_RDONLY);
  const auto index = ArchiveIndex::read(std::make_shared<const Fd>(std::move(*fd)), "links.tar");
  ASSERT_TRUE(index);
  for (const char* name : {"a", "b", "c", "d", "e", "../e", "f"}) EXPECT_FALSE(index->contains(name)) << name;
}

struct Layout {
  std::vector<TarFile> files;
  void add(const std::string& bytes) { files.push_back({"blobs/sha256/" + hex_of(bytes), bytes}); }
  std::string add_image(const MadeImage& image) {
    add(image.config);
    for (const auto& layer : image.layers) add(layer);
    const std::string manifest = R"({"schemaVersion":2,"config":)" + descriptor_of(image.config) + R"(,"layers":[)" +
                                 descriptor_of(image.layers[0]) + "," + descriptor_of(image.layers[1]) + "]}";
    add(manifest);
    return manifest;
  }
};

TEST_F(SourcesTest, OpensLayoutsWithNestedIndexesAsDirectoryAndArchive) {
  const MadeImage amd = make_image_files("amd64");
  const MadeImage arm = make_image_files("arm64");
  Layout layout;
  const std::string amd_manifest = layout.add_image(amd);
  const std::string arm_manifest = layout.add_image(arm);
  const std::string nested =
      R"({"schemaVersion":2,"manifests":[)" +
      descriptor_of(amd_manifest, R"(,"platform":{"os":"linux","architecture":"amd64"})") + "," +
      descriptor_of(arm_manifest, R"(,"platform":{"os":"linux","architecture":"arm64","variant":"v8"})") + "]}";
  layout.add(nested);
  layout.files.push_back({"oci-layout", "{}"});
  layout.files.push_back(
      {"index.json", R"({"schemaVersion":2,"manifests":[)" +
                         descriptor_of(nested, R"(,"annotations":{"org.opencontainers.image.ref.name":"v1"})") + "]}"});
  const std::string archive = write("oci.tar", make_tar(layout.files));
  for (const auto& file : layout.files) write("layout/" + file.path, file.content);
  for (const std::string& target :
       {archive, "oci-archive:" + archive + ":v1", path("layout"), "oci:" + path("layout") + ":v1"}) {
    expect_layers(open(target), amd);
    expect_layers(open(target, "linux/arm64"), arm);
  }
  // An archive is open already; a directory's blobs are opened when they are read.
  EXPECT_EQ((*open(archive))->reads(), std::vector<std::string>());
  EXPECT_EQ((*open("oci:" + path("layout") + ":v1"))->reads(), std::vector{path("layout")});
  EXPECT_FALSE((*open(path("layout")))->remote());
  EXPECT_NE(message(open(path("layout"), "linux/s390x")).find("linux/amd64, linux/arm64/v8"), std::string::npos);
  EXPECT_NE(message(open(path("layout") + ":v2")).find("it has v1"), std::string::npos);
  write("layout/blobs/sha256/" + hex_of(arm.config), "{}");
  EXPECT_EQ(open(path("layout"), "linux/arm64").error().code, ErrorCode::integrity);
  std::filesystem::remove(path("layout/blobs/sha256/" + hex_of(amd.config)));
  ASSERT_EQ(::mkfifo(path("layout/blobs/sha256/" + hex_of(amd.config)).c_str(), 0600), 0);
  EXPECT_NE(message(open(path("layout"))).find("not a regular file"), std::string::npos);
}

TEST_F(SourcesTest, OpensRootFileSystems) {
  write("root/etc/os-release", "ID=debian\n");
  write("root/usr/bin/x", "");
  for (const std::string& target : {path("root"), "dir:" + path("root"), "rootfs:" + path("root")}) {
    const auto source = open(target);
    ASSERT_TRUE(source);
    EXPECT_EQ((*source)->layer_directory(0)->path, path("root"));
    EXPECT_FALSE((*source)->layer_directory(0)->overlay);
    EXPECT_EQ((*source)->reads(), std::vector{path("root")});
  }
  EXPECT_FALSE(open("rootfs:" + path("nowhere")));
}

TEST_F(SourcesTest, ReadsDockersOverlay2InPlace) {
  const MadeImage image = make_image_files();
  const std::string id = hex_of(image.config);
  const Digest first = Digest::sha256_of(image.layers[0]);
  const Digest second = next_chain_id(first, Digest::sha256_of(image.layers[1]));
  const std::string base = "docker/image/overlay2/";
  write(base + "repositories.json", R"({"Repositories":{"team/app":{"team/app:1.0":"sha256:)" + id + R"("}}})");
  write(base + "imagedb/content/sha256/" + id, image.config);
  write(base + "layerdb/sha256/" + std::string(first.hex()) + "/cache-id", "one");
  write(base + "layerdb/sha256/" + std::string(second.hex()) + "/cache-id", "two\n");
  write("docker/overlay2/one/diff/etc/os-release", "ID=debian\n");
  write("docker/overlay2/two/diff/a", "");
  for (const std::string& name : {std::string("team/app:1.0"), std::string("docker.io/team/app:1.0"), id,
                                  id.substr(0, 12), std::string("sha256:") + id}) {
    const auto source = open("overlay2:[" + path("docker") + "]" + name);
    ASSERT_TRUE(source) << source.error().message();
    EXPECT_EQ((*source)->layer_directory(0)->path, path("docker/overlay2/one/diff"));
    EXPECT_EQ((*source)->layer_directory(1)->path, path("docker/overlay2/two/diff"));
    EXPECT_TRUE((*source)->layer_directory(1)->overlay);
    EXPECT_EQ((*source)->reads(), (std::vector{path("docker/overlay2/one/diff"), path("docker/overlay2/two/diff")}));
    EXPECT_EQ((*source)->image().layers[1].created_by, "RUN");
    EXPECT_EQ((*source)->image().tags, std::vector<std::string>{"team/app:1.0"});
  }
  EXPECT_FALSE(open("overlay2:[" + path("docker") + "]team/app:2.0"));
  write(base + "layerdb/sha256/" + std::string(second.hex()) + "/cache-id", "../../../etc");
  EXPECT_EQ(open("overlay2:[" + path("docker") + "]team/app:1.0").error().code, ErrorCode::invalid);
  write(base + "imagedb/content/sha256/" + id, "{}");
  EXPECT_EQ(open("overlay2:[" + path("docker") + "]team/app:1.0").error().code, ErrorCode::integrity);
}

TEST_F(SourcesTest, ReadsContainersStorageInPlace) {
  const MadeImage image = make_image_files();
  const std::string id = hex_of(image.config);
  const std::string manifest = R"({"schemaVersion":2,"config":)" + descriptor_of(image.config) + R"(,"layers":[)" +
                               descriptor_of(image.layers[0]) + "," + descriptor_of(image.layers[1]) + "]}";
  const auto layer = [&](const std::string& name, const std::string& parent, const std::string& bytes) {
    write("store/overlay/" + name + "/diff/x", "");
    return R"({"id":")" + name + R"(","parent":")" + parent + R"(","diff-digest":")" + Digest::sha256_of(bytes).text() +
           "\"}";
  };
  write("store/overlay-images/images.json",
        R"([{"id":")" + id + R"(","digest":")" + Digest::sha256_of(manifest).text() +
            R"(","names":["localhost/app:latest","quay.io/t/app:1"],"layer":"two"}])");
  write("store/overlay-images/" + id + "/manifest", manifest);
  write("store/overlay-images/" + id + "/=" + net::base64_encode("sha256:" + id), image.config);
  write("store/overlay-layers/layers.json",
        "[" + layer("one", "", image.layers[0]) + "," + layer("two", "one", image.layers[1]) + "]");
  for (const std::string& name : {std::string("app"), std::string("quay.io/t/app:1"), id.substr(0, 8)}) {
    const auto source = open("containers-storage:[overlay@" + path("store") + "+/run/x]" + name);
    ASSERT_TRUE(source) << source.error().message();
    EXPECT_EQ((*source)->layer_directory(0)->path, path("store/overlay/one/diff"));
    EXPECT_EQ((*source)->layer_directory(1)->path, path("store/overlay/two/diff"));
    EXPECT_EQ((*source)->image().manifest, Digest::sha256_of(manifest));
  }
  write("store/overlay-layers/layers.json",
        "[" + layer("one", "", image.layers[0]) + "," + layer("two", "one", image.layers[0]) + "]");
  EXPECT_EQ(open("containers-storage:[" + path("store") + "]app").error().code, ErrorCode::integrity);
  write("store/overlay-layers/layers.json", "[" + layer("two", "two", image.layers[1]) + "]");
  EXPECT_FALSE(open("containers-storage:[" + path("store") + "]app"));
}

TEST(StorageConf, FindsEveryRoot) {
  const auto roots = parse_storage_conf(
      "[storage]\ndriver = \"overlay\"\n# graphroot = \"/no\"\ngraphroot = \"/data/s\"\n"
      "rootless_storage_path = \"/r\"\n[storage.options]\nadditionalimagestores = [\n \"/x\",\n \"/y\" ]\n"
      "[other]\ngraphroot = \"/z\"\n",
      false);
  EXPECT_EQ(roots, (std::vector<std::string>{"/data/s", "/x", "/y"}));
}

TEST(Target, KnowsSchemesFromNames) {
  EXPECT_EQ(parse_target("docker-archive:a.tar")->scheme, Scheme::docker_archive);
  EXPECT_EQ(parse_target("docker:a")->scheme, Scheme::docker);
  EXPECT_EQ(parse_target("docker://a")->scheme, Scheme::registry);
  EXPECT_EQ(parse_target("registry://a/b")->rest, "a/b");
  EXPECT_EQ(parse_target("oci-dir://x")->rest, "x");
  EXPECT_EQ(parse_target("dir:/")->scheme, Scheme::rootfs);
  for (const char* name : {"nginx:1.27", "localhost:5000/a", "dockerfile:1", "oci", "a@sha256:b"}) {
    EXPECT_EQ(parse_target(name)->scheme, Scheme::none) << name;
  }
  EXPECT_EQ(parse_target("containerd:a").error().code, ErrorCode::unsupported);
  EXPECT_FALSE(parse_target(""));
  EXPECT_FALSE(parse_target("docker:"));
}

TEST(EngineAddress, ReadsHosts) {
  EXPECT_EQ(parse_engine_host("unix:///run/d.sock", {})->unix_socket, "/run/d.sock");
  EXPECT_EQ(parse_engine_host("tcp://h:1234", {})->base_url, "http://h:1234");
  EXPECT_EQ(parse_engine_host("tcp://h", {})->base_url, "http://h:2375");
  EXPECT_EQ(parse_engine_host("tcp://h", net::TlsOptions{})->base_url, "https://h:2376");
  EXPECT_EQ(parse_engine_host("ssh://u@h", {}).error().code, ErrorCode::unsupported);
  for (const char* host : {"unix://relative", "npipe:////./pipe/x", "tcp://", "tcp://a b", ""})
    EXPECT_FALSE(parse_engine_host(host, {})) << host;
}

TEST_F(SourcesTest, FindsTheEngineAsDockersClientDoes) {
  const std::string id(Digest::sha256_of("remote").hex());
  write(".docker/config.json", R"({"currentContext":"remote"})");
  write(".docker/contexts/meta/" + id + "/meta.json",
        R"({"Name":"remote","Endpoints":{"docker":{"Host":"tcp://far:2376","SkipTLSVerify":false}}})");
  const std::string ca = write(".docker/contexts/tls/" + id + "/docker/ca.pem", "x");
  EngineEnvironment environment{.home = directory_.path()};
  const auto context = docker_address(environment);
  ASSERT_TRUE(context) << context.error().message();
  EXPECT_EQ(context->base_url, "https://far:2376");
  EXPECT_EQ(context->tls.ca_file, ca);
  EXPECT_TRUE(context->tls.verify);
  environment.docker_context = "gone";
  EXPECT_EQ(docker_address(environment).error().code, ErrorCode::not_found);
  environment.docker_context = "default";
  EXPECT_FALSE(docker_address(environment)->unix_socket.empty());
  environment.docker_host = "tcp://near:2376";
  environment.docker_tls_verify = "1";
  environment.docker_cert_path = path(".docker/contexts/tls/" + id + "/docker");
  EXPECT_EQ(docker_address(environment)->base_url, "https://near:2376");
  EXPECT_EQ(docker_address(environment)->tls.ca_file, ca);
}

TEST(Engine, KnowsWhichHistoryEntryMadeALayerOnlyWhenItIsCertain) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  const std::string inspect =
      R"({"Id":")" + digest +
      R"(","Os":"linux","Architecture":"arm64","RepoTags":["a:1"],"Config":{"User":"u"},"RootFS":{"Layers":[")" +
      digest + "\",\"" + digest + "\"]}}";
  const auto known = parse_inspect(
      inspect, R"([{"CreatedBy":"two","Size":5},{"CreatedBy":"env","Size":0},{"CreatedBy":"one","Size":9}])", "a");
  ASSERT_TRUE(known) << known.error().message();
  EXPECT_TRUE(known->history_known);
  EXPECT_EQ(known->image.layers[0].created_by, "one");
  EXPECT_EQ(known->image.layers[1].created_by, "two");
  EXPECT_EQ(known->image.config.user, "u");
  EXPECT_FALSE(
      parse_inspect(inspect, R"([{"CreatedBy":"two","Size":0},{"CreatedBy":"one","Size":9}])", "a")->history_known);
  EXPECT_FALSE(parse_inspect("{}", "", "a"));
  EXPECT_FALSE(parse_inspect("[", "", "a"));
}

}  // namespace
}  // namespace oakum::image
