#include "advisories/feeds/updateinfo.h"

#include <gmock/gmock.h>

#include "advisories/feeds/table.h"
#include "advisories/updateinfo_mirror.h"
#include "base/process.h"
#include "collecting_sink.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kUpdateinfo = R"(<?xml version="1.0"?><updates>
<update from="x" status="final" type="security" version="1.4"><id>RLSA-2024:1</id><title>web</title>
<issued date="2024-05-06 07:08:09"/><severity>Important</severity>
<references><reference href="https://x/CVE-2024-0001" id="CVE-2024-0001" type="cve"/>
<reference href="https://bugs/1" id="1" title="CVE-2024-0002 web: overflow [fedora-all]" type="bugzilla"/></references>
<pkglist><collection short="a"><module name="nodejs" stream="18" version="1" context="c" arch="x86_64"/>
<package name="web" version="1.2" release="3.el9" epoch="2" arch="x86_64"><filename>f</filename></package>
<package name="web" version="1.2" release="3.el9" epoch="2" arch="aarch64"><filename>f</filename></package>
<package name="web" version="1.2" release="3.el9" epoch="2" arch="src"><filename>f</filename></package></collection>
<collection><package name="web-doc" version="1.2" release="3.el9" epoch="0" arch="noarch"/></collection></pkglist></update>
<update type="bugfix"><id>RLBA-2024:2</id><pkglist><collection><package name="other" version="1" release="1" arch="noarch"/></collection></pkglist></update>
<update type="security"><id>ALAS-3</id><pkglist><collection><package name="plain" version="1" release="1" arch="noarch"/></collection></pkglist></update>
</updates>)";

TEST(Updateinfo, ReadsModulesArchitecturesAndIdsFromReferencesAndBugTitles) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kRockyFeed, "rocky/9/AppStream/x86_64/updateinfo.xml.gz", kUpdateinfo, sink));
  const auto claims = sink.about("web");
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].vulnerability, "CVE-2024-0001");
  EXPECT_EQ(claims[1].vulnerability, "CVE-2024-0002");
  EXPECT_EQ(claims[0].ecosystem, "rocky:9");
  EXPECT_EQ(claims[0].advisory, "RLSA-2024:1");
  EXPECT_EQ(claims[0].module, "nodejs:18");
  EXPECT_EQ(claims[0].ranges[0].fixed, "2:1.2-3.el9");
  EXPECT_THAT(claims[0].arches, ElementsAre("aarch64", "x86_64"));
  EXPECT_EQ(sink.about("web-doc")[0].module, "");
  EXPECT_EQ(sink.about("web-doc")[0].ranges[0].fixed, "1.2-3.el9");
  EXPECT_EQ(sink.date, "2024-05-06");
}

TEST(Updateinfo, ANoticeWithoutCveCountsOnlyWhenItIsAboutSecurity) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kAmazonFeed, "amazon/2023/core/x86_64/updateinfo.xml.gz", kUpdateinfo, sink));
  EXPECT_THAT(sink.about("other"), IsEmpty());
  ASSERT_EQ(sink.about("plain").size(), 1U);
  EXPECT_EQ(sink.about("plain")[0].vulnerability, "ALAS-3");
}

TEST(Amazon, NoticesOfAnExtrasTopicAreForThoseWhoEnabledIt) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kAmazonFeed, "amazon/2/extras/php8.1/x86_64/updateinfo.xml.gz", kUpdateinfo, sink));
  EXPECT_EQ(sink.about("web")[0].ecosystem, "amazon:2");
  EXPECT_EQ(sink.about("web")[0].channel, "extras:php8.1");
}

TEST(Updateinfo, TheGenericFeedTakesTheDistributionFromThePath) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kUpdateinfoFeed, "updateinfo/alma/9/baseos/updateinfo.xml.zst", kUpdateinfo, sink));
  EXPECT_EQ(sink.about("web")[0].ecosystem, "alma:9");
  EXPECT_FALSE(read_bytes(kUpdateinfoFeed, "updateinfo/debian/12/x/updateinfo.xml", kUpdateinfo, sink));
  EXPECT_FALSE(read_bytes(kUpdateinfoFeed, "updateinfo/updateinfo.xml", kUpdateinfo, sink));
}

TEST(Updateinfo, OtherAndTruncatedDocumentsAreErrors) {
  CollectingSink sink;
  for (const std::string_view text : {std::string_view(), std::string_view("<a/>"), kUpdateinfo.substr(0, 300)}) {
    EXPECT_FALSE(read_bytes(kFedoraFeed, "fedora/42/updates/x86_64/updateinfo.xml", text, sink));
  }
}

TEST(UpdateinfoMirror, FetchesWhatRepomdNamesAndRefusesWhatDoesNotMatch) {
  if (!run_process({"createrepo_c", "--version"})) GTEST_SKIP() << "createrepo_c is not installed";
  auto directory = TemporaryDirectory::create("oakum-repo");
  const std::string repository = directory->path() + "/repo";
  ASSERT_TRUE(make_directories(repository));
  ASSERT_TRUE(write_file_atomically(directory->path() + "/updateinfo.xml", kUpdateinfo));
  ASSERT_EQ(run_process({"createrepo_c", repository})->exit_status, 0);
  const UpdateinfoRequest request{"file://" + repository, "rocky/9/BaseOS/x86_64", directory->path() + "/out"};
  EXPECT_EQ(fetch_updateinfo(request).error().code, ErrorCode::not_found);
  ASSERT_EQ(run_process({"modifyrepo_c", directory->path() + "/updateinfo.xml", repository + "/repodata"})->exit_status,
            0);
  const auto path = fetch_updateinfo(request);
  ASSERT_TRUE(path) << path.error().message();
  EXPECT_TRUE(kRockyFeed.accepts(*path)) << *path;
  CollectingSink sink;
  ASSERT_TRUE(kRockyFeed.read({*path, request.output + "/" + *path}, sink));
  EXPECT_EQ(sink.about("web").size(), 2U);

  const auto listed = run_process({"find", repository + "/repodata", "-name", "*updateinfo*"});
  const std::string file = listed->output.substr(0, listed->output.find('\n'));
  ASSERT_TRUE(write_file_atomically(file, "changed"));
  const UpdateinfoRequest elsewhere{request.mirror, "rocky/9/x", request.output};
  EXPECT_EQ(fetch_updateinfo(elsewhere).error().code, ErrorCode::integrity);
}

constexpr std::string_view kErrata =
    R"([{"updateinfo_id":"ALSA-2024:1","type":"security","severity":"Moderate","title":"t","description":"d",
"references":[{"href":"https://x","id":"CVE-2024-0001","type":"cve"}],
"pkglist":{"name":"n","packages":[{"name":"web","epoch":"1","version":"2","release":"3.el9","arch":"x86_64"},
{"name":"web","epoch":1,"version":"2","release":"3.el9","arch":"s390x"},{"name":"web","epoch":"1","version":"2","release":"3.el9","arch":"src"}],
"module":{"name":"php","stream":"8.1"}}},{"no":"id"}])";

TEST(Alma, ReadsErrataWithModulesAndEitherSpellingOfTheEpoch) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kAlmaFeed, "alma/9/errata.json", kErrata, sink));
  ASSERT_EQ(sink.claims.size(), 1U);
  EXPECT_EQ(sink.claims[0].ecosystem, "alma:9");
  EXPECT_EQ(sink.claims[0].module, "php:8.1");
  EXPECT_EQ(sink.claims[0].ranges[0].fixed, "1:2-3.el9");
  EXPECT_THAT(sink.claims[0].arches, ElementsAre("s390x", "x86_64"));
  EXPECT_EQ(sink.problems.size(), 1U);
  EXPECT_FALSE(read_bytes(kAlmaFeed, "alma/9/errata.json", "{\"data\":", sink));
  EXPECT_FALSE(read_bytes(kAlmaFeed, "alma/9/errata.json", "3", sink));
}

}  // namespace
}  // namespace oakum::advisories
