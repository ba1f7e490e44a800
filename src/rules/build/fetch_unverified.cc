#include <algorithm>

#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Programs that tell whether a file is the one that was meant.
bool verifies(const shell::Command& command) {
  const std::string_view program = program_of(command);
  if (is_listed(
          "sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5sum b2sum cksum gpgv cosign minisign signify "
          "slsa-verifier rekor-cli",
          program))
    return true;
  if (program == "gpg" || program == "gpg2") return command.has_word("--verify");
  if (program == "openssl") return command.has_word("dgst") || command.has_word("sha256");
  if (program == "gh") return command.has_word("attestation");
  return (program == "rpm" || program == "rpmkeys") && (command.has_word("-K") || command.has_word("--checksig"));
}

// Keys, signatures and lists of checksums: what others are checked with.
bool is_evidence(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view ending :
       {".asc",    ".sig",     ".gpg",          ".key",       ".pub",  ".pem",    ".crt",
        ".sha256", ".sha512",  ".sha256sum",    ".sha512sum", ".sha1", ".md5",    ".minisig",
        "SUMS",    "SUMS.txt", "checksums.txt", ".list",      ".repo", ".sources"}) {
    if (url.ends_with(ending)) return true;
  }
  return false;
}

bool is_local(std::string_view url) {
  return url.find("://localhost") != std::string_view::npos || url.find("://127.0.0.1") != std::string_view::npos ||
         url.starts_with("file:");
}

bool unpacks(std::string_view program) {
  return is_listed("tar bsdtar cpio unzip gunzip zcat xz unxz bunzip2 dpkg rpm dd tee", program);
}

// Curl that feeds an unpacker further down its pipe.
class Script {
 public:
  Script(const Instruction& run, const Dockerfile& dockerfile, Judge& judge)
      : run_(run), file_(dockerfile), judge_(judge) {}

  void judge() {
    const auto& commands = run_.script->commands;
    const auto downloads = [](const shell::Command& command) { return is_downloader(program_of(command)); };
    if (std::ranges::none_of(commands, downloads) || std::ranges::any_of(commands, verifies)) return;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const shell::Command& command = commands[i];
      if (!downloads(command)) continue;
      const Download download = download_of(command);
      if (download.sends || (!download.to_file && !is_unpacked(i))) continue;
      if (is_evidence(download.url->text) || is_local(download.url->text)) continue;
      judge_.found(file_, run_, download.url->span,
                   join({quoted(program_of(command)), " fetches a file that nothing in this RUN checks"}));
    }
  }

 private:
  bool is_unpacked(std::size_t at) const {
    constexpr std::size_t kFar = 8;
    const auto& commands = run_.script->commands;
    for (std::size_t i = at + 1; i < std::min(commands.size(), at + kFar); ++i) {
      if (commands[i].pipeline == commands[at].pipeline && unpacks(program_of(commands[i]))) return true;
    }
    return false;
  }

  const Instruction& run_;
  const Dockerfile& file_;
  Judge& judge_;
};

void check_add(const Instruction& add, const Dockerfile& dockerfile, Judge& judge) {
  if (add.flag("checksum") != nullptr) return;
  for (const Argument& source : sources_of(add)) {
    const std::string_view url = source.value;
    if (!url.starts_with("http://") && !url.starts_with("https://")) continue;
    const std::string_view path = url.substr(0, url.find('#'));
    if (path.ends_with(".git") || is_evidence(url) || is_local(url)) continue;
    judge.found(dockerfile, add, source.span,
                join({"ADD fetches ", quoted(url), " and nothing says what it must be: --checksum is missing"}));
  }
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.kind == InstructionKind::add) check_add(instruction, dockerfile, judge);
  if (instruction.kind == InstructionKind::run && instruction.script) Script(instruction, dockerfile, judge).judge();
}

}  // namespace

extern constinit const Rule fetch_unverified{
    .info = checked({
        .id = "fetch-unverified",
        .title = "a download is used without being checked",
        .severity = Severity::medium,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DI",
        .aliases = "",
        .fix = FixSafety::advice,
        .fix_summary = "ADD --checksum=sha256:…, or check it with sha256sum -c or gpg --verify in the same RUN",
        .why =
            "TLS says which server sent the file, not that it is the file you looked at. Releases are replaced, sites "
            "are broken into; a checksum in the Dockerfile or a signature makes the build stop instead.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN curl -fsSLO https://example.org/tool.tar.gz\n"},
        .good = {Surface::dockerfile,
                 "FROM debian:12\nRUN curl -fsSLO https://example.org/tool.tar.gz && echo \"24454f83  tool.tar.gz\" | "
                 "sha256sum -c\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#add---checksum "
                      "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::add, InstructionKind::run}, .history = true},
};

}  // namespace oakum::rules
