#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Distribution os_release(std::string_view bytes, std::string_view path = "etc/os-release") {
  return read(path, bytes).distribution.value_or(Distribution{});
}

TEST(OsRelease, ReadsTheFields) {
  const Distribution debian = os_release(
      "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\n"
      "VERSION=\"12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL=\"https://www.debian.org/\"\n");
  EXPECT_EQ(debian.id, "debian");
  EXPECT_EQ(debian.version_id, "12");
  EXPECT_EQ(debian.codename, "bookworm");
  EXPECT_EQ(debian.name, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(debian.path, "etc/os-release");
}

TEST(OsRelease, UnquotesAsTheShellDoes) {
  const Distribution odd = os_release(
      "# ID=no\n  ID='Sin gle'\nNAME=\"a \\\"b\\\" \\$c \\`d\\` \\\\ \\e\"\nVERSION_ID=1\\.2 # comment\n"
      "VARIANT_ID=\"x\"'y'z\r\nID_LIKE=\"rhel fedora\"\nnonsense\n=\nVERSION_CODENAME=\n");
  EXPECT_EQ(odd.id, "sin gle");
  EXPECT_EQ(odd.name, "a \"b\" $c `d` \\ \\e");
  EXPECT_EQ(odd.version_id, "1.2");
  EXPECT_EQ(odd.variant, "xyz");
  EXPECT_EQ(odd.id_like, "rhel fedora");
}

TEST(OsRelease, TheLastAssignmentCounts) { EXPECT_EQ(os_release("ID=a\nID=b\n").id, "b"); }

TEST(OsRelease, UnterminatedQuotesAndControlCharactersDoNoHarm) {
  EXPECT_EQ(os_release("ID=\"debian").id, "debian");
  EXPECT_EQ(os_release("ID=debian\\").id, "debian\\");
  EXPECT_EQ(os_release("NAME=\"\x1b[31mred\"").name.find('\x1b'), std::string::npos);
}

TEST(OsRelease, AnEmptyFileSaysNothing) {
  EXPECT_FALSE(read("etc/os-release", "").distribution);
  EXPECT_FALSE(read("etc/os-release", "# nothing\n\n").distribution);
  EXPECT_FALSE(read("etc/debian_version", "").distribution);
  EXPECT_THAT(read("etc/os-release", "").errors, IsEmpty());
}

TEST(OsRelease, TellsCentosStreamFromCentosLinux) {
  EXPECT_THAT(os_release("NAME=\"CentOS Stream\"\nVERSION=\"9\"\nID=\"centos\"\nVERSION_ID=\"9\"\n").channels,
              ElementsAre("stream"));
  EXPECT_THAT(os_release("NAME=\"CentOS Linux\"\nID=\"centos\"\nVERSION_ID=\"8\"\n").channels, IsEmpty());
  EXPECT_THAT(os_release("CentOS Stream release 8\n", "etc/centos-release").channels, ElementsAre("stream"));
}

struct OldFile {
  std::string_view path;
  std::string_view bytes;
  std::string_view id;
  std::string_view version;
  std::string_view ecosystem;
};
constexpr OldFile kOldFiles[] = {
    {"etc/redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n", "rhel", "6.10", "redhat:6"},
    {"etc/redhat-release", "CentOS release 6.10 (Final)\n", "centos", "6.10", "redhat:6"},
    {"etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n", "centos", "7.9.2009", "redhat:7"},
    {"etc/redhat-release", "AlmaLinux release 9.4 (Seafoam Ocelot)\n", "almalinux", "9.4", "alma:9"},
    {"etc/rocky-release", "Rocky Linux release 8.10 (Green Obsidian)\n", "rocky", "8.10", "rocky:8"},
    {"etc/oracle-release", "Oracle Linux Server release 7.9\n", "ol", "7.9", "oracle:7"},
    {"etc/fedora-release", "Fedora release 40 (Forty)\n", "fedora", "40", "fedora:40"},
    {"etc/system-release", "Amazon Linux AMI release 2018.03\n", "amzn", "2018.03", "amazon:1"},
    {"etc/system-release", "Amazon Linux release 2 (Karoo)\n", "amzn", "2", "amazon:2"},
    {"etc/system-release", "Amazon Linux release 2023.6.20241010 (Amazon Linux)\n", "amzn", "2023.6.20241010",
     "amazon:2023"},
    {"etc/photon-release", "VMware Photon OS 3.0\nPHOTON_BUILD_NUMBER=26156e2\n", "photon", "3.0", "photon:3"},
    {"etc/mariner-release", "CBL-Mariner 2.0.20240112\nMARINER_BUILD_NUMBER=4d3c\n", "mariner", "2.0.20240112",
     "azurelinux:2.0"},
    {"etc/azurelinux-release", "Microsoft Azure Linux 3.0.20240727\nAZURELINUX_BUILD_NUMBER=4f\n", "azurelinux",
     "3.0.20240727", "azurelinux:3.0"},
    {"etc/SuSE-release", "SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n", "sles", "11.4",
     "sles:11.4"},
    {"etc/SuSE-release", "SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 0\n", "sles", "12",
     "sles:12"},
    {"etc/SuSE-release", "openSUSE 42.1 (x86_64)\nVERSION = 42.1\nCODENAME = Malachite\n", "opensuse", "42.1",
     "opensuse-leap:42.1"},
    {"etc/alpine-release", "3.18.4\n", "alpine", "3.18.4", "alpine:3.18"},
    {"etc/alpine-release", "3.23.0_alpha20250612\n", "alpine", "3.23.0_alpha20250612", "alpine:edge"},
    {"etc/debian_version", "11.9\n", "debian", "11.9", "debian:11"},
    {"etc/debian_version", "forky/sid\n", "debian", "", "debian:14"},
    {"etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=20.04\nDISTRIB_CODENAME=focal\n", "ubuntu", "20.04",
     "ubuntu:20.04"},
    {"etc/openwrt_release", "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='23.05.3'\n", "openwrt", "23.05.3", "openwrt:23.05"},
    {"etc/arch-release", "", "arch", "", "arch"},
    {"etc/arch-release", "Manjaro Linux\n", "manjaro", "", "arch"},
};

TEST(ReleaseFiles, AreReadWhereThereIsNoOsRelease) {
  for (const OldFile& file : kOldFiles) {
    const Assembled assembled = assemble_files({{std::string(file.path), std::string(file.bytes)}});
    ASSERT_TRUE(assembled.distribution) << file.bytes;
    EXPECT_EQ(assembled.distribution->id, file.id) << file.bytes;
    EXPECT_EQ(assembled.distribution->version_id, file.version) << file.bytes;
    EXPECT_EQ(assembled.ecosystem, file.ecosystem) << file.bytes;
    EXPECT_EQ(assembled.distribution->path, file.path);
  }
}

TEST(ReleaseFiles, AnUnknownDistributionKeepsItsName) {
  const Assembled assembled = assemble_files({{"etc/redhat-release", "Some Other Linux release 3 (X)\n"}});
  ASSERT_TRUE(assembled.distribution);
  EXPECT_EQ(assembled.distribution->id, "");
  EXPECT_EQ(assembled.distribution->name, "Some Other Linux release 3 (X)");
  EXPECT_EQ(assembled.ecosystem, "");
}

TEST(Precedence, EtcBeforeUsrLibBeforeTheOldFiles) {
  const Assembled assembled = assemble_files({{"etc/redhat-release", "Red Hat Enterprise Linux release 8.10\n"},
                                              {"usr/lib/os-release", "ID=fedora\nVERSION_ID=1\n"},
                                              {"etc/os-release", "ID=ol\nVERSION_ID=8.10\nNAME=Oracle\n"}});
  EXPECT_EQ(assembled.ecosystem, "oracle:8");
  EXPECT_EQ(assembled.distribution->path, "etc/os-release");
}

TEST(Precedence, UbuntuIsNotTheDebianItCameFrom) {
  EXPECT_EQ(assemble_files({{"etc/debian_version", "bookworm/sid\n"},
                            {"etc/lsb-release", "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\n"}})
                .ecosystem,
            "ubuntu:22.04");
}

TEST(Precedence, DebianTestingIsToldByItsCodename) {
  const std::string testing = "PRETTY_NAME=\"Debian GNU/Linux buster/sid\"\nNAME=\"Debian GNU/Linux\"\nID=debian\n";
  const Assembled assembled = assemble_files({{"etc/os-release", testing}, {"etc/debian_version", "buster/sid\n"}});
  EXPECT_EQ(assembled.ecosystem, "debian:10");
  EXPECT_EQ(assembled.distribution->path, "etc/os-release");
}

TEST(Precedence, AFileWithoutAnIdGivesWayToOneWithIt) {
  EXPECT_EQ(assemble_files({{"etc/os-release", "NAME=x\n"}, {"etc/alpine-release", "3.18.4\n"}}).ecosystem,
            "alpine:3.18");
}

TEST(Precedence, NoFilesNoDistribution) {
  const Assembled assembled = assemble_files({});
  EXPECT_FALSE(assembled.distribution);
  EXPECT_EQ(assembled.ecosystem, "");
}

}  // namespace
}  // namespace oakum::packages
