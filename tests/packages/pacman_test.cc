#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kDesc =
    "%NAME%\nlibarchive\n\n%VERSION%\n3.7.4-1\n\n%BASE%\nlibarchive-src\n\n%DESC%\nMulti-format archive library\n\n"
    "%ARCH%\nx86_64\n\n%BUILDDATE%\n1714160000\n\n%PACKAGER%\nA Packager <a@archlinux.org>\n\n%SIZE%\n1\n\n"
    "%LICENSE%\nBSD\nMIT\n\n%DEPENDS%\nacl\nzlib\n\n";

TEST(Pacman, ReadsADescription) {
  const Finding finding = read("var/lib/pacman/local/libarchive-3.7.4-1/desc", kDesc);
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_EQ(finding.packages.size(), 1U);
  const Package& package = finding.packages[0];
  EXPECT_EQ(package.name, "libarchive");
  EXPECT_EQ(package.version, "3.7.4-1");
  EXPECT_EQ(package.source, (SourcePackage{"libarchive-src", "3.7.4-1"}));
  EXPECT_EQ(package.arch, "x86_64");
  EXPECT_EQ(package.vendor, "A Packager <a@archlinux.org>");
  EXPECT_EQ(package.license, "BSD, MIT");
  EXPECT_EQ(package.ecosystem, "alpm");
}

TEST(Pacman, AValueThatLooksLikeAKeyIsAValue) {
  const Finding finding =
      read("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%DESC%\n%NAME%\nb\n\n%VERSION%\n1:1-1\n");
  ASSERT_THAT(names(finding.packages), ElementsAre("a"));
  EXPECT_EQ(finding.packages[0].epoch, "1");
}

TEST(Pacman, ADescriptionWithoutAVersionIsAnError) {
  const Finding finding = read("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n\n");
  EXPECT_THAT(finding.packages, IsEmpty());
  EXPECT_EQ(finding.errors.size(), 1U);
}

TEST(Pacman, JoinsFilesByDirectory) {
  const Assembled assembled = assemble_files(
      {{"var/lib/pacman/local/libarchive-3.7.4-1/desc", std::string(kDesc)},
       {"var/lib/pacman/local/libarchive-3.7.4-1/files",
        "%FILES%\nusr/\nusr/bin/\nusr/bin/bsdtar\n\n%BACKUP%\netc/x.conf\td41d8cd98f00b204e9800998ecf8427e\n"},
       {"var/lib/pacman/local/other-1-1/files", "%FILES%\nusr/bin/other\n"}});
  ASSERT_THAT(names(assembled.packages), ElementsAre("libarchive"));
  EXPECT_THAT(assembled.packages[0].files, ElementsAre("/usr/bin/bsdtar"));
}

}  // namespace
}  // namespace oakum::packages
