#include <algorithm>
#include <iterator>

#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Switch {
  std::string_view tools;
  std::string_view words;  // options as written, without a value
  std::string_view checkov;
};
constexpr Switch kSwitches[] = {
    {"apk", "--allow-untrusted", "CKV2_DOCKER_7"},
    {"apt apt-get aptitude", "--allow-unauthenticated", "CKV2_DOCKER_8"},
    {"apt apt-get aptitude", "--force-yes", "CKV2_DOCKER_11"},
    {"dnf dnf5 microdnf tdnf yum", "--nogpgcheck --no-gpgchecks", "CKV2_DOCKER_9"},
    {"rpm", "--nosignature --nodigest --noverify --nofiledigest", "CKV2_DOCKER_10"},
    {"zypper", "--no-gpg-checks --allow-unsigned-rpm", ""},
    {"apt apt-get aptitude", "--allow-insecure-repositories", ""},
};

// Settings given as a value (-o, --setopt) or written to a file of the package manager; each holds a '='.
constexpr std::string_view kSettings[] = {
    "AllowUnauthenticated=true",
    "AllowUnauthenticated=1",
    "AllowInsecureRepositories=true",
    "gpgcheck=0",
    "gpgcheck=false",
    "[trusted=yes]",
    "trusted=yes]",
};

const Switch* switch_of(std::string_view tool, std::string_view word) {
  const auto* found = std::ranges::find_if(
      kSwitches, [&](const Switch& row) { return is_listed(row.tools, tool) && is_listed(row.words, word); });
  return found == std::end(kSwitches) ? nullptr : found;
}

bool is_setting(std::string_view word) {
  return word.find('=') != std::string_view::npos && std::ranges::any_of(kSettings, [&](std::string_view part) {
           return word.find(part) != std::string_view::npos;
         });
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::string_view tool = program_of(command);
  for (const shell::Word& word : arguments_of(command)) {
    const Switch* row = word.text.starts_with("--") ? switch_of(tool, word.text) : nullptr;
    if (row == nullptr && !is_setting(word.text)) continue;
    Finding& finding = judge.found(view.dockerfile, view.instruction, word.span,
                                   join({quoted(word.text), " lets packages in whose signature nobody checked"}));
    only_aliases(finding, {"CIS-4.11"});
    if (row != nullptr && !row->checkov.empty()) add_alias(finding, row->checkov);
  }
}

}  // namespace

extern constinit const Rule pkg_signature_off{
    .info = checked({
        .id = "pkg-signature-off",
        .title = "packages are installed without checking their signature",
        .severity = Severity::high,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DI",
        .aliases = "CIS-4.11 CKV2_DOCKER_10 CKV2_DOCKER_11 CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9",
        .fix = FixSafety::unsafe,
        .fix_summary = "drop the option, and install the repository's key instead",
        .why = "The signature is what ties a package to its maker. With the check off, a mirror, a proxy or whoever "
               "sits on the network can hand the build any package, and it runs as root.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nRUN apk add --no-cache --allow-untrusted tool.apk\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\nCOPY our.rsa.pub /etc/apk/keys/\nRUN apk add --no-cache tool.apk\n"},
        .references = "https://wiki.debian.org/SecureApt "
                      "https://www.checkov.io/5.Policy%20Index/dockerfile.html",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
