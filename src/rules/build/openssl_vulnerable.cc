#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "rules/build/packages.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Where upstream's version says what is in it. Distributions that patch old versions (apt, yum) are not judged by it.
bool is_upstream(Manager manager) { return manager == Manager::apk || manager == Manager::conda; }

struct Version {
  unsigned major = 0, minor = 0, patch = 0;
  char letter = '\0';
};

std::optional<unsigned> number(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto value = parse_number<unsigned>(text.substr(0, end));
  text.remove_prefix(end);
  return value;
}

// "1.0.1f", "3.0.5-r1", "3.0.5.tar.gz"
std::optional<Version> parse_version(std::string_view text) {
  Version version;
  for (unsigned* part : {&version.major, &version.minor, &version.patch}) {
    if (part != &version.major && (text.empty() || text.front() != '.')) return std::nullopt;
    if (part != &version.major) text.remove_prefix(1);
    const auto value = number(text);
    if (!value) return std::nullopt;
    *part = *value;
  }
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') version.letter = text.front();
  return version;
}

// What is known of a version; "" nothing.
std::string_view hole_in(const Version& version) {
  if (version.major == 3 && version.minor == 0 && version.patch <= 6)
    return "CVE-2022-3602 and CVE-2022-3786 (put right in 3.0.7)";
  if (version.major == 1 && version.minor == 0 && version.patch == 1 && version.letter <= 'f')
    return "CVE-2014-0160, Heartbleed (put right in 1.0.1g)";
  return {};
}

// The version that a word pins: "openssl=3.0.5-r1", "libssl3~3.0.5"; "" when it pins none.
std::string_view pinned_version(std::string_view word) {
  constexpr std::array<std::string_view, 6> kNames = {"openssl",    "openssl-dev", "libssl3",
                                                      "libcrypto3", "libssl1.0",   "libcrypto1.0"};
  const std::size_t sign = word.find_first_of("=~");
  if (sign == std::string_view::npos) return {};
  const std::string_view name = word.substr(0, sign);
  for (const std::string_view known : kNames) {
    if (name == known) return word.substr(std::min(word.find_first_not_of("=~", sign), word.size()));
  }
  return {};
}

// The version in an address of a release: ".../openssl-3.0.5.tar.gz".
std::string_view release_version(std::string_view word) {
  constexpr std::string_view kStart = "/openssl-";
  const std::size_t at = word.rfind(kStart);
  if (at == std::string_view::npos || word.find("://") == std::string_view::npos) return {};
  return word.substr(at + kStart.size());
}

void look_at(const shell::Word& word, std::string_view text, const RunView& view, Judge& judge) {
  const auto version = parse_version(text);
  const std::string_view hole = version ? hole_in(*version) : std::string_view();
  if (!hole.empty())
    judge.found(view.dockerfile, view.instruction, word.span, join({quoted(word.text), " has ", hole}));
}

// Asked of every word there is: most are too short, or about something else.
bool may_name_it(std::string_view word) {
  constexpr std::size_t kShortest = std::string_view("libssl3=3").size();
  return word.size() >= kShortest &&
         (word.find("ssl") != std::string_view::npos || word.find("libcrypto") != std::string_view::npos);
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (std::ranges::none_of(command.words, [](const shell::Word& word) { return may_name_it(word.text); })) return;
  const auto call = package_command(command);
  const bool installs = call && call->installs() && is_upstream(call->manager);
  for (const shell::Word& word : command.words) {
    const std::string_view version = installs ? pinned_version(word.text) : release_version(word.text);
    if (!version.empty()) look_at(word, version, view, judge);
  }
}

}  // namespace

extern constinit const Rule openssl_vulnerable{
    .info = checked({
        .id = "openssl-vulnerable",
        .title = "a vulnerable OpenSSL is installed by name",
        .severity = Severity::high,
        .practice = Practice::scan_vulnerabilities,
        .surfaces = "DI",
        .aliases = "KICS-5fa731ea",
        .fix = FixSafety::advice,
        .fix_summary = "raise the version to the branch's newest",
        .why =
            "A version that is written down stays until somebody changes it. These ones have holes that are known to "
            "everybody and need no more than a connection. Versions that distributions patch themselves are left to "
            "the scan of the image, which knows their patches.",
        .bad = {Surface::dockerfile, "FROM alpine:3.17\nRUN apk add --no-cache openssl=3.0.5-r2\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.17\nRUN apk add --no-cache openssl=3.0.15-r1\n"},
        .references = "https://openssl-library.org/news/vulnerabilities/",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
