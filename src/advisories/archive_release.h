// The Release file of a suite: what the suite is, and the checksums of its indexes. Signed by the archive's keys.
// https://wiki.debian.org/DebianRepository/Format, "Release files".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/package_mirror.h"
#include "base/error.h"

namespace oakum::advisories {

struct IndexFile {
  std::string path;  // below dists/SUITE/: "main/binary-amd64/Packages.xz"
  std::string sha256;
  std::uint64_t size = 0;
};

struct ArchiveRelease {
  std::string origin;    // "Debian"
  std::string version;   // "12", "12.12", "22.04"; empty for unstable
  std::string codename;  // "bookworm-security"
  std::string date;      // ISO day
  bool by_hash = false;
  std::vector<IndexFile> files;
};

// Reads the text of a Release file, without signature.
Result<ArchiveRelease> parse_release(std::string_view text, std::string_view name);

// The advisory ecosystem that the release is of: "debian:12".
std::optional<std::string> ecosystem_of(const ArchiveRelease& release);

// The text between the armour lines of a clear-signed message (RFC 9580 section 7). Says nothing of its signature.
Result<std::string> clear_signed_text(std::string_view message, std::string_view name);

struct SignedRelease {
  std::string text;
  bool verified = false;
  std::string verification;  // one line: "signed by …", or why it could not be checked
};

// Fetches dists/SUITE/InRelease and checks its signature with gpgv, where that and a keyring are installed.
// A wrong signature is an error; one that cannot be checked is said in `verification`. Empty `keyring`: the system's.
Result<SignedRelease> fetch_release(const PackageMirror& mirror, std::string_view suite, const std::string& keyring);

}  // namespace oakum::advisories
