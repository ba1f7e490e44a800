// Databases made by rpm(8) and Berkeley DB's own db_load(1), compared with what rpm says is in them.
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/process.h"
#include "base/text.h"
#include "packages/rpm.h"

namespace oakum::packages {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

constexpr std::string_view kAlpha = R"(
Name: alpha
Version: 1.2.3
Release: 4.module+el8
Summary: The first
License: MIT and GPLv2+
Vendor: Example Vendor
ModularityLabel: alpha:1.2:820:deadbeef
BuildArch: noarch
%description
One.
%package libs
Summary: With its own version
Epoch: 7
Version: 9.0~rc1^20240101
%description libs
Two.
%package doc
Summary: A stated epoch of zero, no files
Epoch: 0
%description doc
Three.
%install
mkdir -p %{buildroot}/usr/share/alpha/many %{buildroot}/usr/bin
echo x > %{buildroot}/usr/bin/alpha
for i in $(seq 1 2000); do echo > %{buildroot}/usr/share/alpha/many/file-$i; done
%files
/usr/bin/alpha
%ghost /var/log/alpha.log
%files libs
/usr/share/alpha
%files doc
)";

constexpr std::string_view kBeta = R"(
%global debug_package %{nil}
Name: beta-with-dashes
Version: 2
Release: 1%{?dist}
Summary: The second
License: BSD
%description
Four.
%install
mkdir -p %{buildroot}/usr/lib
echo x > %{buildroot}/usr/lib/beta
%files
/usr/lib/beta
)";

Result<std::string> run(const std::vector<std::string>& argv, std::string_view input = {}) {
  OAKUM_TRY(auto result, run_process(argv, input, {.output_bytes = 64U << 20, .time = std::chrono::seconds(120)}));
  if (result.exit_status != 0) return fail(ErrorCode::internal, argv[0], printable(result.errors, 2000));
  return std::move(result.output);
}

bool installed(const char* tool) { return run_process({tool, tool[0] == 'd' ? "-V" : "--version"}).has_value(); }

class RpmTools : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const char* tool : {"rpm", "rpmbuild"}) {
      if (!installed(tool)) missing_ = tool;
    }
    if (missing_.empty()) build_all();
  }
  static void TearDownTestSuite() { directory_.reset(); }
  void SetUp() override {
    if (!missing_.empty()) GTEST_SKIP() << missing_ << " is not installed";
    ASSERT_TRUE(failure_.empty()) << failure_;
  }

  static void build_all() {
    auto directory = TemporaryDirectory::create("oakum-rpm");
    if (directory) directory_.emplace(std::move(*directory));
    const Status status = directory ? build() : Status(std::unexpected(directory.error()));
    if (!status) failure_ = status.error().message();
  }

  static Status build() {
    const std::string top = directory_->path() + "/top";
    for (const auto& [name, spec] : {std::pair{"alpha", kAlpha}, {"beta", kBeta}}) {
      const std::string file = directory_->path() + "/" + name + ".spec";
      OAKUM_CHECK(write_file_atomically(file, spec));
      OAKUM_CHECK(run({"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + top, file}));
    }
    OAKUM_TRY(const std::string found, run({"find", top + "/RPMS", "-name", "*.rpm"}));
    std::vector<std::string> install = rpm({"-i", "--justdb", "--nodeps", "--noscripts", "--ignorearch"});
    std::string_view rest = found;
    while (const auto line = next_line(rest)) install.emplace_back(*line);
    OAKUM_CHECK(run(rpm({"--initdb"})));
    OAKUM_CHECK(run(install));
    return {};
  }

  static std::vector<std::string> rpm(const std::vector<std::string>& arguments, std::string_view backend = "sqlite") {
    std::vector<std::string> argv = {"rpm",          "--root",   directory_->path() + "/root",          "--dbpath",
                                     "/var/lib/rpm", "--define", fmt::format("_db_backend {}", backend)};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return argv;
  }
  static std::string database() { return directory_->path() + "/root/var/lib/rpm/"; }

  // What rpm says, one package a line, in the words of describe().
  static std::vector<std::string> asked(std::string_view backend = "sqlite") {
    const auto output = run(rpm({"-qa", "--qf",
                                 "%{name}|%{epoch}|%{version}-%{release}|%{arch}|%{sourcerpm}|%{vendor}|%{license}|"
                                 "%{modularitylabel}|[%{filenames},]\n"},
                                backend));
    EXPECT_TRUE(output) << output.error().message();
    std::vector<std::string> lines;
    std::string_view rest = output ? std::string_view(*output) : std::string_view();
    while (const auto line = next_line(rest)) lines.emplace_back(*line);
    return lines;
  }

  static std::string describe(const Package& package) {
    const auto stated = [](const std::string& text) { return text.empty() ? "(none)" : text; };
    std::string version = package.version;
    if (!package.epoch.empty()) version.erase(0, package.epoch.size() + 1);
    std::string files;
    for (const std::string& file : package.files) files += file + ",";
    return fmt::format("{}|{}|{}|{}|{}-{}.src.rpm|{}|{}|{}|{}", package.name, stated(package.epoch), version,
                       package.arch, package.source.name, package.source.version, stated(package.vendor),
                       package.license, stated(package.module), files);
  }

  static std::vector<std::string> read(const std::string& path, Format format) {
    const auto bytes = read_file(path, 1U << 30);
    EXPECT_TRUE(bytes) << bytes.error().message();
    if (!bytes) return {};
    const Finding finding = analyse_rpm(format, {"var/lib/rpm/Packages", bytes->size()}, *bytes);
    for (const Error& error : finding.errors) ADD_FAILURE() << error.message();
    EXPECT_EQ(finding.format, format);
    std::vector<std::string> lines;
    lines.reserve(finding.packages.size());
    for (const Package& package : finding.packages) lines.push_back(describe(package));
    return lines;
  }

  // The headers of the sqlite database as db_load takes them, package numbers in the byte order of the new database.
  static std::string load_input(std::string_view method, int page_size, int order) {
    const auto rows = run({"sqlite3", database() + "rpmdb.sqlite", "SELECT hnum, lower(hex(blob)) FROM Packages"});
    EXPECT_TRUE(rows) << rows.error().message();
    std::string input =
        fmt::format("VERSION=3\nformat=bytevalue\ntype={}\ndb_pagesize={}\nHEADER=END\n", method, page_size);
    input += " 00000000\n 05000000\n";  // record 0, the number that the next package gets
    std::string_view rest = rows ? std::string_view(*rows) : std::string_view();
    while (auto line = next_line(rest)) {
      const auto number = parse_number<std::uint32_t>(next_field(*line, '|')).value_or(0);
      input += fmt::format(" {:08x}\n {}\n", order == 4321 ? number : __builtin_bswap32(number), *line);
    }
    return input + "DATA=END\n";
  }

  static Status make_berkeley(const std::string& path, std::string_view method, int page_size, int order) {
    OAKUM_CHECK(
        run({"db5.3_load", "-c", fmt::format("db_lorder={}", order), path}, load_input(method, page_size, order)));
    return {};
  }

  static inline std::optional<TemporaryDirectory> directory_;
  static inline std::string missing_;
  static inline std::string failure_;
};

TEST_F(RpmTools, SqliteIsReadAsRpmReadsIt) {
  const auto expected = asked();
  EXPECT_THAT(expected, testing::SizeIs(4));
  EXPECT_THAT(expected, Contains(HasSubstr("alpha-libs|7|9.0~rc1^20240101-4.module+el8|noarch|alpha-1.2.3-")));
  EXPECT_THAT(read(database() + "rpmdb.sqlite", Format::rpm_sqlite), UnorderedElementsAreArray(expected));
}

TEST_F(RpmTools, TheManifestIsReadAsRpmPrintedIt) {
  const auto output = run(rpm({"-qa", "--qf",
                               "%{NAME}\t%{VERSION}-%{RELEASE}\t%{INSTALLTIME}\t%{BUILDTIME}\t%{VENDOR}\t%{EPOCH}\t"
                               "%{SIZE}\t%{ARCH}\t%{EPOCHNUM}\t%{SOURCERPM}\n"}));
  ASSERT_TRUE(output) << output.error().message();
  const Finding finding = analyse_rpm(Format::rpm_manifest, {"container-manifest-2", output->size()}, *output);
  EXPECT_THAT(finding.errors, IsEmpty());
  const auto sqlite = read_file(database() + "rpmdb.sqlite", 1U << 30);
  ASSERT_TRUE(sqlite);
  std::vector<Package> expected = analyse_rpm(Format::rpm_sqlite, {"container-manifest-2", 0}, *sqlite).packages;
  for (Package& package : expected) {  // what the manifest does not say
    package.files.clear();
    package.license.clear();
    package.module.clear();
  }
  EXPECT_THAT(finding.packages, UnorderedElementsAreArray(expected));
}

TEST_F(RpmTools, BerkeleyDbOfEveryByteOrderAndPageSizeIsRead) {
  for (const char* tool : {"db5.3_load", "sqlite3"}) {
    if (!installed(tool)) GTEST_SKIP() << tool << " is not installed";
  }
  const auto expected = asked();
  for (const int order : {1234, 4321}) {
    for (int page_size = 512; page_size <= 65536; page_size *= 2) {
      const std::string path = fmt::format("{}/Packages-{}-{}", directory_->path(), order, page_size);
      const Status made = make_berkeley(path, "hash", page_size, order);
      ASSERT_TRUE(made) << made.error().message();
      EXPECT_THAT(read(path, Format::rpm_bdb), UnorderedElementsAreArray(expected)) << path;
    }
  }
}

TEST_F(RpmTools, ABtreeIsNoPackageDatabase) {
  if (!installed("db5.3_load") || !installed("sqlite3")) GTEST_SKIP() << "db5.3_load or sqlite3 is not installed";
  const std::string path = directory_->path() + "/btree";
  const Status made = make_berkeley(path, "btree", 4096, 1234);
  ASSERT_TRUE(made) << made.error().message();
  const auto bytes = read_file(path, 1U << 30);
  ASSERT_TRUE(bytes);
  const Finding finding = analyse_rpm(Format::rpm_bdb, {"Packages", bytes->size()}, *bytes);
  ASSERT_THAT(finding.errors, testing::SizeIs(1));
  EXPECT_EQ(finding.errors[0].code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace oakum::packages
