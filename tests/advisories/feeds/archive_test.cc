#include "advisories/feeds/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oakum::advisories {
namespace {

struct Entry {
  std::string name;
  std::string bytes;
  unsigned type = AE_IFREG;
};

enum class Kind { zip, tar_gz, tar_zst, tar_xz, tar };

std::string make_archive(Kind kind, const std::vector<Entry>& entries) {
  std::string out(1 << 20, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  if (kind == Kind::zip) archive_write_set_format_zip(a);
  if (kind != Kind::zip) archive_write_set_format_pax_restricted(a);
  if (kind == Kind::tar_gz) archive_write_add_filter_gzip(a);
  if (kind == Kind::tar_zst) archive_write_add_filter_zstd(a);
  if (kind == Kind::tar_xz) archive_write_add_filter_xz(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  for (const Entry& item : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, item.name.c_str());
    archive_entry_set_filetype(entry, item.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(item.bytes.size()));
    archive_write_header(a, entry);
    archive_write_data(a, item.bytes.data(), item.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(a);
  archive_write_free(a);
  out.resize(used);
  return out;
}

bool all(std::string_view) { return true; }

Result<std::vector<std::pair<std::string, std::string>>> members(std::string_view bytes,
                                                                 const MemberFilter& wanted = all,
                                                                 const ArchiveLimits& limits = {}) {
  std::vector<std::pair<std::string, std::string>> found;
  const Status status = read_archive_bytes(
      bytes, "test.archive", wanted,
      [&](const ArchiveMember& member) -> Status {
        found.emplace_back(member.name, member.bytes);
        return {};
      },
      limits);
  if (!status) return std::unexpected(status.error());
  return found;
}

TEST(Archive, ReadsEveryContainerThatFeedsUse) {
  for (const Kind kind : {Kind::zip, Kind::tar, Kind::tar_gz, Kind::tar_zst, Kind::tar_xz}) {
    const auto found = members(make_archive(kind, {{"a.json", "{}"}, {"d/b.json", "[1]"}}));
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_THAT(*found, testing::ElementsAre(testing::Pair("a.json", "{}"), testing::Pair("d/b.json", "[1]")));
  }
}

TEST(Archive, PadsEachMemberWithZerosEvenAfterALongerOne) {
  const std::string bytes = make_archive(Kind::zip, {{"long", std::string(5000, 'x')}, {"short", "abc"}});
  const Status status = read_archive_bytes(bytes, "test", all, [](const ArchiveMember& member) -> Status {
    for (std::size_t i = 0; i < kPadding; ++i) EXPECT_EQ(member.bytes.data()[member.bytes.size() + i], '\0');
    return {};
  });
  EXPECT_TRUE(status);
}

TEST(Archive, SkipsWhatIsNotWantedAndWhatIsNoRegularFile) {
  const std::string bytes = make_archive(
      Kind::tar, {{"a.json", "1"}, {"b.txt", "2"}, {"dir.json", "", AE_IFDIR}, {"fifo.json", "", AE_IFIFO}});
  const auto found = members(bytes, [](std::string_view name) { return name.ends_with(".json"); });
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, testing::ElementsAre(testing::Pair("a.json", "1")));
}

TEST(Archive, RefusesAMemberThatIsLargerThanTheLimit) {
  const auto found =
      members(make_archive(Kind::tar_gz, {{"big", std::string(200'000, 'x')}}), all, {.member_bytes = 100'000});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::limit);
  EXPECT_EQ(found.error().what, "test.archive: big");
}

TEST(Archive, RefusesMoreMembersAndMoreBytesThanTheLimits) {
  const std::string bytes = make_archive(Kind::zip, {{"a", "11111"}, {"b", "22222"}, {"c", "33333"}});
  EXPECT_EQ(members(bytes, all, {.members = 2}).error().code, ErrorCode::limit);
  EXPECT_EQ(members(bytes, all, {.total_bytes = 12}).error().code, ErrorCode::limit);
  EXPECT_TRUE(members(bytes, all, {.total_bytes = 15, .members = 3}));
}

TEST(Archive, RefusesABombByItsRatio) {
  std::string out(4 << 20, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  archive_write_set_format_pax_restricted(a);
  archive_write_add_filter_zstd(a);
  archive_write_open_memory(a, out.data(), out.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, "bomb");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, 100 << 20);
  archive_write_header(a, entry);
  const std::string zeros(1 << 20, '\0');
  for (int i = 0; i < 100; ++i) archive_write_data(a, zeros.data(), zeros.size());
  archive_entry_free(entry);
  archive_write_close(a);
  archive_write_free(a);
  const auto found = members(std::string_view(out).substr(0, used));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().why, "unpacks to more than 1000 times its size");
}

TEST(Archive, SaysThatATruncatedArchiveIsBroken) {
  std::string noise;
  for (unsigned i = 0, x = 1; i < 50'000; ++i, x = x * 1664525U + 1013904223U) noise += static_cast<char>(x >> 24);
  const std::string bytes = make_archive(Kind::tar_gz, {{"a", noise}});
  const auto found = members(std::string_view(bytes).substr(0, bytes.size() / 2));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::invalid);
}

TEST(Archive, StopsWithTheVisitorsError) {
  int calls = 0;
  const Status status = read_archive_bytes(make_archive(Kind::zip, {{"a", "1"}, {"b", "2"}}), "test", all,
                                           [&](const ArchiveMember&) -> Status {
                                             ++calls;
                                             return fail(ErrorCode::invalid, "a", "no");
                                           });
  EXPECT_FALSE(status);
  EXPECT_EQ(calls, 1);
}

TEST(Archive, RefusesWhatIsNoArchive) {
  EXPECT_FALSE(members("this is no archive at all"));
  EXPECT_FALSE(members(""));
}

TEST(Document, IsReadPlainOrCompressed) {
  EXPECT_EQ(Document::from_bytes("{}", "x")->bytes(), "{}");
  EXPECT_EQ(Document::from_bytes("", "x")->bytes(), "");
  // printf '{"a":1}' | gzip -n
  constexpr unsigned char kGzip[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xab, 0x56, 0x4a, 0x54,
                                     0xb2, 0x32, 0xac, 0x05, 0x00, 0xaf, 0xac, 0x1b, 0x56, 0x07, 0x00, 0x00, 0x00};
  const std::string gzip(std::begin(kGzip), std::end(kGzip));
  const auto good = Document::from_bytes(gzip, "x.gz");
  ASSERT_TRUE(good) << good.error().message();
  EXPECT_EQ(good->bytes(), "{\"a\":1}");
  EXPECT_FALSE(Document::from_bytes(std::string_view(gzip).substr(0, 16), "x.gz"));
}

TEST(Document, IsHeldToItsLimit) {
  EXPECT_EQ(Document::from_bytes("12345", "x", {.member_bytes = 4}).error().code, ErrorCode::limit);
  EXPECT_TRUE(Document::from_bytes("1234", "x", {.member_bytes = 4}));
}

TEST(Document, NamesTheFileThatIsMissing) {
  EXPECT_EQ(Document::read("/nonexistent/x.json", "x.json").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace oakum::advisories
