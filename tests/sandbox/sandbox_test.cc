#include "sandbox/sandbox.h"

#include <cerrno>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "sandbox/landlock.h"

namespace oakum::sandbox {
namespace {

// Confinement is for good, so each attempt runs in a child; the child's exit status is what `attempt` returned.
int in_sandbox(const Policy& policy, const std::function<int()>& attempt) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (!confine(policy)) ::_exit(200);
    ::_exit(attempt());
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 201;
}

int try_open(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags, 0600);
  return fd >= 0 ? 0 : errno;
}

class Sandbox : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryDirectory::create("oakum-sandbox");
    ASSERT_TRUE(made);
    directory_ = std::make_unique<TemporaryDirectory>(std::move(*made));
    inputs_ = directory_->path() + "/inputs";
    cache_ = directory_->path() + "/cache";
    ASSERT_TRUE(make_directories(inputs_));
    ASSERT_TRUE(make_directories(cache_));
    ASSERT_TRUE(write_file_atomically(inputs_ + "/app.tar", "x"));
    ASSERT_TRUE(write_file_atomically(directory_->path() + "/secret", "x"));
  }
  Policy policy(bool network = false) const { return {.read = {inputs_}, .write = {cache_}, .network = network}; }

  std::unique_ptr<TemporaryDirectory> directory_;
  std::string inputs_;
  std::string cache_;
};

TEST_F(Sandbox, ReadsItsInputsAndNothingElse) {
  if (landlock_abi() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(in_sandbox(policy(), [&] { return try_open(inputs_ + "/app.tar", O_RDONLY); }), 0);
  EXPECT_EQ(in_sandbox(policy(), [&] { return try_open(directory_->path() + "/secret", O_RDONLY); }), EACCES);
  EXPECT_EQ(in_sandbox(policy(), [] { return try_open("/etc/passwd", O_RDONLY); }), EACCES);
}

TEST_F(Sandbox, WritesOnlyItsCache) {
  if (landlock_abi() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(in_sandbox(policy(), [&] { return write_file_atomically(cache_ + "/layer", "bytes") ? 0 : 1; }), 0);
  EXPECT_EQ(in_sandbox(policy(), [&] { return try_open(inputs_ + "/new", O_WRONLY | O_CREAT); }), EACCES);
  EXPECT_EQ(in_sandbox(policy(), [&] { return try_open(inputs_ + "/app.tar", O_WRONLY); }), EACCES);
}

TEST_F(Sandbox, RunsNoProgramAndStartsNoProcess) {
  EXPECT_EQ(in_sandbox(policy(), [] { return ::execl("/bin/true", "true", nullptr) == 0 ? 0 : errno; }), EPERM);
  EXPECT_EQ(in_sandbox(policy(), [] { return ::fork() >= 0 ? 0 : errno; }), EPERM);
}

TEST_F(Sandbox, StartsThreads) {
  EXPECT_EQ(in_sandbox(policy(),
                       [] {
                         int result = 1;
                         std::thread([&] { result = 0; }).join();
                         return result;
                       }),
            0);
}

TEST_F(Sandbox, OpensSocketsOnlyWhereThePolicySaysSo) {
  const auto open_socket = [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno; };
  EXPECT_EQ(in_sandbox(policy(false), open_socket), EPERM);
  EXPECT_EQ(in_sandbox(policy(true), open_socket), 0);
}

TEST_F(Sandbox, RefusesToLeaveOtherThreadsFree) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    std::jthread other([] { ::usleep(500'000); });
    ::_exit(confine(policy()) ? 1 : 0);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace oakum::sandbox
