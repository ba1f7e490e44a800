#include "read/image/tar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/fd.h"
#include "base/process.h"
#include "read/image/tar_builder.h"

namespace oakum::image {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TarBuilder;

// Writes down what it sees, one line an entry; wants every file up to a size.
class Recorder final : public TarVisitor {
 public:
  std::vector<std::string> entries;
  std::vector<std::string> contents;
  std::vector<std::string> errors;
  std::uint64_t size_limit = 1 << 20;

  Result<bool> entry(const TarEntry& entry) override {
    static constexpr const char* kTypes[] = {"file", "hard", "sym", "dir", "other"};
    std::string line = std::string(kTypes[static_cast<int>(entry.type)]) + " " + std::string(entry.path);
    if (!entry.link.empty()) line += " -> " + std::string(entry.link);
    if (entry.size > 0) line += " " + std::to_string(entry.size);
    entries.push_back(line);
    content_.clear();
    return entry.size <= size_limit;
  }
  void content(std::string_view bytes) override { content_ += bytes; }
  Status end_of_content() override {
    contents.push_back(content_);
    return {};
  }
  void skipped(Error error) override { errors.push_back(error.message()); }

 private:
  std::string content_;
};

Status walk(Recorder& recorder, std::string_view bytes, std::size_t piece = std::string_view::npos,
            const TarLimits& limits = {}) {
  TarReader reader(recorder, limits);
  while (!bytes.empty()) {
    OAKUM_CHECK(reader.feed(bytes.substr(0, piece)));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return reader.finish();
}

TEST(TarReader, ReadsTheSameInPiecesOfAnySize) {
  TarBuilder tar;
  tar.directory("etc/")
      .file("etc/os-release", std::string(700, 'x'))
      .symlink("etc/l", "../usr")
      .hard_link("b", "etc/l");
  tar.pax("path", std::string(150, 'p')).file("short", "abc").gnu_long('L', std::string(120, 'n')).file("s", "").end();
  Recorder whole;
  ASSERT_TRUE(walk(whole, tar.bytes()));
  EXPECT_THAT(whole.entries, ElementsAre("dir etc", "file etc/os-release 700", "sym etc/l -> ../usr", "hard b -> etc/l",
                                         "file " + std::string(150, 'p') + " 3", "file " + std::string(120, 'n')));
  EXPECT_THAT(whole.contents, ElementsAre(std::string(700, 'x'), "abc", ""));
  for (const std::size_t piece : {1UL, 7UL, 511UL, 512UL, 513UL, 1000UL}) {
    Recorder pieces;
    ASSERT_TRUE(walk(pieces, tar.bytes(), piece)) << piece;
    EXPECT_EQ(pieces.entries, whole.entries) << piece;
    EXPECT_EQ(pieces.contents, whole.contents) << piece;
  }
}

TEST(TarReader, NormalisesNamesAndSkipsThoseThatEscape) {
  TarBuilder tar;
  tar.file("/abs", "").file("./a//b/./c", "").file("a/../d", "").file("../../host", "x").file("a/../../up", "");
  tar.hard_link("h", "../../etc/shadow").pax("path", std::string("nul\0x", 5)).file("z", "").directory("./").end();
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("file abs", "file a/b/c", "file d"));
  EXPECT_THAT(recorder.errors,
              ElementsAre(R"(entry "../../host": its path leaves the image; the entry was skipped)",
                          HasSubstr("a/../../up"), HasSubstr("\"h\": its path leaves"), HasSubstr("holds a NUL byte")));
}

TEST(TarReader, GivesGlobalPaxWayToLocal) {
  TarBuilder tar;
  tar.pax("linkpath", "everywhere", 'g').symlink("a", "x").pax("linkpath", "here").symlink("b", "x").symlink("c", "x");
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.end().bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("sym a -> everywhere", "sym b -> here", "sym c -> everywhere"));
}

TEST(TarReader, TakesTheSizeFromPax) {
  TarBuilder tar;
  tar.pax("size", "5").header("f", '0', 0).raw("hello").pad().file("g", "").end();
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("file f 5", "file g"));
  EXPECT_THAT(recorder.contents, ElementsAre("hello", ""));
}

TEST(TarReader, ReadsOldSparsePaxHeaders) {
  TarBuilder tar;
  const std::string records = TarBuilder::pax_record("GNU.sparse.size", "10") +
                              TarBuilder::pax_record("GNU.sparse.map", "2,3,8,1") +
                              TarBuilder::pax_record("GNU.sparse.name", "real");
  tar.header("x", 'x', records.size()).raw(records).pad().header("f", '0', 4).raw("abcd").pad().end();
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes(), 3));
  EXPECT_THAT(recorder.entries, ElementsAre("file real 10"));
  EXPECT_THAT(recorder.contents, ElementsAre(std::string("\0\0abc\0\0\0d\0", 10)));
}

TEST(TarReader, RefusesSparseMapsThatDoNotFit) {
  for (const char* map : {"2,3", "8,4", "5,2,1,2", "0,4,x,1", "1,2,3"}) {
    TarBuilder tar;
    const std::string records =
        TarBuilder::pax_record("GNU.sparse.size", "10") + TarBuilder::pax_record("GNU.sparse.map", map);
    tar.header("x", 'x', records.size()).raw(records).pad().header("f", '0', 4).raw("abcd").pad().end();
    Recorder recorder;
    EXPECT_FALSE(walk(recorder, tar.bytes())) << map;
  }
}

TEST(TarReader, NeverWritesTheHolesOfAFileThatIsNotWanted) {
  TarBuilder tar;
  const std::string records = TarBuilder::pax_record("GNU.sparse.size", "9000000000000000000") +
                              TarBuilder::pax_record("GNU.sparse.map", "2,4");
  tar.header("x", 'x', records.size()).raw(records).pad().header("f", '0', 4).raw("abcd").pad().end();
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("file f 9000000000000000000"));
  EXPECT_THAT(recorder.contents, IsEmpty());
}

TEST(TarReader, ReadsBase256AndRefusesNegativeSizes) {
  std::string block = TarBuilder().header("f", '0', 0).bytes();
  block[124] = static_cast<char>(0x80);
  block.replace(125, 11, std::string(10, '\0') + '\3');
  TarBuilder::seal(block);
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, TarBuilder().raw(block).raw("abc").pad().end().bytes()));
  EXPECT_THAT(recorder.contents, ElementsAre("abc"));
  block.replace(124, 12, std::string(12, '\xFF'));
  TarBuilder::seal(block);
  Recorder negative;
  const Status status = walk(negative, block);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message(), HasSubstr("malformed size"));
}

TEST(TarReader, AcceptsChecksumsOfSignedBytes) {
  std::string block = TarBuilder().header("caf\xE9", '5', 0).bytes();
  TarBuilder::put(block, 148, "        ");
  int sum = 0;
  for (const char c : block) sum += static_cast<signed char>(c);
  char digits[16];
  std::snprintf(digits, sizeof digits, "%06o", static_cast<unsigned>(sum));
  TarBuilder::put(block, 148, std::string_view(digits, 7));
  Recorder recorder;
  EXPECT_TRUE(walk(recorder, block));
  block[0] ^= 1;
  EXPECT_FALSE(walk(recorder, block));
}

TEST(TarReader, TellsTruncationFromAMissingEnd) {
  const std::string bytes = TarBuilder().file("a", "hello").file("b", std::string(600, 'b')).bytes();
  Recorder recorder;
  EXPECT_TRUE(walk(recorder, bytes));                                // no end blocks, but between entries
  EXPECT_TRUE(walk(recorder, bytes.substr(0, bytes.size() - 100)));  // the last padding is cut
  for (const std::size_t cut : {bytes.size() - 500, bytes.size() - 1200, std::size_t{514}, std::size_t{100}}) {
    const Status status = walk(recorder, bytes.substr(0, cut));
    ASSERT_FALSE(status) << cut;
    EXPECT_THAT(status.error().message(), HasSubstr("ends in the middle of an entry"));
  }
}

TEST(TarReader, StopsAtTwoZeroBlocksAndReadsOnAfterOne) {
  TarBuilder tar;
  tar.file("a", "").raw(std::string(512, '\0')).file("b", "").end().raw("garbage").file("c", "");
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("file a", "file b"));
}

TEST(TarReader, LinksAndDevicesHaveNoBodyWhateverTheySay) {
  TarBuilder tar;
  tar.header("l", '2', 4096, "target").header("d", '5', 4096).header("n", '3', 4096).file("after", "x").end();
  Recorder recorder;
  ASSERT_TRUE(walk(recorder, tar.bytes()));
  EXPECT_THAT(recorder.entries, ElementsAre("sym l -> target", "dir d", "other n", "file after 1"));
}

TEST(TarReader, LimitsEntriesHeadersAndPaths) {
  TarBuilder many;
  for (int i = 0; i < 20; ++i) many.pax("comment", "x");
  Recorder recorder;
  const Status endless = walk(recorder, many.bytes(), 512, {.entries = 10});
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::limit);

  const Status huge = walk(recorder, TarBuilder().header("x", 'x', 1ULL << 32).bytes());
  ASSERT_FALSE(huge);
  EXPECT_EQ(huge.error().code, ErrorCode::limit);

  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "d/";
  ASSERT_TRUE(walk(
      recorder,
      TarBuilder().gnu_long('L', deep).file("x", "").pax("path", std::string(9000, 'a')).file("x", "").end().bytes()));
  EXPECT_THAT(recorder.errors, ElementsAre(HasSubstr("is too deep"), HasSubstr("is too long")));
}

TEST(TarReader, RefusesMalformedPax) {
  for (const char* record : {"9999 a=b\n", "3 a", "x a=b\n", "7 ab=c", "6 abc\n", "2 \n", "0 a=b\n"}) {
    TarBuilder tar;
    tar.header("x", 'x', std::strlen(record)).raw(record).pad().file("f", "").end();
    Recorder recorder;
    EXPECT_FALSE(walk(recorder, tar.bytes())) << record;
  }
}

class RealTar : public ::testing::TestWithParam<const char*> {};

TEST_P(RealTar, ReadsWhatTarWrites) {
  const auto directory = TemporaryDirectory::create("oakum-tar");
  ASSERT_TRUE(directory);
  const std::string root = directory->path() + "/root";
  ASSERT_TRUE(make_directories(root + "/etc"));
  ASSERT_TRUE(write_file_atomically(root + "/etc/os-release", "ID=debian\n"));
  const std::string script =
      "cd " + root +
      " && ln -s ../usr/lib/x etc/link && ln etc/os-release etc/same"
      " && truncate -s 300000 sparse && printf middle | dd of=sparse bs=1 seek=150000 conv=notrunc"
      " && tar --sort=name --format=" +
      std::string(GetParam()) + " -cf ../out.tar .";
  const auto made = run_process({"sh", "-c", script});
  ASSERT_TRUE(made && made->exit_status == 0) << (made ? made->errors : "");
  const std::string bytes = read_file(directory->path() + "/out.tar", 1 << 24).value();
  Recorder recorder;
  const Status status = walk(recorder, bytes, 10007);
  ASSERT_TRUE(status) << status.error().message();
  EXPECT_THAT(recorder.entries, ElementsAre("dir etc", "sym etc/link -> ../usr/lib/x", "file etc/os-release 10",
                                            "hard etc/same -> etc/os-release", "file sparse 300000"));
  ASSERT_THAT(recorder.contents, SizeIs(2));
  std::string sparse(300000, '\0');
  sparse.replace(150000, 6, "middle");
  EXPECT_EQ(recorder.contents[1], sparse);
}

INSTANTIATE_TEST_SUITE_P(Formats, RealTar,
                         ::testing::Values("v7", "ustar", "oldgnu", "gnu", "pax", "gnu --sparse",
                                           "pax --sparse --sparse-version=0.0", "pax --sparse --sparse-version=0.1",
                                           "pax --sparse --sparse-version=1.0"));

}  // namespace
}  // namespace oakum::image
