#include "read/image/path.h"

#include <gtest/gtest.h>

namespace oakum::image {
namespace {

std::string normal(std::string_view raw) {
  std::string buffer;
  const NormalPath path = normal_path(raw, {.bytes = 20, .depth = 4}, buffer);
  return path.fault == PathFault::none ? std::string(path.path) : "!" + std::string(to_string(path.fault));
}

TEST(NormalPath, GivesEveryPathOneName) {
  EXPECT_EQ(normal("etc/os-release"), "etc/os-release");
  EXPECT_EQ(normal("./etc/x"), "etc/x");
  EXPECT_EQ(normal("//etc///x//"), "etc/x");
  EXPECT_EQ(normal(".//./a/./b/."), "a/b");
  EXPECT_EQ(normal("a/b/../c"), "a/c");
  EXPECT_EQ(normal(".hidden/..x/...y"), ".hidden/..x/...y");
  EXPECT_EQ(normal("."), "");
  EXPECT_EQ(normal("/"), "");
  EXPECT_EQ(normal(""), "");
}

TEST(NormalPath, RefusesWhatLeavesTheImageOrItsLimits) {
  EXPECT_EQ(normal(".."), "!leaves the image");
  EXPECT_EQ(normal("/../etc"), "!leaves the image");
  EXPECT_EQ(normal("a/../../b"), "!leaves the image");
  EXPECT_EQ(normal("a/b/c/d"), "a/b/c/d");
  EXPECT_EQ(normal("a/b/c/d/e"), "!is too deep");
  EXPECT_EQ(normal("aaaaaaaaaaaaaaaaaaaaa"), "!is too long");
  EXPECT_EQ(normal(std::string_view("a\0b", 3)), "!holds a NUL byte");
}

TEST(LinkTarget, StaysInTheImageAsTheKernelDoes) {
  EXPECT_EQ(link_target("var/lib/rpm", "../../usr/lib/sysimage/rpm", {}), "usr/lib/sysimage/rpm");
  EXPECT_EQ(link_target("etc/x", "/usr/lib/x", {}), "usr/lib/x");
  EXPECT_EQ(link_target("etc/x", "../../../../etc/shadow", {}), "etc/shadow");
  EXPECT_EQ(link_target("x", "y", {}), "y");
  EXPECT_EQ(link_target("x", "", {}), std::nullopt);
}

TEST(LiesBelow, WantsAWholePart) {
  EXPECT_TRUE(lies_below("a/b", "a"));
  EXPECT_TRUE(lies_below("a", ""));
  EXPECT_FALSE(lies_below("ab/c", "a"));
  EXPECT_FALSE(lies_below("a", "a"));
}

}  // namespace
}  // namespace oakum::image
