#include "read/image/oci_manifest.h"

#include <gtest/gtest.h>

#include "read/image/platform.h"

namespace oakum::image {
namespace {

std::string hex_digest(char c) { return "sha256:" + std::string(64, c); }

std::string descriptor(char c, const std::string& more = "") {
  return R"({"mediaType":"m","digest":")" + hex_digest(c) + R"(","size":7)" + more + "}";
}

std::string with_platform(char c, const std::string& architecture, const std::string& variant = "") {
  return descriptor(
      c, R"(,"platform":{"os":"linux","architecture":")" + architecture + R"(","variant":")" + variant + "\"}");
}

Result<Descriptor> choose(const std::string& manifests, const std::string& platform, bool stated = true) {
  const auto document = parse_manifest(R"({"schemaVersion":2,"manifests":[)" + manifests + "]}", "", "x");
  if (!document) return std::unexpected(document.error());
  return choose_manifest(std::get<Index>(*document).manifests, {*parse_platform(platform), stated}, "x");
}

TEST(OciManifest, ReadsManifestsWithForeignLayers) {
  const std::string foreign = R"({"mediaType":"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip","digest":")" +
                              hex_digest('b') + R"(","size":9,"urls":["https://example.org/b"]})";
  const auto document =
      parse_manifest(R"({"schemaVersion":2,"config":)" + descriptor('a') + R"(,"layers":[)" + foreign + "]}", "", "x");
  ASSERT_TRUE(document) << document.error().message();
  const auto layers = layers_of(std::get<Manifest>(*document));
  ASSERT_EQ(layers.size(), 1U);
  EXPECT_TRUE(layers[0].foreign);
  EXPECT_EQ(layers[0].size, 9U);
  EXPECT_EQ(layers[0].urls, std::vector<std::string>{"https://example.org/b"});
}

TEST(OciManifest, NamesWhatItDoesNotRead) {
  EXPECT_EQ(parse_manifest(R"({"schemaVersion":1,"fsLayers":[]})", "", "x").error().code, ErrorCode::unsupported);
  EXPECT_EQ(parse_manifest(R"({})", "application/vnd.docker.distribution.manifest.v1+prettyjws", "x").error().code,
            ErrorCode::unsupported);
  EXPECT_EQ(parse_config(R"({"config":{}})", "x").error().code, ErrorCode::unsupported);
  const std::string encrypted = R"({"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip+encrypted","digest":")" +
                                hex_digest('b') + R"(","size":9})";
  EXPECT_EQ(
      parse_manifest(R"({"config":)" + descriptor('a') + R"(,"layers":[)" + encrypted + "]}", "", "x").error().code,
      ErrorCode::unsupported);
}

TEST(OciManifest, RefusesHostileDocuments) {
  for (const std::string json :
       {"", "{", "[]", "null", "{\"config\":{}}", R"({"config":{"digest":"sha256:zz","size":1}})"}) {
    EXPECT_FALSE(parse_manifest(json, "", "x")) << json;
  }
  const std::string negative = R"({"config":{"digest":")" + hex_digest('a') + R"(","size":-1}})";
  EXPECT_FALSE(parse_manifest(negative, "", "x"));
  EXPECT_EQ(parse_manifest(std::string(1000, '[') + std::string(1000, ']'), "", "x").error().code, ErrorCode::limit);
  EXPECT_EQ(parse_manifest(std::string(kManifestLimit + 1, ' '), "", "x").error().code, ErrorCode::limit);
  std::string many = R"({"config":)" + descriptor('a') + R"(,"layers":[)";
  for (std::size_t i = 0; i <= kMaxLayers; ++i) many += (i == 0 ? "" : ",") + descriptor('b');
  EXPECT_EQ(parse_manifest(many + "]}", "", "x").error().code, ErrorCode::limit);
}

TEST(OciManifest, ChoosesThePlatform) {
  const std::string index = with_platform('1', "amd64") + "," + with_platform('2', "arm64", "v8") + "," +
                            with_platform('3', "arm", "v6") + "," + with_platform('4', "arm", "v7") + "," +
                            with_platform('5', "arm", "v5");
  EXPECT_EQ(choose(index, "linux/amd64")->digest.text(), hex_digest('1'));
  EXPECT_EQ(choose(index, "linux/aarch64")->digest.text(), hex_digest('2'));
  EXPECT_EQ(choose(index, "linux/arm64/v8")->digest.text(), hex_digest('2'));
  EXPECT_EQ(choose(index, "linux/arm")->digest.text(), hex_digest('4'));
  EXPECT_EQ(choose(index, "linux/arm/v6")->digest.text(), hex_digest('3'));
  const auto none = choose(index, "linux/s390x", false);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message().find("linux/arm64/v8, linux/arm/v6"), std::string::npos) << none.error().message();
  EXPECT_FALSE(choose(index, "windows/amd64"));
}

TEST(OciManifest, TakesTheOnlyImageUnlessAPlatformWasAskedFor) {
  EXPECT_TRUE(choose(with_platform('1', "s390x"), "linux/amd64", false));
  EXPECT_FALSE(choose(with_platform('1', "s390x"), "linux/amd64", true));
  EXPECT_TRUE(choose(descriptor('1'), "linux/amd64", true));
}

TEST(OciManifest, LeavesAttestationsAside) {
  const std::string attestation = descriptor(
      '9',
      R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"},"platform":{"os":"unknown","architecture":"unknown"})");
  EXPECT_EQ(choose(attestation + "," + with_platform('1', "s390x"), "linux/amd64", false)->digest.text(),
            hex_digest('1'));
  EXPECT_EQ(choose(attestation, "linux/amd64", false).error().code, ErrorCode::not_found);
}

TEST(OciManifest, FollowsNestedIndexesButNotForEver) {
  const std::string nested = R"({"manifests":[)" + descriptor('1') + "]}";
  int fetched = 0;
  const FetchManifest fetch = [&](const Descriptor&) -> Result<std::string> {
    return ++fetched == 2 ? R"({"config":)" + descriptor('c') + R"(,"layers":[]})" : nested;
  };
  const PlatformChoice choice{*parse_platform("linux/amd64"), false};
  const auto resolved = resolve_manifest({}, nested, choice, fetch, "x");
  ASSERT_TRUE(resolved) << resolved.error().message();
  EXPECT_EQ(resolved->manifest.config.digest.text(), hex_digest('c'));
  const FetchManifest endless = [&](const Descriptor&) -> Result<std::string> { return nested; };
  EXPECT_EQ(resolve_manifest({}, nested, choice, endless, "x").error().code, ErrorCode::limit);
}

TEST(OciManifest, GivesEachLayerItsHistory) {
  const std::string json =
      R"({"os":"linux","architecture":"amd64","config":{"User":"u","Env":["A=b"],"ExposedPorts":{"80/tcp":{}},
    "Healthcheck":{"Test":["CMD"]}},"rootfs":{"diff_ids":[")" +
      hex_digest('1') + "\",\"" + hex_digest('2') + R"("]},
    "history":[{"created_by":"ADD"},{"created_by":"ENV","empty_layer":true},{"created_by":"RUN","comment":"c"}]})";
  const auto config = parse_config(json, "x");
  ASSERT_TRUE(config);
  const auto image = make_image(*config, json, std::vector<Layer>(2), "x");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->layers[0].created_by, "ADD");
  EXPECT_EQ(image->layers[1].created_by, "RUN");
  EXPECT_EQ(image->layers[1].comment, "c");
  EXPECT_EQ(image->id, Digest::sha256_of(json));
  EXPECT_EQ(image->config.exposed_ports, std::vector<std::string>{"80/tcp"});
  EXPECT_TRUE(image->config.healthcheck);
  EXPECT_EQ(make_image(*config, json, std::vector<Layer>(3), "x").error().code, ErrorCode::invalid);
}

TEST(OciManifest, ClaimsNoHistoryThatDoesNotFit) {
  const std::string json =
      R"({"rootfs":{"diff_ids":[")" + hex_digest('1') + R"("]},"history":[{"created_by":"A"},{"created_by":"B"}]})";
  const auto image = make_image(*parse_config(json, "x"), json, std::vector<Layer>(1), "x");
  ASSERT_TRUE(image);
  EXPECT_EQ(image->layers[0].created_by, "");
}

TEST(Platform, ReadsWhatPeopleType) {
  EXPECT_EQ(parse_platform("linux/x86_64")->text(), "linux/amd64");
  EXPECT_EQ(parse_platform("arm64")->architecture, "arm64");
  EXPECT_EQ(parse_platform("linux/armhf")->variant, "v7");
  for (const char* text : {"", "/", "linux/", "a/b/c/d", "linux/am d64", "linux/\x1b[0m"})
    EXPECT_FALSE(parse_platform(text)) << text;
}

}  // namespace
}  // namespace oakum::image
