#include "model/platform_defaults.h"

#include <bit>
#include <string>

#include <gtest/gtest.h>

namespace oakum {
namespace {

Workload workload_of(Engine engine) {
  Workload workload;
  workload.engine = engine;
  return workload;
}

CapabilityMask mask_of(std::string_view name) { return CapabilityMask{1} << *capability_number(name); }

TEST(PlatformDefaults, EnginesGiveTheirOwnCapabilities) {
  EXPECT_EQ(std::popcount(default_capabilities(Engine::docker)), 14);
  EXPECT_EQ(std::popcount(default_capabilities(Engine::podman)), 11);
  EXPECT_EQ(default_capabilities(Engine::docker) & ~default_capabilities(Engine::podman),
            mask_of("NET_RAW") | mask_of("MKNOD") | mask_of("AUDIT_WRITE"));
  EXPECT_EQ(default_capabilities(Engine::oci), 0U);
}

TEST(PlatformDefaults, AddedNamesWinOverADroppedAll) {
  for (const Engine engine : {Engine::docker, Engine::kubernetes}) {
    Workload workload = workload_of(engine);
    workload.cap_drop.add("all", {});
    workload.cap_add.add("CAP_NET_BIND_SERVICE", {});
    EXPECT_EQ(effective_capabilities(workload), mask_of("NET_BIND_SERVICE"));
  }
}

TEST(PlatformDefaults, AddedAllLeavesOutSingleDrops) {
  Workload workload = workload_of(Engine::docker);
  workload.cap_add.add("ALL", {});
  workload.cap_drop.add("SYS_ADMIN", {});
  EXPECT_EQ(effective_capabilities(workload), kAllCapabilities & ~mask_of("SYS_ADMIN"));
}

TEST(PlatformDefaults, TheSameNameAddedAndDroppedDiffersByEngine) {
  for (const Engine engine : {Engine::docker, Engine::kubernetes}) {
    Workload workload = workload_of(engine);
    workload.cap_add.add("SYS_TIME", {});
    workload.cap_drop.add("SYS_TIME", {});
    EXPECT_EQ((effective_capabilities(workload) & mask_of("SYS_TIME")) != 0, engine == Engine::docker);
  }
}

TEST(PlatformDefaults, PrivilegedHasAllWhateverIsDropped) {
  Workload workload = workload_of(Engine::docker);
  workload.privileged.state(true, {});
  workload.cap_drop.add("ALL", {});
  EXPECT_EQ(effective_capabilities(workload), kAllCapabilities);
  EXPECT_EQ(effective_seccomp(workload), Confinement::none);
  EXPECT_EQ(effective_apparmor(workload), Confinement::none);
}

TEST(PlatformDefaults, UnknownStatementsAreNotJudgedAsTheirText) {
  Workload workload = workload_of(Engine::docker);
  workload.privileged.state(true, {}, false);
  workload.cap_add.add("SYS_ADMIN", {}, false);
  workload.user.state("root", {}, false);
  workload.seccomp.state({ProfileChoice::Kind::unconfined, ""}, {}, false);
  EXPECT_FALSE(effective_privileged(workload));
  EXPECT_EQ(effective_capabilities(workload), default_capabilities(Engine::docker));
  EXPECT_EQ(stated_user(workload), std::nullopt);
  EXPECT_EQ(effective_seccomp(workload), Confinement::not_known);
}

TEST(PlatformDefaults, KubernetesRunsWithoutSeccompUnlessTold) {
  Workload workload = workload_of(Engine::kubernetes);
  EXPECT_EQ(effective_seccomp(workload), Confinement::none);
  EXPECT_EQ(effective_seccomp(workload_of(Engine::docker)), Confinement::engine_default);
  workload.seccomp.state({ProfileChoice::Kind::runtime_default, ""}, {});
  EXPECT_EQ(effective_seccomp(workload), Confinement::engine_default);
}

TEST(PlatformDefaults, SysAdminMakesKubernetesNoNewPrivilegesIneffective) {
  for (const Engine engine : {Engine::docker, Engine::kubernetes}) {
    Workload workload = workload_of(engine);
    workload.no_new_privileges.state(true, {});
    EXPECT_TRUE(effective_no_new_privileges(workload));
    workload.cap_add.add("SYS_ADMIN", {});
    EXPECT_EQ(effective_no_new_privileges(workload), engine == Engine::docker);
  }
}

TEST(PlatformDefaults, TheKernelIsRightWhereItDiffers) {
  Workload workload = workload_of(Engine::docker);
  workload.no_new_privileges.state(true, {});
  workload.read_only.state(true, {});
  workload.kernel.emplace();
  EXPECT_FALSE(effective_no_new_privileges(workload));
  EXPECT_FALSE(effective_read_only(workload));
  EXPECT_EQ(effective_seccomp(workload), Confinement::none);
  EXPECT_EQ(effective_apparmor(workload), Confinement::none);
  workload.kernel->seccomp = 2;
  workload.kernel->apparmor = "docker-default (enforce)";
  EXPECT_EQ(effective_seccomp(workload), Confinement::engine_default);
  EXPECT_EQ(effective_apparmor(workload), Confinement::engine_default);
}

TEST(PlatformDefaults, RootIsRootHoweverItIsSpelled) {
  for (const char* user : {"0", "root", "00", "000", "0:0", "root:users", "+0", "-0"})
    EXPECT_TRUE(is_root_user(user)) << user;
  for (const char* user : {"", "1", "1000", "rooty", "app", "10:0", ":0", "0x0", "nonroot"})
    EXPECT_FALSE(is_root_user(user)) << user;
}

TEST(PlatformDefaults, LimitsOfZeroAndLessAreNone) {
  Workload workload = workload_of(Engine::docker);
  EXPECT_EQ(effective_memory(workload), std::nullopt);
  EXPECT_EQ(effective_pids(workload), std::nullopt);
  EXPECT_EQ(effective_pids(workload_of(Engine::podman)), 2048);
  workload.memory.state(0, {});
  workload.pids_limit.state(-1, {});
  workload.cpus.state(0.0, {});
  EXPECT_EQ(effective_memory(workload), std::nullopt);
  EXPECT_EQ(effective_pids(workload), std::nullopt);
  EXPECT_EQ(effective_cpus(workload), std::nullopt);
  workload.memory.state(64 << 20, {});
  workload.pids_limit.state(100, {});
  workload.cpus.state(0.5, {});
  EXPECT_EQ(effective_memory(workload), 64 << 20);
  EXPECT_EQ(effective_pids(workload), 100);
  EXPECT_EQ(effective_cpus(workload), 0.5);
}

}  // namespace
}  // namespace oakum
