// The three containers, whole and broken on purpose. Those that rpm itself makes are in rpm_tools_test.cc.
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/fd.h"
#include "packages/rpm.h"
#include "packages/rpm_testing.h"

namespace oakum::packages {
namespace {

using namespace rpm_testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Finding read(std::string_view bytes) { return analyse_rpm(Format::rpm_bdb, {"db", bytes.size()}, bytes); }

std::vector<std::string> names(const Finding& finding) {
  std::vector<std::string> names;
  names.reserve(finding.packages.size());
  for (const Package& package : finding.packages) names.push_back(package.name);
  return names;
}

std::vector<std::string> messages(const Finding& finding) {
  std::vector<std::string> messages;
  messages.reserve(finding.errors.size());
  for (const Error& error : finding.errors) messages.push_back(error.message());
  return messages;
}

const std::vector<std::string>& three_headers() {
  static const std::vector<std::string> headers = {
      header_of("a").build(), header_of("b").text(kLicense, std::string(3000, 'l')).build(), header_of("c").build()};
  return headers;
}

// Runs `statements` on a new database in memory and binds `blob` to the parameter that one of them may have.
std::string sqlite_of(const std::vector<std::string>& statements, std::string_view blob = {}) {
  sqlite3* connection = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
  for (const std::string& sql : statements) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
    if (sqlite3_bind_parameter_count(statement) > 0) {
      sqlite3_bind_blob(statement, 1, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
    }
    while (sqlite3_step(statement) == SQLITE_ROW) {
    }
    EXPECT_EQ(sqlite3_finalize(statement), SQLITE_OK) << sql;
  }
  sqlite3_int64 size = 0;
  unsigned char* const bytes = sqlite3_serialize(connection, "main", &size, 0);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3_close(connection);
  return out;
}

constexpr const char* kCreate = "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL)";

std::string sqlite_with(const std::string& header, const std::vector<std::string>& before = {}) {
  std::vector<std::string> statements = before;
  statements.insert(statements.end(), {kCreate, "INSERT INTO Packages VALUES (1, ?)"});
  return sqlite_of(statements, header);
}

TEST(RpmContainer, IsToldByItsFirstBytes) {
  const std::array<std::pair<std::string, Format>, 3> cases = {{{sqlite_with(three_headers()[1]), Format::rpm_sqlite},
                                                                {ndb_of({three_headers()[1]}), Format::rpm_ndb},
                                                                {bdb_of({three_headers()[1]}), Format::rpm_bdb}}};
  for (const auto& [bytes, format] : cases) {
    for (const Format guess : {Format::rpm_sqlite, Format::rpm_ndb, Format::rpm_bdb}) {
      const Finding finding = analyse_rpm(guess, {"var/lib/rpm/Packages", bytes.size()}, bytes);
      EXPECT_EQ(finding.format, format);
      EXPECT_THAT(messages(finding), IsEmpty());
      ASSERT_THAT(names(finding), ElementsAre("b"));
      EXPECT_EQ(finding.packages[0].path, "var/lib/rpm/Packages");
      EXPECT_EQ(finding.packages[0].license, std::string(3000, 'l'));
    }
  }
}

TEST(RpmContainer, WhatIsNoneOfThemSaysSo) {
  EXPECT_THAT(messages(read("")), ElementsAre("db: an empty file where an rpm database is expected"));
  EXPECT_THAT(messages(read("PK\3\4 and more than sixteen bytes")), ElementsAre(HasSubstr("not an rpm database")));
}

TEST(RpmContainer, OneBadHeaderIsOneErrorAndTheRestGoesOn) {
  const std::vector<std::string> headers = {header_of("a").build(), "not a header", header_of("c").build()};
  for (const std::string& bytes : {ndb_of(headers), bdb_of(headers)}) {
    const Finding finding = read(bytes);
    EXPECT_THAT(names(finding), ElementsAre("a", "c"));
    EXPECT_THAT(messages(finding), ElementsAre(HasSubstr("db: package 2: header states")));
  }
}

TEST(RpmContainer, ImportedKeysAreNoPackages) {
  const Finding finding = read(ndb_of({header_of("gpg-pubkey").build(), header_of("a").build()}));
  EXPECT_THAT(names(finding), ElementsAre("a"));
  EXPECT_THAT(finding.errors, IsEmpty());
}

TEST(RpmContainer, PackagesLostToTruncationAreErrors) {
  for (const std::string& whole : {ndb_of(three_headers()), bdb_of(three_headers()), sqlite_with(three_headers()[1])}) {
    const std::size_t packages = read(whole).packages.size();
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      const Finding finding = read(std::string(whole, 0, size));  // a copy: reads beyond it are seen by ASan
      EXPECT_TRUE(finding.packages.size() == packages || !finding.errors.empty()) << size;
    }
  }
}

TEST(RpmNdb, ReadsADatabaseThatRpmWrote) {
  const auto bytes = read_file(OAKUM_SOURCE_DIR "/tests/packages/rpm_ndb_sample.db", 1 << 20);
  ASSERT_TRUE(bytes);
  const Finding finding = read(*bytes);
  EXPECT_THAT(messages(finding), IsEmpty());
  ASSERT_THAT(names(finding), ElementsAre("alpha-doc", "alpha"));
  EXPECT_EQ(finding.packages[0].version, "0:1.2.3-4.el9");
  EXPECT_EQ(finding.packages[1].module, "alpha:1.2:820:deadbeef");
  EXPECT_THAT(finding.packages[1].files,
              ElementsAre("/usr/bin/alpha", "/usr/share/doc/alpha/README", "/var/log/alpha.log"));
}

TEST(RpmNdb, ADamagedBlobIsAnErrorOfItsPackage) {
  struct Case {
    std::size_t at;
    std::string bytes;
    const char* message;
  };
  const std::string whole = ndb_of(three_headers());
  const Case cases[] = {
      {4096 + 40, "X", "checksum"},
      {4096, "Blob", "no blob where its slot says"},
      {4096 + 4, le32(9), "another package's blob"},
      {4096 + 12, le32(0xffffffff), "blob of 4294967295 bytes"},
      {32 + 8, le32(0x0fffffff), "beyond the end of the file"},
      {32 + 12, le32(0xffffffff), "beyond the end of the file"},
      {32 + 12, le32(0), "no blob where its slot says"},
  };
  for (const Case& c : cases) {
    std::string bytes = whole;
    put(bytes, c.at, c.bytes);
    const Finding finding = read(bytes);
    EXPECT_THAT(names(finding), ElementsAre("b", "c"));
    EXPECT_THAT(messages(finding), ElementsAre(HasSubstr(c.message)));
  }
}

TEST(RpmNdb, SlotsThatShareABlobAreStopped) {
  std::string bytes = ndb_of({three_headers()[1]});
  const std::string slot = bytes.substr(32, 16);
  for (std::size_t at = 48; at < 4096; at += 16) put(bytes, at, slot);
  const Finding finding = read(bytes);
  EXPECT_THAT(finding.packages, SizeIs(testing::Lt(4U)));
  EXPECT_THAT(messages(finding), ElementsAre("db: its packages are together longer than the file itself"));
}

TEST(RpmNdb, LyingSlotPagesAndVersionsAreRefused) {
  std::string bytes = ndb_of(three_headers());
  put(bytes, 12, le32(0xffffffff));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("no NDB slot at byte 4096")));
  put(bytes, 4, le32(1));
  EXPECT_THAT(messages(read(bytes)), ElementsAre("db: NDB version 1"));
}

TEST(RpmBdb, OtherAccessMethodsAndEncryptionAreNamed) {
  std::string bytes = bdb_of(three_headers());
  put(bytes, 12, le32(0x053162));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("access method btree")));
  put(bytes, 12, be32(0x042253));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("access method queue")));
  bytes = bdb_of(three_headers());
  put(bytes, 24, "\1");
  EXPECT_THAT(messages(read(bytes)), ElementsAre("db: an encrypted Berkeley DB"));
  EXPECT_EQ(read(bytes).errors[0].code, ErrorCode::unsupported);
}

TEST(RpmBdb, PageSizesOutOfRangeAreRefused) {
  for (const std::uint32_t size : {0U, 1U, 256U, 513U, 131072U, 0x80000000U}) {
    std::string bytes = bdb_of(three_headers());
    put(bytes, 20, le32(size));
    EXPECT_THAT(messages(read(bytes)), ElementsAre("db: Berkeley DB page size " + std::to_string(size)));
  }
}

TEST(RpmBdb, OverflowChainsThatLoopOrLeaveTheFileAreErrors) {
  struct Case {
    std::size_t page;
    std::size_t at;
    std::string bytes;
    const char* message;
  };
  // Page 2 is a's; 3 to 9 are b's.
  const Case cases[] = {
      {4, 16, le32(3), "page 3 is reached twice"},
      {4, 16, le32(4), "page 4 is reached twice"},
      {4, 16, le32(2), "page 2 is reached twice"},
      {4, 16, le32(1), "page 1 is no overflow page"},
      {4, 16, le32(0xfffffff0), "overflow page 4294967280 of"},
      {4, 16, le32(0), "bytes in overflow pages"},
      {4, 22, le16(0xffff), "page 4 holds more than it can"},
      {4, 25, "\x0d", "page 4 is no overflow page"},
  };
  for (const Case& c : cases) {
    std::string bytes = bdb_of(three_headers());
    put(bytes, c.page * kBdbPage + c.at, c.bytes);
    EXPECT_THAT(messages(read(bytes)), Contains(HasSubstr(c.message))) << c.message;
    EXPECT_THAT(names(read(bytes)), ElementsAre("a", "c"));
  }
}

TEST(RpmBdb, LyingLengthsAndOffsetsAreErrors) {
  const std::string whole = bdb_of(three_headers());
  const std::size_t value = 2 * kBdbPage - 5 - 12;  // of the first record
  std::string bytes = whole;
  put(bytes, value + 8, le32(0xffffffff));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("longer than the file itself")));
  bytes = whole;
  put(bytes, value, "\x09");
  EXPECT_THAT(messages(read(bytes)), ElementsAre("db: package 1: a value of type 9"));
  bytes = whole;
  put(bytes, kBdbPage + 20, le16(0xffff));  // entries
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("page 1: a record beyond its page")));
  bytes = whole;
  put(bytes, kBdbPage + 26, le16(0));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("page 1: a record beyond its page")));
  bytes = whole;
  put(bytes, 32, le32(0xffffffff));
  EXPECT_THAT(messages(read(bytes)), ElementsAre(HasSubstr("shorter than its metadata says")));
  EXPECT_THAT(names(read(bytes)), ElementsAre("a", "b", "c"));
}

TEST(RpmSqlite, ADatabaseInWriteAheadModeReads) {
  std::string bytes = sqlite_with(three_headers()[1]);
  bytes[18] = bytes[19] = 2;
  const std::string before = bytes;
  const Finding finding = read(bytes);
  EXPECT_THAT(messages(finding), IsEmpty());
  EXPECT_THAT(names(finding), ElementsAre("b"));
  EXPECT_EQ(bytes, before);
}

TEST(RpmSqlite, WithoutTheTableItSaysSo) {
  for (const std::vector<std::string>& statements : {
           std::vector<std::string>{"CREATE TABLE Names (a)"},
           {"CREATE VIEW Packages AS SELECT 1 AS hnum, x'00' AS blob"},
           {"CREATE VIRTUAL TABLE Packages USING fts5(hnum, blob)"},
       }) {
    const Finding finding = read(sqlite_of(statements));
    EXPECT_THAT(finding.packages, IsEmpty());
    EXPECT_THAT(messages(finding), ElementsAre("db: an SQLite database without rpm's table Packages"));
  }
}

TEST(RpmSqlite, ColumnsThatAreNotThereOrNoBlobsAreErrors) {
  EXPECT_THAT(messages(read(sqlite_of({"CREATE TABLE Packages (hnum)"}))),
              ElementsAre(HasSubstr("no such column: blob")));
  const Finding finding = read(sqlite_of({kCreate, "INSERT INTO Packages VALUES (7, 'text'), (8, 3.5)"}));
  EXPECT_THAT(messages(finding),
              ElementsAre("db: package 7: its header is not a blob", "db: package 8: its header is not a blob"));
}

// Interior pages whose children are all the same page: sqlite.org/fileformat2.html, 1.6.
std::string endless_sqlite() {
  std::string bytes =
      sqlite_of({"PRAGMA page_size=512", kCreate, "INSERT INTO Packages VALUES (1, x''), (2, x'00'), (3, x'01')"});
  constexpr std::uint32_t kDepth = 12;
  constexpr std::uint32_t kCells = 40;
  EXPECT_EQ(bytes.size(), 1024U);
  const std::string leaf = bytes.substr(512);
  bytes.resize(512);
  for (std::uint32_t number = 2; number < 2 + kDepth; ++number) {
    const std::string child = be32(number + 1);
    std::string page = std::string("\5\0\0", 3) + be32(kCells).substr(2) + be32(512 - 5 * kCells).substr(2);
    page += std::string(1, '\0') + child;
    for (std::uint32_t i = 0; i < kCells; ++i) page += be32(512 - 5 * (i + 1)).substr(2);
    page.resize(512 - 5 * kCells);
    for (std::uint32_t i = 0; i < kCells; ++i) page += child + "\1";
    bytes += page;
  }
  bytes += leaf;
  put(bytes, 28, be32(static_cast<std::uint32_t>(bytes.size() / 512)));
  return bytes;
}

TEST(RpmSqlite, ATableOfMoreRowsThanItsFileHoldsIsStopped) {
  const auto start = std::chrono::steady_clock::now();
  const Finding finding = read(endless_sqlite());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_THAT(finding.packages, IsEmpty());
  EXPECT_THAT(messages(finding).back(), testing::AnyOf(HasSubstr("more rows than"), HasSubstr("not listed"),
                                                       HasSubstr("longer than the file itself")));
}

TEST(RpmSqlite, NoFlippedByteBreaksIt) {
  const std::string whole = sqlite_with(three_headers()[1]);
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0xff);
    const Finding finding = read(bytes);
    EXPECT_LE(finding.packages.size(), 1U) << at;
  }
}

Finding read_log(std::string_view bytes) {
  return analyse_rpm(Format::rpm_wal, {"rpmdb.sqlite-wal", bytes.size()}, bytes);
}

// SQLite's own log, read while the database is open: its last change is in the log alone.
TEST(RpmSqlite, ChangesLeftInTheWriteAheadLogAreTold) {
  const auto directory = TemporaryDirectory::create("oakum-wal");
  ASSERT_TRUE(directory);
  const std::string path = directory->path() + "/rpmdb.sqlite";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  const char* sql = "PRAGMA journal_mode=WAL; CREATE TABLE Packages(hnum INTEGER PRIMARY KEY, blob BLOB)";
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  const auto log = read_file(path + "-wal", 1U << 20);
  EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
  ASSERT_TRUE(log);
  const Finding finding = read_log(*log);
  ASSERT_THAT(finding.errors, SizeIs(1));
  EXPECT_THAT(finding.errors[0].message(), HasSubstr("packages changed last may be missing"));
  EXPECT_THAT(read_log(log->substr(0, 32)).errors, IsEmpty()) << "a header without frames changes nothing";
  EXPECT_THAT(read_log("").errors, IsEmpty());
}

}  // namespace
}  // namespace oakum::packages
