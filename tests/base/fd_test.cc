#include "base/fd.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/process.h"

namespace oakum {
namespace {

TEST(ReadFile, StopsAtItsLimit) {
  const auto directory = TemporaryDirectory::create("oakum-test");
  ASSERT_TRUE(directory);
  const std::string path = directory->path() + "/file";
  ASSERT_TRUE(write_file_atomically(path, "12345"));
  EXPECT_EQ(read_file(path, 5).value(), "12345");
  const auto beyond = read_file(path, 4);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, ErrorCode::limit);
}

TEST(ReadFile, NamesTheMissingFile) {
  const auto missing = read_file("/nonexistent/x", 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().message(), "/nonexistent/x: cannot open: No such file or directory");
}

TEST(ReadFile, DoesNotWaitForTheWriterOfAPipe) {
  const auto directory = TemporaryDirectory::create("oakum-test");
  ASSERT_TRUE(directory);
  const std::string path = directory->path() + "/pipe";
  ASSERT_EQ(0, ::mkfifo(path.c_str(), 0600));
  const auto piped = read_file(path, 10);
  ASSERT_FALSE(piped);
  EXPECT_EQ(piped.error().message(), path + ": is a named pipe; name a file");
}

TEST(MakeDirectories, IsRepeatableAndRefusesFiles) {
  const auto directory = TemporaryDirectory::create("oakum-test");
  ASSERT_TRUE(directory);
  const std::string deep = directory->path() + "/a/b/c";
  EXPECT_TRUE(make_directories(deep));
  EXPECT_TRUE(make_directories(deep));
  ASSERT_TRUE(write_file_atomically(deep + "/file", ""));
  EXPECT_FALSE(make_directories(deep + "/file"));
}

TEST(MappedFile, MapsEmptyAndFullFiles) {
  const auto directory = TemporaryDirectory::create("oakum-test");
  ASSERT_TRUE(directory);
  ASSERT_TRUE(write_file_atomically(directory->path() + "/empty", ""));
  ASSERT_TRUE(write_file_atomically(directory->path() + "/full", "bytes"));
  EXPECT_EQ(MappedFile::open(directory->path() + "/empty")->bytes(), "");
  EXPECT_EQ(MappedFile::open(directory->path() + "/full")->bytes(), "bytes");
}

TEST(RunProcess, PassesInputAndCollectsOutput) {
  const auto result = run_process({"cat"}, "hello");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "hello");
  EXPECT_EQ(result->exit_status, 0);
  EXPECT_EQ(run_process({"sh", "-c", "echo no >&2; exit 3"})->exit_status, 3);
}

TEST(RunProcess, KillsWhatFloodsOrHangs) {
  EXPECT_EQ(run_process({"yes"}, {}, {.output_bytes = 1000}).error().code, ErrorCode::limit);
  EXPECT_EQ(run_process({"sleep", "30"}, {}, {.time = std::chrono::milliseconds(50)}).error().code, ErrorCode::limit);
  EXPECT_EQ(run_process({"/nonexistent/program"}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace oakum
