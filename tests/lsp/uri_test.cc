#include "lsp/uri.h"

#include <gtest/gtest.h>

namespace oakum::lsp {
namespace {

TEST(Uri, PathsComeBack) {
  for (const char* path : {"/a/b c", "/ü/%41#?x", "/a+b:c@d", "/"}) {
    EXPECT_EQ(path_of_uri(uri_of_path(path)), path);
  }
  EXPECT_EQ(uri_of_path("/a b"), "file:///a%20b");
}

TEST(Uri, IsReadAsEditorsWriteIt) {
  EXPECT_EQ(path_of_uri("file:///c%3A/x"), "/c:/x");
  EXPECT_EQ(path_of_uri("FILE://localhost/a/./b/../c"), "/a/c");
  EXPECT_EQ(path_of_uri("file:/a"), "/a");
  EXPECT_EQ(path_of_uri("file:///a?query#fragment"), "/a");
}

TEST(Uri, OthersAreNoPaths) {
  for (const char* uri : {"untitled:Untitled-1", "file://server/share", "file:", "file://", "file:a", "file:///a%0",
                          "file:///a%00b", "file:///%zz", "", "git:/a"}) {
    EXPECT_FALSE(path_of_uri(uri)) << uri;
  }
}

TEST(Uri, WhatIsNoFileStandsInNoDirectory) {
  EXPECT_EQ(name_of_uri("untitled:Untitled-1"), "untitled:/Untitled-1");
  EXPECT_EQ(name_of_uri("git:/etc/passwd?x"), "git:/_etc_passwd?x");
  EXPECT_EQ(name_of_uri("nothing"), ":/nothing");
}

}  // namespace
}  // namespace oakum::lsp
