#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kStatus[] =
    "Package: busybox\nVersion: 1.36.1-1\nDepends: libc\nStatus: install user installed\nEssential: yes\n"
    "Architecture: x86_64\nConffiles:\n /etc/passwd 0\nInstalled-Time: 1714000000\n\n"
    "Package: dropbear\nVersion: 2022.82-5\nStatus: install ok installed\nArchitecture: x86_64\n"
    "Installed-Time: 1714000000\n\n"
    "Package: gone\nVersion: 1\nStatus: deinstall ok not-installed\nArchitecture: x86_64\n\n";

constexpr char kControl[] =
    "Package: busybox\nVersion: 1.36.1-1\nDepends: libc\nSource: package/utils/busybox\nSourceName: busybox-src\n"
    "License: GPL-2.0\nSection: base\nMaintainer: Felix Fietkau <nbd@nbd.name>\nArchitecture: x86_64\n"
    "Installed-Size: 236451\nDescription:  The Swiss Army Knife of embedded Linux.\n";

TEST(Opkg, ReadsTheStatusFile) {
  const Finding finding = read("usr/lib/opkg/status", kStatus);
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_THAT(names(finding.packages), ElementsAre("busybox", "dropbear"));
  EXPECT_EQ(finding.packages[0].version, "1.36.1-1");
  EXPECT_EQ(finding.packages[0].source, (SourcePackage{"busybox", "1.36.1-1"}));
  EXPECT_EQ(finding.packages[0].ecosystem, "opkg");
}

TEST(Opkg, ControlFilesAddSourceAndLicence) {
  const Assembled assembled =
      assemble_files({{"usr/lib/opkg/status", kStatus},
                      {"usr/lib/opkg/info/busybox.control", kControl},
                      {"usr/lib/opkg/info/gone.control", "Package: gone\nVersion: 1\n"},
                      {"usr/lib/opkg/info/busybox.list", "/bin/busybox\n/bin/sh\t0777\n/etc/\n"}});
  ASSERT_THAT(names(assembled.packages), ElementsAre("busybox", "dropbear"));
  const Package& busybox = assembled.packages[0];
  EXPECT_EQ(busybox.source, (SourcePackage{"busybox-src", "1.36.1-1"}));
  EXPECT_EQ(busybox.license, "GPL-2.0");
  EXPECT_EQ(busybox.vendor, "Felix Fietkau <nbd@nbd.name>");
  EXPECT_EQ(busybox.path, "usr/lib/opkg/status");
  EXPECT_THAT(busybox.files, ElementsAre("/bin/busybox", "/bin/sh"));
}

TEST(Opkg, ControlFilesAloneStillCount) {
  const Assembled assembled = assemble_files(
      {{"var/lib/opkg/info/busybox.control", kControl}, {"var/lib/opkg/info/busybox.list", "/bin/busybox\n"}});
  ASSERT_THAT(names(assembled.packages), ElementsAre("busybox"));
  EXPECT_THAT(assembled.packages[0].files, ElementsAre("/bin/busybox"));
}

TEST(Opkg, NamesTheSourceAsOlderOpenWrtAndYoctoDo) {
  const auto source = [](const std::string& field) {
    return read("usr/lib/opkg/info/x.control", "Package: x\nVersion: 1\nSource: " + field + "\n")
        .packages[0]
        .source.name;
  };
  EXPECT_EQ(source("package/utils/busybox"), "busybox");
  EXPECT_EQ(source("feeds/packages/net/curl"), "curl");
  EXPECT_EQ(source("openssl_3.0.13.bb"), "openssl");
  EXPECT_EQ(source(""), "x");
}

}  // namespace
}  // namespace oakum::packages
