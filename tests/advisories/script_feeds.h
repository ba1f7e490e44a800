// Feeds that say what a test tells them to: a file "NAME/FILE" of the mirror is handed to the script under that path.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "advisories/builder.h"
#include "advisories/database.h"
#include "advisories/feed.h"
#include "base/fd.h"

namespace oakum::advisories::testing {

using Script = std::function<void(FeedSink& sink)>;

inline std::map<std::string, Script>& scripts() {
  static std::map<std::string, Script> all;
  return all;
}

template <std::size_t N>
struct Name {
  constexpr Name(const char (&text)[N]) { std::copy_n(text, N, bytes); }  // NOLINT(google-explicit-constructor)
  char bytes[N]{};
  constexpr std::string_view view() const { return {bytes, N - 1}; }
};

template <Name name>
Feed script_feed() {
  return {.name = name.view(),
          .title = name.view(),
          .licence = "none",
          .accepts = [](std::string_view path) { return path.starts_with(std::string(name.view()) + "/"); },
          .read = [](const FeedFile& file, FeedSink& sink) -> Status {
            const auto script = scripts().find(file.path);
            if (script == scripts().end()) return fail(ErrorCode::invalid, file.path, "broken on purpose");
            script->second(sink);
            return {};
          },
          .downloads = [] { return std::span<const Download>(); }};
}

inline const std::vector<Feed>& script_feeds() {
  static const std::vector<Feed> all = {
      script_feed<"alma">(),           script_feed<"alpine">(),    script_feed<"cve">(),    script_feed<"debian">(),
      script_feed<"debian-archive">(), script_feed<"endoflife">(), script_feed<"epss">(),   script_feed<"kev">(),
      script_feed<"oracle">(),         script_feed<"osv">(),       script_feed<"redhat">(), script_feed<"rocky">(),
      script_feed<"ubuntu">(),         script_feed<"wolfi">()};
  return all;
}

inline Claim claim(std::string ecosystem, std::string package, std::string id, std::string fixed) {
  Claim made;
  made.ecosystem = std::move(ecosystem);
  made.by = PackageName::binary;
  made.package = std::move(package);
  made.vulnerability = std::move(id);
  made.status = fixed.empty() ? FixStatus::affected : FixStatus::fixed;
  made.ranges = {{"", std::move(fixed), ""}};
  return made;
}

inline Claim source_claim(std::string ecosystem, std::string package, std::string id, std::string fixed) {
  Claim made = claim(std::move(ecosystem), std::move(package), std::move(id), std::move(fixed));
  made.by = PackageName::source;
  return made;
}

// A mirror in a directory of its own, and the databases built from it.
class Mirror {
 public:
  Mirror() : directory_(TemporaryDirectory::create("oakum-database").value()) { scripts().clear(); }

  void add(const std::string& path, Script script) {
    const std::string disk = root() + "/" + path;
    EXPECT_TRUE(make_directories(disk.substr(0, disk.rfind('/'))));
    EXPECT_TRUE(write_file_atomically(disk, "content of " + path));
    scripts()[path] = std::move(script);
  }
  std::string root() const { return directory_.path() + "/mirror"; }
  std::string output(const std::string& name = "oakum.db") const { return directory_.path() + "/" + name; }
  Result<BuildResult> build(const std::string& name = "oakum.db", std::size_t threads = 1) const {
    return build_database_of(script_feeds(), root(), output(name), {.only = {}, .threads = threads, .progress = {}});
  }
  Database open() const {
    const auto built = build();
    EXPECT_TRUE(built) << built.error().message();
    return Database::open(output()).value();
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace oakum::advisories::testing
