#include "read/image/decompress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.h"

namespace oakum::image {
namespace {

using ::testing::HasSubstr;

std::string pipe_through(const std::vector<std::string>& argv, std::string_view input) {
  const auto result = run_process(argv, input, {.output_bytes = 64 << 20});
  EXPECT_TRUE(result && result->exit_status == 0) << argv[0];
  return result ? result->output : "";
}

std::string sample(std::size_t size) {
  std::string text;
  for (unsigned i = 0; text.size() < size; ++i) text += std::to_string(i * 2654435761U) + (i % 3 == 0 ? " " : "\n");
  text.resize(size);
  return text;
}

Result<std::string> inflate(std::string_view bytes, std::size_t in_piece, std::size_t out_piece, bool& complete) {
  const auto decompressor = make_decompressor(detect_compression(bytes));
  std::string out;
  std::vector<char> buffer(out_piece);
  while (!bytes.empty()) {
    std::string_view piece = bytes.substr(0, in_piece);
    bytes.remove_prefix(piece.size());
    for (;;) {
      OAKUM_TRY(const Decompressor::Step step, decompressor->step(piece, buffer));
      piece.remove_prefix(step.consumed);
      out.append(buffer.data(), step.produced);
      if (step.produced < buffer.size() && (piece.empty() || (step.consumed == 0 && step.produced == 0))) break;
    }
  }
  complete = decompressor->complete();
  return out;
}

struct Case {
  const char* name;
  std::vector<std::string> argv;
};

class Streams : public ::testing::TestWithParam<Case> {};

TEST_P(Streams, InflatesInPiecesOfAnySize) {
  const std::string plain = sample(700'000);
  const std::string stored = pipe_through(GetParam().argv, plain);
  // Members and frames follow each other, also with an empty one between.
  const std::string three = stored + pipe_through(GetParam().argv, "") + stored;
  for (const std::size_t in : {1UL, 3UL, 17UL, 4096UL, 262144UL, 10'000'000UL}) {
    for (const std::size_t out : {1000UL, 262144UL}) {
      bool complete = false;
      const auto result = inflate(three, in, out, complete);
      ASSERT_TRUE(result) << in << " " << out << " " << result.error().message();
      EXPECT_TRUE(complete);
      EXPECT_TRUE(*result == plain + plain) << in << " " << out;
    }
  }
}

TEST_P(Streams, KnowsThatItIsCutShort) {
  const std::string stored = pipe_through(GetParam().argv, sample(100'000));
  for (const std::size_t cut : {std::size_t{5}, std::size_t{9}, stored.size() / 2, stored.size() - 1}) {
    bool complete = false;
    const auto result = inflate(std::string_view(stored).substr(0, cut), 4096, 4096, complete);
    EXPECT_FALSE(result && complete) << cut;
  }
}

TEST_P(Streams, NoticesDamage) {
  std::string stored = pipe_through(GetParam().argv, sample(100'000));
  stored[stored.size() - 3] = static_cast<char>(stored[stored.size() - 3] ^ 0x40);  // in the checksum
  bool complete = false;
  EXPECT_FALSE(inflate(stored, 4096, 4096, complete));
}

INSTANTIATE_TEST_SUITE_P(Programs, Streams,
                         ::testing::Values(Case{"gzip", {"gzip", "-c"}}, Case{"igzip", {"igzip", "-c"}},
                                           Case{"pigz", {"pigz", "-c"}},
                                           Case{"pigz_independent", {"pigz", "-i", "-b", "128", "-c"}},
                                           Case{"zstd", {"zstd", "-qc"}}, Case{"zstd19", {"zstd", "-19", "-qc"}},
                                           Case{"zstd_long", {"zstd", "--long=27", "-qc"}}),
                         [](const auto& test) { return test.param.name; });

TEST(Gzip, ReadsOverWhatFollowsTheLastMember) {
  const std::string stored = pipe_through({"gzip", "-c"}, "hello");
  for (const std::string& tail : {std::string(512, '\0'), std::string("garbage"), std::string("\x1F")}) {
    bool complete = false;
    const auto result = inflate(stored + tail, 5, 100, complete);
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, "hello");
    EXPECT_TRUE(complete);
  }
}

TEST(Zstd, SkipsSkippableFrames) {
  const std::string skippable("\x50\x2A\x4D\x18\x03\0\0\0abc", 11);
  bool complete = false;
  const auto result = inflate(skippable + pipe_through({"zstd", "-qc"}, "hello") + skippable, 2, 100, complete);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, "hello");
  EXPECT_TRUE(complete);
}

TEST(Zstd, RefusesWindowsThatEatTheMemory) {
  // A frame header with window descriptor 0xFF: more than 3 TiB.
  bool complete = false;
  const auto result = inflate(std::string_view("\x28\xB5\x2F\xFD\x00\xFF\x01\x00\x00", 9), 100, 100, complete);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::limit);
  EXPECT_THAT(result.error().message(), HasSubstr("128 MiB"));
}

TEST(DetectCompression, GoesByTheFirstBytes) {
  EXPECT_EQ(detect_compression("\x1F\x8B\x08"), Compression::gzip);
  EXPECT_EQ(detect_compression("\x28\xB5\x2F\xFD"), Compression::zstd);
  EXPECT_EQ(detect_compression("\x1F"), Compression::none);
  EXPECT_EQ(detect_compression(""), Compression::none);
  EXPECT_EQ(detect_compression("etc/"), Compression::none);
}

}  // namespace
}  // namespace oakum::image
