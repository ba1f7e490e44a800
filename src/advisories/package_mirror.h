// A mirror of Debian, Ubuntu or rpm packages, over HTTP or as a directory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::advisories {

class PackageMirror {
 public:
  // "http://deb.debian.org/debian-security", "file:///srv/mirror/debian-security" or a directory.
  static Result<PackageMirror> open(std::string_view base);

  // The file at `path` below the base; an error of code not_found where there is none, of code limit beyond `limit`
  // bytes. Tries again when the network or the server fails. May be called from several threads.
  Result<std::string> get(std::string_view path, std::uint64_t limit) const;

  const std::string& base() const { return base_; }

 private:
  PackageMirror(std::string base, bool remote) : base_(std::move(base)), remote_(remote) {}
  std::string base_;
  bool remote_ = false;
};

// Whether a path that an index names stays below the mirror: relative, no empty, "." or ".." parts, no control bytes.
bool is_safe_path(std::string_view path);

// An error of code integrity unless `bytes` have this digest, in hex; `algorithm` as in OCI: "sha256".
Status verify_digest(std::string_view bytes, std::string_view algorithm, std::string_view hex, std::string_view name);
// The same, with the digest as OCI writes it: "sha256:HEX".
Status verify_digest(std::string_view bytes, std::string_view digest, std::string_view name);

}  // namespace oakum::advisories
