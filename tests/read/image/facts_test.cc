#include "read/image/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "read/image/account_files.h"
#include "read/image/config_facts.h"
#include "read/image/file_kinds.h"
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
using Kind = FileFact::Kind;

struct Entry {
  std::string_view path;
  std::string_view content = "x";
  const char* mode = "0000644";
  char type = '0';
  std::string_view link = {};
  std::string_view capability = {};
  const char* uid = "0000000";
};

std::string layer(const std::vector<Entry>& entries) {
  TarBuilder tar;
  for (const Entry& entry : entries) {
    if (!entry.capability.empty()) tar.pax("SCHILY.xattr.security.capability", entry.capability);
    const std::size_t size = entry.type == '0' ? entry.content.size() : 0;
    std::string header = TarBuilder().header(entry.path, entry.type, size, entry.link).bytes();
    TarBuilder::put(header, 100, entry.mode);
    TarBuilder::put(header, 108, entry.uid);
    TarBuilder::seal(header);
    tar.raw(header);
    if (size > 0) tar.raw(entry.content).pad();
  }
  return tar.end().bytes();
}

ImageFacts facts_of(LayerSource& source) {
  auto facts = image_facts(source, "app", {});
  EXPECT_TRUE(facts.has_value()) << facts.error().message();
  return facts ? std::move(*facts) : ImageFacts();
}

std::vector<std::string> paths(const ImageFacts& facts, Kind kind, bool deleted = false) {
  std::vector<std::string> found;
  for (const FileFact& file : facts.files) {
    if (file.kind == kind && file.deleted_later == deleted) found.push_back(file.path);
  }
  return found;
}

TEST(ImageFacts, KnowsFilesByModeNameAndAttributes) {
  LayerSource source;
  source.add(layer({{.path = "usr/bin/su", .mode = "0004755", .uid = "0000007"},
                    {.path = "usr/bin/wall", .mode = "0002755"},
                    {.path = "usr/bin/ping", .mode = "0000755", .capability = "\x01\x02"},
                    {.path = "usr/bin/gcc-12", .mode = "0000755"},
                    {.path = "bin/sh", .type = '2', .link = "dash"},
                    {.path = "data/", .mode = "0000777", .type = '5'},
                    {.path = "tmp/", .mode = "0001777", .type = '5'},
                    {.path = "app/.env", .content = "A=b"},
                    {.path = "app/.git/config"}}));
  const ImageFacts facts = facts_of(source);
  EXPECT_TRUE(facts.files_known);
  EXPECT_THAT(paths(facts, Kind::setuid), ElementsAre("/usr/bin/su"));
  EXPECT_THAT(paths(facts, Kind::setgid), ElementsAre("/usr/bin/wall"));
  EXPECT_THAT(paths(facts, Kind::capability), ElementsAre("/usr/bin/ping"));
  EXPECT_THAT(paths(facts, Kind::compiler), ElementsAre("/usr/bin/gcc-12"));
  EXPECT_THAT(paths(facts, Kind::shell), ElementsAre("/bin/sh"));
  EXPECT_THAT(paths(facts, Kind::world_writable), ElementsAre("/data"));
  EXPECT_THAT(paths(facts, Kind::secret_name), ElementsAre("/app/.env"));
  EXPECT_THAT(paths(facts, Kind::unnecessary), ElementsAre("/app/.git/config"));
  EXPECT_TRUE(facts.has_file(Kind::shell, "sh"));
  const FileFact& su = *std::ranges::find(facts.files, Kind::setuid, &FileFact::kind);
  EXPECT_EQ(su.mode, 04755U);
  EXPECT_EQ(su.uid, 7U);
  EXPECT_EQ(su.layer, source.image().layers[0].diff_id.text());
  EXPECT_EQ(facts.file_count, 6U);
}

TEST(ImageFacts, LaysLayersOverEachOther) {
  LayerSource source;
  source.add(layer({{.path = "a/id_rsa", .content = "12345"},
                    {.path = "b/secret.key", .content = "123"},
                    {.path = "c/x.pem", .content = "-----BEGIN PRIVATE KEY-----"},
                    {.path = "usr/bin/su", .mode = "0004755"}}));
  source.add(layer({{.path = "a/.wh.id_rsa", .content = ""},
                    {.path = "b/.wh..wh..opq", .content = ""},
                    {.path = "usr/bin/su", .mode = "0000755"}}));
  source.add(layer({{.path = ".wh.c", .content = ""}, {.path = "b/new.key", .content = "1234567"}}));
  const ImageFacts facts = facts_of(source);
  EXPECT_THAT(paths(facts, Kind::secret_name, true), ElementsAre("/a/id_rsa", "/b/secret.key", "/c/x.pem"));
  EXPECT_THAT(paths(facts, Kind::secret_name), ElementsAre("/b/new.key"));
  EXPECT_THAT(paths(facts, Kind::setuid), IsEmpty());
  EXPECT_THAT(paths(facts, Kind::setuid, true), ElementsAre("/usr/bin/su"));
  EXPECT_EQ(facts.total_bytes, 5U + 3 + 27 + 1 + 1 + 7);
  EXPECT_EQ(facts.wasted_bytes, 5U + 3 + 27 + 1);
  EXPECT_EQ(facts.file_count, 2U);
  EXPECT_EQ(facts.history.at(2).size, 7U);
}

TEST(ImageFacts, ACertificateIsNoSecret) {
  LayerSource source;
  source.add(
      layer({{.path = "app/cert.pem", .content = "-----BEGIN CERTIFICATE-----"},
             {.path = "app/both.pem", .content = "-----BEGIN CERTIFICATE-----\n-----BEGIN RSA PRIVATE KEY-----"}}));
  EXPECT_THAT(paths(facts_of(source), Kind::secret_name), ElementsAre("/app/both.pem"));
}

TEST(ImageFacts, AFileInPlaceOfADirectoryHidesWhatWasInIt) {
  LayerSource source;
  source.add(layer({{.path = "d/", .type = '5'}, {.path = "d/id_rsa"}, {.path = "d.key"}}));
  source.add(layer({{.path = "d", .content = "now a file"}}));
  EXPECT_THAT(paths(facts_of(source), Kind::secret_name, true), ElementsAre("/d/id_rsa"));
  EXPECT_THAT(paths(facts_of(source), Kind::secret_name), ElementsAre("/d.key"));
}

TEST(ImageFacts, ReadsAccountsOfTheLastLayerThatHasThem) {
  LayerSource source;
  source.add(layer({{.path = "etc/passwd", .content = "old:x:1:1::/:/bin/sh\n"},
                    {.path = "etc/shadow", .content = "root::1::::::\n"},
                    {.path = "usr/lib/os-release", .content = "NAME=x\nID=\"debian\"\n"}}));
  source.add(layer({{.path = "etc/passwd", .content = "root:x:0:0:root:/root:/bin/bash\nbad line\nweb::33:33::/www:\n"},
                    {.path = "etc/group", .content = "root:x:0:\nweb:x:33:a,b\n"}}));
  const ImageFacts facts = facts_of(source);
  EXPECT_TRUE(facts.has_passwd);
  ASSERT_THAT(facts.passwd, SizeIs(2));
  EXPECT_EQ(facts.passwd[0].shell, "/bin/bash");
  EXPECT_EQ(facts.passwd[1].uid, 33U);
  EXPECT_EQ(facts.passwd[1].line, 3U);
  ASSERT_THAT(facts.group, SizeIs(2));
  EXPECT_EQ(facts.group[1].gid, 33U);
  ASSERT_THAT(facts.shadow, SizeIs(2));
  EXPECT_TRUE(facts.shadow[0].empty_password) << "web, in passwd itself";
  EXPECT_TRUE(facts.shadow[1].empty_password) << "root";
  EXPECT_EQ(facts.distribution, "debian");
}

TEST(ImageFacts, HasThePasswdOnlyAsLongAsItIsVisible) {
  LayerSource source;
  source.add(layer({{.path = "etc/passwd", .content = "root:x:0:0::/:/bin/sh\n"}}));
  source.add(layer({{.path = "etc/.wh.passwd", .content = ""}}));
  EXPECT_FALSE(facts_of(source).has_passwd);
}

TEST(ImageFacts, DamageIsAnErrorThatNamesTheLayer) {
  LayerSource source;
  source.add(layer({{.path = "a"}}));
  source.add(layer({{.path = "b"}}));
  source.stored(1)[0] = 'c';  // another name: the digest differs
  auto facts = image_facts(source, "app", {});
  ASSERT_FALSE(facts.has_value());
  EXPECT_THAT(facts.error().message(), HasSubstr("layer 2 of 2"));
  source.stored(1).resize(700);
  facts = image_facts(source, "app", {});
  ASSERT_FALSE(facts.has_value());
}

TEST(ImageFacts, LimitsHold) {
  LayerSource source;
  source.add(layer({{.path = "a", .content = "0123456789"}}));
  ScanOptions options;
  options.limits.layer_bytes = 600;
  const auto facts = image_facts(source, "app", options);
  ASSERT_FALSE(facts.has_value());
  EXPECT_EQ(facts.error().code, ErrorCode::limit);
}

// One layer that lies unpacked, as a root directory or an overlay's does.
class UnpackedLayer final : public ImageSource {
 public:
  UnpackedLayer(std::string path, bool overlay) : directory_{std::move(path), overlay} { image_.layers.resize(1); }
  const Image& image() const override { return image_; }
  Result<std::unique_ptr<ByteStream>> open_layer(std::size_t) override {
    return fail(ErrorCode::internal, "", "not a stream");
  }
  std::optional<Directory> layer_directory(std::size_t) const override { return directory_; }

 private:
  Image image_;
  Directory directory_;
};

TEST(ImageFacts, ReadsARootDirectory) {
  auto made = TemporaryDirectory::create("oakum-facts");
  ASSERT_TRUE(made.has_value());
  const std::string root = made->path();
  for (const char* directory : {"/etc", "/usr", "/usr/bin"}) ASSERT_EQ(::mkdir((root + directory).c_str(), 0755), 0);
  ASSERT_TRUE(write_file_atomically(root + "/etc/passwd", "root:x:0:0::/root:/bin/sh\n").has_value());
  ASSERT_TRUE(write_file_atomically(root + "/usr/bin/tool", "x", 0755).has_value());
  ASSERT_EQ(::chmod((root + "/usr/bin/tool").c_str(), 04755), 0);
  ASSERT_EQ(::link((root + "/usr/bin/tool").c_str(), (root + "/usr/bin/tool2").c_str()), 0);
  ASSERT_EQ(::symlink("/etc/passwd", (root + "/usr/bin/sh").c_str()), 0);
  ASSERT_EQ(::symlink("/", (root + "/loop").c_str()), 0);
  UnpackedLayer source(root, false);
  const auto facts = image_facts(source, "root", {});
  ASSERT_TRUE(facts.has_value()) << facts.error().message();
  EXPECT_THAT(paths(*facts, Kind::setuid), ElementsAre("/usr/bin/tool", "/usr/bin/tool2"));
  EXPECT_THAT(paths(*facts, Kind::shell), ElementsAre("/usr/bin/sh"));
  EXPECT_TRUE(facts->has_passwd);
  EXPECT_EQ(facts->total_bytes, 26U + 1) << "a file with two names counts once";
}

TEST(ConfigFacts, TellWhatTheConfigurationSays) {
  Image image;
  image.config_json = R"({"config": {"Healthcheck": {"Test": ["CMD", "a"], "Interval": 30000000000, "Retries": 2},
    "Shell": ["/bin/bash", "-c"], "OnBuild": ["RUN x"], "StopSignal": "SIGQUIT"},
    "history": [{"created_by": "/bin/sh -c #(nop) ADD file:1 in / "}, {"created_by": "ENV A=b", "empty_layer": true},
                {"created_by": "RUN /bin/sh -c apt-get update # buildkit", "created": "2026-01-01T00:00:00Z"}]})";
  const ImageFacts facts = facts_of_config(image, "app");
  ASSERT_TRUE(facts.healthcheck.has_value());
  EXPECT_EQ(facts.healthcheck->interval, "30s");
  EXPECT_EQ(facts.healthcheck->retries, 2);
  EXPECT_THAT(facts.shell, ElementsAre("/bin/bash", "-c"));
  EXPECT_THAT(facts.on_build, ElementsAre("RUN x"));
  EXPECT_EQ(facts.stop_signal, "SIGQUIT");
  ASSERT_THAT(facts.history, SizeIs(3));
  EXPECT_EQ(facts.history[0].instruction, "ADD file:1 in /");
  EXPECT_TRUE(facts.history[1].empty_layer);
  EXPECT_EQ(facts.history[2].instruction, "RUN apt-get update");
  EXPECT_FALSE(facts.files_known);
}

TEST(ConfigFacts, ReadTheScriptsOfSteps) {
  Image image;
  image.config_json = R"({"history": [{"created_by": "/bin/sh -c #(nop) CMD [\"sh\"]", "empty_layer": true},
    {"created_by": "RUN |1 A=b c /bin/bash -o pipefail -c curl x | tar -x # buildkit"},
    {"created_by": "RUN --mount=type=cache,target=/c /bin/sh -c 'a b' c"},
    {"created_by": "RUN cmd /S /C dir"}, {"created_by": "/bin/sh -c echo (", "empty_layer": true}]})";
  const Dockerfile build = facts_of_config(image, "app").build;
  EXPECT_EQ(build.image, "app");
  ASSERT_THAT(build.stages, SizeIs(1));
  EXPECT_FALSE(build.stages[0].image_known);
  ASSERT_THAT(build.instructions, SizeIs(5));
  EXPECT_EQ(build.instructions[0].kind, InstructionKind::unknown);
  EXPECT_FALSE(build.instructions[0].script.has_value());
  const Instruction& piped = build.instructions[1];
  EXPECT_THAT(piped.before.shell, ElementsAre("/bin/bash", "-o", "pipefail", "-c"));
  ASSERT_TRUE(piped.script.has_value());
  ASSERT_THAT(piped.script->commands, SizeIs(2));
  const Span& tar = piped.script->commands[1].words.at(0).span;
  EXPECT_EQ(piped.text.substr(tar.begin, tar.end - tar.begin), "tar");
  const Instruction& mounted = build.instructions[2];
  ASSERT_NE(mounted.flag("mount"), nullptr);
  EXPECT_EQ(*mounted.flag("mount")->option("target"), "/c");
  EXPECT_EQ(mounted.script->commands.at(0).words.at(0).text, "a b");
  EXPECT_FALSE(build.instructions[3].script.has_value());
  EXPECT_FALSE(build.instructions[4].script->complete);
}

TEST(ConfigFacts, SayNothingOfAConfigThatIsNone) {
  for (const char* text :
       {"", "[]", "nonsense", R"({"config": [], "history": {}})", R"({"config": {"Healthcheck": 3}})"}) {
    Image image;
    image.config_json = text;
    const ImageFacts facts = facts_of_config(image, "app");
    EXPECT_FALSE(facts.healthcheck.has_value()) << text;
    EXPECT_THAT(facts.history, IsEmpty()) << text;
  }
}

std::vector<Kind> kinds(std::string_view path) {
  std::vector<Kind> found;
  kinds_of_path(path, false, found);
  return found;
}

TEST(FileKinds, NamesAreLookedForWhereTheyMeanSomething) {
  EXPECT_THAT(kinds("usr/bin/x86_64-linux-gnu-gcc-12"), ElementsAre(Kind::compiler));
  EXPECT_THAT(kinds("usr/local/sbin/sudo"), ElementsAre(Kind::sudo));
  EXPECT_THAT(kinds("opt/sudo"), IsEmpty());
  EXPECT_THAT(kinds("usr/bin/python3-12"), IsEmpty());
  EXPECT_THAT(kinds("home/me/.ssh/id_ed25519"), ElementsAre(Kind::secret_name));
  EXPECT_THAT(kinds("home/me/.ssh/id_ed25519.pub"), IsEmpty());
  EXPECT_THAT(kinds("home/me/.docker/config.json"), ElementsAre(Kind::secret_name));
  EXPECT_THAT(kinds("app/config.json"), IsEmpty());
  EXPECT_THAT(kinds("etc/ssl/certs/x.pem"), IsEmpty());
  EXPECT_THAT(kinds("srv/.env.production"), ElementsAre(Kind::secret_name));
  EXPECT_THAT(kinds("var/cache/apt/archives/x.deb"), ElementsAre(Kind::unnecessary));
  EXPECT_THAT(kinds("root/.aws/credentials"), ElementsAre(Kind::secret_name, Kind::unnecessary));
}

TEST(LocalImages, NeverAsksARegistryAndTellsWhereItLooked) {
  const auto facts =
      find_local_image(parse_image_reference("oakum.invalid/none:1"),
                       {.directories = {"/nowhere"}, .options = {.docker_host = "unix:///nowhere/d.sock"}}, false);
  ASSERT_FALSE(facts.has_value());
  EXPECT_EQ(facts.error().code, ErrorCode::not_found);
  EXPECT_THAT(facts.error().message(), HasSubstr("docker ("));
  EXPECT_THAT(facts.error().message(), ::testing::Not(HasSubstr("registry")));
}

}  // namespace
}  // namespace oakum::image
