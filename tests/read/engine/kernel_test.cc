#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/fd.h"
#include "read/engine/engine.h"
#include "read/engine/proc.h"

namespace oakum::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kStatus =
    "Name:\tsleeper\nUid:\t1000\t1000\t1000\t1000\nGid:\t5\t5\t5\t5\nCapInh:\t0000000000000000\n"
    "CapPrm:\t0000000000000001\nCapEff:\t0000000000000001\nCapBnd:\t00000000a80425fb\nCapAmb:\t0000000000000000\n"
    "NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t3\n";

TEST(Status, ReadsWhatTheKernelWrites) {
  KernelFacts facts;
  ASSERT_TRUE(read_status(kStatus, facts));
  EXPECT_THAT(facts.uids, ElementsAre(1000, 1000, 1000, 1000));
  EXPECT_EQ(facts.bounding, 0xa80425fbU);
  EXPECT_EQ(facts.effective, 1U);
  EXPECT_TRUE(facts.no_new_privileges);
  EXPECT_EQ(facts.seccomp, 2);
  EXPECT_EQ(facts.seccomp_filters, 3);
  EXPECT_EQ(process_name(kStatus), "sleeper");
}

TEST(Status, RefusesHalfAFile) {
  KernelFacts facts;
  EXPECT_FALSE(read_status("", facts));
  EXPECT_FALSE(read_status(kStatus.substr(0, 60), facts));
  EXPECT_FALSE(read_status("Uid:\t1\t2\n", facts));
}

TEST(UserMap, TranslatesAndTellsTheIdentity) {
  EXPECT_TRUE(is_identity("         0          0 4294967295\n"));
  const std::string_view map = "         0     100000      65536\n     70000      1000          1\n";
  EXPECT_FALSE(is_identity(map));
  EXPECT_EQ(uid_inside(map, 100000), 0U);
  EXPECT_EQ(uid_inside(map, 100033), 33U);
  EXPECT_EQ(uid_inside(map, 1000), 70000U);
  EXPECT_EQ(uid_inside(map, 5), std::nullopt);
  EXPECT_EQ(uid_inside("junk", 0), std::nullopt);
}

TEST(Mountinfo, ReadsOptionsPropagationAndEscapes) {
  const auto mounts = read_mountinfo(
      "72 48 0:39 / / ro,relatime master:2 shared:5 - overlay overlay rw,lowerdir=/a\n"
      "80 72 0:40 /a\\040b /x\\040y rw - ext4 /dev/sda1 rw\nnot a mount\n");
  ASSERT_EQ(mounts.size(), 2U);
  EXPECT_THAT(mounts[0].options, ElementsAre("ro", "relatime", "master:2", "shared:5"));
  EXPECT_EQ(mounts[0].type, "overlay");
  EXPECT_EQ(mounts[1].root, "/a b");
  EXPECT_EQ(mounts[1].target, "/x y");
  EXPECT_EQ(mounts[1].source, "/dev/sda1");
}

TEST(Cgroup, FindsTheControllersPath) {
  const std::string_view text = "8:pids:/docker/x\n4:memory,foo:/m\n0::/v2\n";
  EXPECT_EQ(cgroup_path(text, "pids"), "/docker/x");
  EXPECT_EQ(cgroup_path(text, "memory"), "/m");
  EXPECT_EQ(cgroup_path(text, ""), "/v2");
  EXPECT_EQ(cgroup_path(text, "cpu"), std::nullopt);
}

// A /proc and cgroup file systems made of files.
class Kernel : public testing::Test {
 protected:
  void SetUp() override {
    auto made = TemporaryDirectory::create("oakum-kernel");
    ASSERT_TRUE(made.has_value());
    directory_.emplace(std::move(*made));
    put("proc/7/status", kStatus);
    put("proc/7/uid_map", "0 0 4294967295\n");
    put("proc/7/mountinfo", "72 48 0:39 / / ro,relatime - overlay overlay ro\n");
    put("proc/7/attr/current", "docker-default (enforce)\n");
    for (const char* process : {"1", "7"}) {
      for (const char* name : {"pid", "ipc", "net", "uts", "user", "cgroup"})
        link(std::string("proc/") + process + "/ns/" + name, std::string(name) + ":[" + process + "]");
    }
  }
  std::string path(const std::string& name) const { return directory_->path() + "/" + name; }
  void put(const std::string& name, std::string_view text) {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    ASSERT_TRUE(write_file_atomically(path(name), text).has_value());
  }
  void link(const std::string& name, const std::string& target) {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    ::unlink(path(name).c_str());
    ASSERT_EQ(::symlink(target.c_str(), path(name).c_str()), 0);
  }
  KernelFacts read() const { return read_kernel(7, path("proc"), path("cgroup")); }

 private:
  std::optional<TemporaryDirectory> directory_;
};

TEST_F(Kernel, ReadsVersionTwo) {
  put("proc/7/cgroup", "0::/slice/box\n");
  put("cgroup/cgroup.controllers", "cpu memory pids\n");
  put("cgroup/slice/memory.max", "1000\n");
  put("cgroup/slice/box/memory.max", "5000\n");
  put("cgroup/slice/box/pids.max", "max\n");
  put("cgroup/slice/box/cpu.max", "50000 100000\n");
  const KernelFacts facts = read();
  EXPECT_THAT(facts.unreadable, IsEmpty());
  EXPECT_EQ(facts.memory_limit, 1000U) << "the least of the cgroup's and those above it";
  EXPECT_EQ(facts.pids_limit, std::nullopt);
  EXPECT_EQ(facts.cpus, 0.5);
  EXPECT_TRUE(facts.root_read_only);
  EXPECT_FALSE(facts.host_pid || facts.host_network || facts.user_namespace);
  EXPECT_EQ(facts.uid_in_container, 1000U);
  EXPECT_EQ(facts.apparmor, "docker-default (enforce)");
}

TEST_F(Kernel, ReadsVersionOneBesideTwo) {
  put("proc/7/cgroup", "8:pids:/docker/x\n4:memory:/docker/x\n1:cpu:/docker/x\n0::/docker/x\n");
  put("cgroup/pids/docker/x/pids.max", "7\n");
  put("cgroup/memory/docker/x/memory.limit_in_bytes", "9223372036854771712\n");
  put("cgroup/cpu/docker/x/cpu.cfs_quota_us", "-1\n");
  put("cgroup/cpu/docker/x/cpu.cfs_period_us", "100000\n");
  const KernelFacts facts = read();
  EXPECT_THAT(facts.unreadable, IsEmpty());
  EXPECT_EQ(facts.pids_limit, 7U);
  EXPECT_EQ(facts.memory_limit, std::nullopt);
  EXPECT_EQ(facts.cpus, std::nullopt);
}

TEST_F(Kernel, NamesWhatItCannotRead) {
  put("proc/7/cgroup", "0::/../elsewhere\n");
  std::filesystem::remove(path("proc/7/mountinfo"));
  std::filesystem::remove(path("proc/7/ns/net"));
  const KernelFacts facts = read();
  std::string all;
  for (const std::string& what : facts.unreadable) all += what + "\n";
  EXPECT_THAT(all, testing::HasSubstr("the memory limit"));
  EXPECT_THAT(all, testing::HasSubstr("the mounts"));
  EXPECT_THAT(all, testing::HasSubstr("the net namespace"));
  EXPECT_FALSE(facts.root_read_only);
}

TEST_F(Kernel, SeesTheHostsNamespacesAndOthersThatAreRoot) {
  put("proc/7/cgroup", "0::/\n");
  link("proc/7/ns/net", "net:[1]");
  put("proc/9/status", "Name:\tsh\nUid:\t0\t0\t0\t0\n" + std::string(kStatus.substr(kStatus.find("Gid"))));
  link("proc/9/ns/pid", "pid:[7]");
  put("proc/11/status", "Name:\tother\nUid:\t0\t0\t0\t0\n" + std::string(kStatus.substr(kStatus.find("Gid"))));
  link("proc/11/ns/pid", "pid:[1]");
  const KernelFacts facts = read();
  EXPECT_TRUE(facts.host_network);
  EXPECT_FALSE(facts.host_pid);
  EXPECT_THAT(facts.process_uids_root, ElementsAre("sh"));
}

TEST(ThisProcess, IsInTheNamespacesOfItsMachine) {
  const KernelFacts facts = read_kernel(::getpid());
  EXPECT_EQ(facts.uids.size(), 4U);
  EXPECT_TRUE(facts.host_pid);
  EXPECT_FALSE(facts.mounts.empty());
}

}  // namespace
}  // namespace oakum::engine
