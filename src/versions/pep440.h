// PEP 440 versions, shared by versions and specifiers.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "versions/key.h"

namespace oakum::versions {

enum class PreRelease : unsigned char { none, alpha, beta, candidate };

// Borrows the text it was read from; numbers are digits, empty where implied to be 0.
struct Pep440 {
  std::string_view epoch;
  std::vector<std::string_view> release;
  PreRelease pre = PreRelease::none;
  std::string_view pre_number;
  std::optional<std::string_view> post;
  std::optional<std::string_view> dev;
  std::string_view local;

  bool is_prerelease() const { return pre != PreRelease::none || dev.has_value(); }
};

std::optional<Pep440> parse_pep440(std::string_view text);
std::string pep440_key_of(const Pep440& version);

// The release numbers without trailing zeros, terminated: versions with equal ones differ only in their suffixes.
void append_pep440_release(KeyBuilder& key, const Pep440& version, std::size_t components);

}  // namespace oakum::versions
