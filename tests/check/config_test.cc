#include "check/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"

namespace oakum::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Config read(const std::string& path, std::string_view text) {
  Config config;
  const auto status = read_config(path, text, config);
  EXPECT_TRUE(status.has_value()) << status.error().message();
  return config;
}

Finding finding_of(std::string rule, std::vector<std::string> aliases, std::string path = "Dockerfile") {
  Finding finding;
  finding.rule = std::move(rule);
  finding.aliases = std::move(aliases);
  finding.path = std::move(path);
  finding.subject = "service \"db\"";
  return finding;
}

bool ignored(const Config& config, Finding finding, std::string_view today = "2026-11-26") {
  std::vector<Finding> findings{std::move(finding)};
  apply_ignores(config, today, findings);
  return findings[0].suppressed.has_value();
}

TEST(OakumConfig, ReadsEveryKey) {
  const Config config = read(".oakum.yaml",
                             "profile: strict\n"
                             "fail-on: high\n"
                             "skip: [privileged]\n"
                             "severity: {privileged: low}\n"
                             "trusted-registries: [registry.example.org]\n"
                             "label-schema: {org.x: url}\n"
                             "strict-labels: true\n"
                             "kubernetes-version: \"1.31\"\n"
                             "ignore:\n"
                             "  - rule: privileged\n"
                             "    paths: [\"legacy/**\"]\n"
                             "    subjects: [db]\n"
                             "    reason: old\n"
                             "    until: 2027-01-31\n");
  EXPECT_THAT(config.errors, IsEmpty());
  EXPECT_EQ(config.profile, Profile::strict);
  EXPECT_EQ(config.fail_on, "high");
  EXPECT_THAT(config.skip, ElementsAre("privileged"));
  EXPECT_EQ(config.severities.at(0), std::pair(std::string("privileged"), Severity::low));
  EXPECT_THAT(config.settings.trusted_registries, ElementsAre("registry.example.org"));
  EXPECT_TRUE(config.settings.strict_labels);
  EXPECT_EQ(config.settings.kubernetes.minor, 31);
  EXPECT_TRUE(ignored(config, finding_of("privileged", {}, "legacy/a/compose.yaml")));
  EXPECT_FALSE(ignored(config, finding_of("privileged", {}, "new/compose.yaml")));
  EXPECT_FALSE(ignored(config, finding_of("privileged", {}, "legacy/a/compose.yaml"), "2027-02-01"));
}

TEST(OakumConfig, TellsUnknownKeysRulesAndValues) {
  const Config config = read(".oakum.yaml", "profil: strict\nskip: [privilegd]\nseverity: {privileged: awful}\n");
  ASSERT_EQ(config.errors.size(), 3U);
  EXPECT_THAT(config.errors[0].message(), HasSubstr("did you mean \"profile\"?"));
  EXPECT_THAT(config.errors[1].message(), HasSubstr("\"privilegd\" is no rule"));
}

TEST(OakumConfig, EntriesAboutVulnerabilitiesAreTheScansOwn) {
  const Config config = read(".oakum.yaml", "ignore:\n  - id: CVE-2026-1\n    reason: x\n");
  EXPECT_THAT(config.errors, IsEmpty());
  EXPECT_THAT(config.ignores, IsEmpty());
}

TEST(PeerConfig, HadolintsFileIsTakenAsItStands) {
  const Config config = read(".hadolint.yaml",
                             "failure-threshold: warning\n"
                             "ignored: [DL3008]\n"
                             "override:\n  error: [DL3015]\n  style: [DL3059]\n"
                             "trustedRegistries: docker.io\n"
                             "disable-ignore-pragma: true\n");
  EXPECT_TRUE(ignored(config, finding_of("pin-packages", {"DL3008"})));
  EXPECT_FALSE(ignored(config, finding_of("pin-packages", {"DL3013"})));
  EXPECT_THAT(config.settings.trusted_registries, ElementsAre("docker.io"));
  EXPECT_FALSE(config.hadolint_pragmas);
  EXPECT_EQ(config.fail_on, "low");
  std::vector<Finding> findings{finding_of("no-install-recommends", {"DL3015"})};
  apply_severities(config, findings);
  EXPECT_EQ(findings[0].severity, Severity::medium);
}

TEST(PeerConfig, OthersAreTakenAsTheyStand) {
  EXPECT_TRUE(ignored(read(".checkov.yaml", "skip-check: [CKV_K8S_16]\n"), finding_of("privileged", {"CKV_K8S_16"})));
  EXPECT_TRUE(ignored(read(".kube-linter.yaml", "checks:\n  exclude: [privileged-container]\n"),
                      finding_of("privileged", {"kube-linter:privileged-container"})));
  EXPECT_TRUE(ignored(read(".dclintrc", "{\"rules\": {\"no-version-field\": 0}}"),
                      finding_of("version-field", {"dclint:no-version-field"})));
  EXPECT_FALSE(ignored(read(".dclintrc", "{\"rules\": {\"no-version-field\": 2}}"),
                       finding_of("version-field", {"dclint:no-version-field"})));
  EXPECT_TRUE(ignored(read(".compose-lint.yml", "rules:\n  CL-0002:\n    enabled: false\n    reason: x\n"),
                      finding_of("privileged", {"CL-0002"})));
  const Config services = read(".compose-lint.yml", "rules:\n  CL-0002:\n    exclude_services: {db: old}\n");
  EXPECT_TRUE(ignored(services, finding_of("privileged", {"CL-0002"})));
  Finding web = finding_of("privileged", {"CL-0002"});
  web.subject = "service \"web\"";
  EXPECT_FALSE(ignored(services, web));
}

TEST(PeerConfig, TrivyignoreHoldsIdsWithExpiry) {
  const Config config = read(".trivyignore", "# why\nDS-0002 exp:2026-12-31\nAVD-DS-0001\nCVE-2026-1\n");
  EXPECT_EQ(config.ignores.size(), 2U);
  EXPECT_TRUE(ignored(config, finding_of("user-root", {"DS-0002"})));
  EXPECT_FALSE(ignored(config, finding_of("user-root", {"DS-0002"}), "2027-01-01"));
  EXPECT_TRUE(ignored(config, finding_of("image-untagged", {"DS-0001"})));
}

TEST(LoadConfig, LooksUpwardForItsOwnFileAndBesideForThePeers) {
  auto root = TemporaryDirectory::create("oakum-config");
  ASSERT_TRUE(root.has_value());
  const std::string sub = root->path() + "/a/b";
  ASSERT_TRUE(make_directories(sub).has_value());
  ASSERT_TRUE(write_file_atomically(root->path() + "/.oakum.yaml", "profile: cis\n").has_value());
  ASSERT_TRUE(write_file_atomically(sub + "/.hadolint.yaml", "ignored: [DL3008]\n").has_value());
  const auto config = load_config(sub, "");
  ASSERT_TRUE(config.has_value());
  EXPECT_EQ(config->profile, Profile::cis);
  EXPECT_EQ(config->ignores.size(), 1U);
  EXPECT_FALSE(load_config(sub, root->path() + "/none.yaml").has_value());
}

}  // namespace
}  // namespace oakum::check
