#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kUbuntu[] = "ID=ubuntu\nVERSION_ID=\"22.04\"\n";
constexpr char kPro[] = "var/lib/ubuntu-advantage/status.json";

std::vector<std::string> channels(const std::vector<File>& files) {
  const Assembled assembled = assemble_files(files);
  return assembled.distribution ? assembled.distribution->channels : std::vector<std::string>{};
}

TEST(UbuntuPro, EnabledServicesAreChannels) {
  EXPECT_THAT(channels({{"etc/os-release", kUbuntu},
                        {kPro,
                         R"({"_schema_version":"0.1","attached":true,"services":[
                            {"name":"esm-infra","entitled":"yes","status":"enabled"},
                            {"name":"esm-apps","entitled":"yes","status":"enabled"},
                            {"name":"fips","entitled":"yes","status":"disabled"},
                            {"name":"fips-updates","status":"enabled"},
                            {"name":"livepatch","status":"enabled"},7,{"name":["esm-infra"]}]})"}}),
              ElementsAre("esm-apps", "esm-infra", "fips-updates"));
}

TEST(UbuntuPro, ASystemThatIsNotAttachedHasNone) {
  EXPECT_THAT(channels({{"etc/os-release", kUbuntu},
                        {kPro, R"({"attached":false,"services":[{"name":"esm-infra","status":"enabled"}]})"}}),
              IsEmpty());
}

TEST(UbuntuPro, MeansNothingElsewhere) {
  const std::string attached = R"({"attached":true,"services":[{"name":"esm-infra","status":"enabled"}]})";
  EXPECT_THAT(channels({{"etc/os-release", "ID=debian\nVERSION_ID=12\n"}, {kPro, attached}}), IsEmpty());
}

TEST(UbuntuPro, BrokenJsonIsAnError) {
  EXPECT_EQ(read(kPro, "{\"attached\":tr").errors.size(), 1U);
  EXPECT_EQ(read(kPro, "[]").errors.size(), 1U);
}

std::string content_sets(std::string_view sets) {
  return R"({"metadata":{"icm_version":1},"content_sets":[)" + std::string(sets) +
         R"(],"image_contents":[{"purl":"pkg:x","dependencies":[{"content_sets":["rhel-9-eus__9_DOT_9"]}]}]})";
}

std::vector<std::string> rhel(std::string_view sets, std::string_view version = "9.2") {
  return channels({{"etc/os-release", "ID=\"rhel\"\nVERSION_ID=\"" + std::string(version) + "\"\n"},
                   {"root/buildinfo/content_manifests/ubi9-container-9.2-1.json", content_sets(sets)}});
}

TEST(ContentSets, NameTheStreamAndItsMinorRelease) {
  EXPECT_THAT(rhel(R"("rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2","rhel-9-for-x86_64-appstream-eus-rpms__9_DOT_2")"),
              ElementsAre("eus:9.2"));
  EXPECT_THAT(
      rhel(R"("rhel-8-for-x86_64-baseos-aus-rpms__8_DOT_2","rhel-8-for-x86_64-baseos-e4s-rpms__8_DOT_6")", "8.6"),
      ElementsAre("aus:8.2", "e4s:8.6"));
}

TEST(ContentSets, OfTheReleaseItselfAreNoChannel) {
  EXPECT_THAT(rhel(R"("rhel-9-for-x86_64-baseos-rpms","rhel-8-for-x86_64-appstream-rpms__8","status-eus-x")"),
              IsEmpty());
}

TEST(ContentSets, WithoutAMinorReleaseMeanTheOneInstalled) {
  EXPECT_THAT(rhel(R"("rhel-9-for-x86_64-baseos-eus-rpms")", "9.2"), ElementsAre("eus:9.2"));
  EXPECT_THAT(rhel(R"("rhel-9-for-x86_64-baseos-eus-rpms")", "9"), IsEmpty());
  EXPECT_THAT(rhel(R"("rhel-7-server-els-rpms")", "7.9"), ElementsAre("els:7"));
}

TEST(ContentSets, BrokenJsonIsAnErrorWithItsLine) {
  const Finding finding = read("usr/share/buildinfo/content-sets.json", "{\n\"content_sets\":[}\n");
  EXPECT_THAT(messages(finding.errors), ElementsAre("usr/share/buildinfo/content-sets.json:2: not well-formed JSON"));
}

TEST(ContentSets, DeepNestingIsNoTrouble) {
  EXPECT_EQ(read("usr/share/buildinfo/content-sets.json", std::string(1'000'000, '[')).errors.size(), 1U);
}

TEST(Labels, ProductCpesNameTheStream) {
  const std::string release = "ID=\"rhel\"\nVERSION_ID=\"9.4\"\n";
  EXPECT_THAT(channels({{"etc/os-release", release},
                        {"root/buildinfo/Dockerfile-rhel9-9.4-1",
                         "FROM x\nLABEL cpe=\"cpe:/o:redhat:rhel_eus:9.4::baseos\" name=\"rhel9\"\n"}}),
              ElementsAre("eus:9.4"));
  EXPECT_THAT(channels({{"etc/os-release", release},
                        {"usr/share/buildinfo/labels.json", R"({"cpe":"cpe:/o:redhat:rhel_els:7","name":"x"})"}}),
              ElementsAre("els:7"));
  EXPECT_THAT(channels({{"etc/os-release", release},
                        {"usr/share/buildinfo/labels.json", R"({"cpe":"cpe:/o:redhat:enterprise_linux:9::baseos"})"}}),
              IsEmpty());
}

}  // namespace
}  // namespace oakum::packages
