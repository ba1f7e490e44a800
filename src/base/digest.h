// Content digests as OCI writes them: "sha256:" and 64 lower-case hex digits (image-spec, descriptor.md "Digests").
#pragma once

#include <compare>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum {

// A well-formed digest of a supported algorithm (sha256, sha512), or empty. Distinct from any other string on purpose.
class Digest {
 public:
  Digest() = default;
  // Refuses unknown algorithms and malformed hex.
  static Result<Digest> parse(std::string_view text);
  static Digest sha256_of(std::string_view bytes);

  const std::string& text() const { return text_; }
  std::string_view algorithm() const;
  std::string_view hex() const;
  bool empty() const { return text_.empty(); }
  auto operator<=>(const Digest&) const = default;

 private:
  friend class Hasher;
  explicit Digest(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Incremental hash through OpenSSL (SHA extensions where the processor has them). One thread at a time.
class Hasher {
 public:
  explicit Hasher(std::string_view algorithm = "sha256");
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();
  void update(std::string_view bytes);
  // Ends the computation; the object is not to be used after.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string to_hex(std::string_view bytes);

}  // namespace oakum
