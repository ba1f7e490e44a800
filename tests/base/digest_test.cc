#include "base/digest.h"

#include <gtest/gtest.h>

namespace oakum {
namespace {

constexpr const char* kEmpty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Digest, OfKnownBytes) {
  EXPECT_EQ(Digest::sha256_of("").text(), kEmpty);
  EXPECT_EQ(Digest::sha256_of("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, ParsesOnlyWellFormedText) {
  EXPECT_EQ(Digest::parse(kEmpty)->algorithm(), "sha256");
  EXPECT_FALSE(Digest::parse("sha256:abc"));
  EXPECT_FALSE(Digest::parse("md5:d41d8cd98f00b204e9800998ecf8427e"));
  EXPECT_FALSE(Digest::parse("sha256:../../../../etc/passwd"));
  EXPECT_FALSE(Digest::parse(""));
}

TEST(Hasher, PiecesEqualTheWhole) {
  Hasher hasher;
  hasher.update("a");
  hasher.update("bc");
  EXPECT_EQ(hasher.finish(), Digest::sha256_of("abc"));
}

}  // namespace
}  // namespace oakum
