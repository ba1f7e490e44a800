// What must hold of every scheme: keys and compare agree, the order is antisymmetric and transitive, nothing hostile
// crashes. And against the schemes' own tools, where they are installed.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "versions/version.h"

namespace oakum::versions {
namespace {

constexpr VersionScheme kSchemes[] = {
    VersionScheme::deb,    VersionScheme::apk,      VersionScheme::rpm,    VersionScheme::pacman, VersionScheme::opkg,
    VersionScheme::semver, VersionScheme::npm,      VersionScheme::pep440, VersionScheme::gem,    VersionScheme::maven,
    VersionScheme::go,     VersionScheme::composer, VersionScheme::nuget,  VersionScheme::crates};

constexpr const char* kParts[] = {"0",  "1", "2", "10", "01",  ".",  ".",  ".",     "-",       "a",
                                  "rc", "~", "^", "_p", "-r1", "+b", "1:", ".dev1", "-beta.1", "x"};

class Random {
 public:
  std::string version() {
    std::string text = "1";
    for (std::size_t n = pick(8); n > 0; --n) text += kParts[pick(std::size(kParts))];
    return text;
  }
  std::string bytes() {
    std::string text(pick(40), '\0');
    for (char& c : text) c = static_cast<char>(pick(256));
    return text;
  }
  std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

 private:
  std::mt19937 engine_{20240607};
};

TEST(Versions, CompareAgreesWithKeysAndIsAntisymmetric) {
  Random random;
  for (const VersionScheme scheme : kSchemes) {
    std::size_t compared = 0;
    for (int i = 0; i < 3000; ++i) {
      const std::string a = random.version();
      const std::string b = random.pick(4) == 0 ? a : random.version();
      const auto key_a = key(scheme, a);
      const auto key_b = key(scheme, b);
      const auto forth = compare(scheme, a, b);
      const auto back = compare(scheme, b, a);
      ASSERT_EQ(forth.has_value(), key_a.has_value() && key_b.has_value());
      if (!forth) continue;
      ++compared;
      ASSERT_EQ(*forth == 0, *key_a == *key_b) << a << " " << b;
      ASSERT_EQ(*forth < 0, *back > 0) << a << " " << b;
    }
    EXPECT_GT(compared, 100U) << to_string(scheme);
  }
}

// A key that were the prefix of another would let what follows it decide the order.
TEST(Versions, NoKeyIsTheStartOfAnother) {
  Random random;
  for (const VersionScheme scheme : kSchemes) {
    std::vector<std::string> keys;
    for (int i = 0; i < 3000; ++i)
      if (auto made = key(scheme, random.version())) keys.push_back(std::move(*made));
    std::ranges::sort(keys);
    for (std::size_t i = 1; i < keys.size(); ++i)
      ASSERT_TRUE(keys[i] == keys[i - 1] || !keys[i].starts_with(keys[i - 1])) << to_string(scheme);
  }
}

TEST(Versions, HostileBytesGiveAnAnswer) {
  Random random;
  for (const VersionScheme scheme : kSchemes) {
    for (int i = 0; i < 3000; ++i) {
      const std::string text = random.bytes();
      const auto made = key(scheme, text);
      EXPECT_TRUE(!made || !made->empty());
      const auto said = satisfies(scheme, "1.0.0", text);
      EXPECT_TRUE(said || !said.error().message().empty());
    }
  }
}

TEST(Versions, LengthIsLimited) {
  for (const VersionScheme scheme : kSchemes) {
    const auto made = key(scheme, std::string(kMaxVersionLength + 1, '1'));
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::limit);
  }
}

TEST(Versions, LongDigitRunsCompareByValue) {
  const std::string nines(200, '9');
  const std::string power = "1" + std::string(200, '0');
  for (const VersionScheme scheme :
       {VersionScheme::deb, VersionScheme::apk, VersionScheme::rpm, VersionScheme::pacman, VersionScheme::opkg,
        VersionScheme::pep440, VersionScheme::gem, VersionScheme::maven}) {
    const auto order = compare(scheme, nines + ".1", power + ".0");
    ASSERT_TRUE(order.has_value()) << to_string(scheme);
    EXPECT_TRUE(*order < 0) << to_string(scheme);
  }
  const auto order = compare(VersionScheme::rpm, std::string(300, '9'), "1" + std::string(300, '0'));
  EXPECT_TRUE(order && *order < 0);
}

// Runs a shell command; its standard output, or nothing where it failed.
std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  char chunk[4096];
  while (pipe != nullptr) {
    const std::size_t n = fread(chunk, 1, sizeof chunk, pipe.get());
    if (n == 0) break;
    text.append(chunk, n);
  }
  return text;
}

bool is_installed(const std::string& tool) { return !output_of("command -v " + tool).empty(); }

char sign_of(std::strong_ordering order) { return order < 0 ? '<' : order > 0 ? '>' : '='; }

TEST(Peer, DpkgAgrees) {
  if (!is_installed("dpkg")) GTEST_SKIP() << "dpkg is not installed";
  Random random;
  std::string script;
  std::string expected;
  while (expected.size() < 400) {
    const std::string a = random.version();
    const std::string b = random.version();
    const auto order = compare(VersionScheme::deb, a, b);
    if (!order) continue;
    expected += sign_of(*order);
    const std::string ask = "dpkg --compare-versions '" + a + "' ";
    script += "if " + ask + "lt '" + b + "'; then printf '<'; elif " + ask + "eq '" + b +
              "'; then printf '='; else printf '>'; fi\n";
  }
  EXPECT_EQ(output_of("{ " + script + "} 2>/dev/null"), expected);
}

TEST(Peer, RpmAgrees) {
  if (!is_installed("rpm")) GTEST_SKIP() << "rpm is not installed";
  Random random;
  std::string lua;
  std::string expected;
  while (expected.size() < 600) {
    const std::string a = random.version();
    const std::string b = random.version();
    const auto order = compare(VersionScheme::rpm, a, b);
    ASSERT_TRUE(order.has_value());
    expected += sign_of(*order);
    lua += "c(\"" + a + "\",\"" + b + "\") ";
  }
  const std::string define =
      "function c(a,b) local x,y=rpm.ver(a),rpm.ver(b) io.write(x<y and \"<\" or x==y and \"=\" or \">\") end ";
  EXPECT_EQ(output_of("rpm --eval '%{lua:" + define + lua + "}'").substr(0, expected.size()), expected);
}

}  // namespace
}  // namespace oakum::versions
