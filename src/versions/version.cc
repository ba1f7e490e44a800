#include "versions/version.h"

#include "base/text.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Scheme {
  VersionScheme scheme;
  Result<std::string> (*key)(std::string_view text);
};

constexpr Scheme kSchemes[] = {
    {VersionScheme::deb, deb_key},       {VersionScheme::apk, apk_key},   {VersionScheme::rpm, rpm_key},
    {VersionScheme::pacman, pacman_key}, {VersionScheme::opkg, opkg_key},
};

const Scheme* find_scheme(VersionScheme scheme) {
  for (const Scheme& row : kSchemes)
    if (row.scheme == scheme) return &row;
  return nullptr;
}

}  // namespace

std::unexpected<Error> refuse(VersionScheme scheme, std::string_view text, std::string why) {
  return fail(ErrorCode::invalid, std::string(to_string(scheme)) + " version \"" + printable(text, 80) + "\"",
              std::move(why));
}

Result<std::string> key(VersionScheme scheme, std::string_view text) {
  if (text.size() > kMaxVersionLength) {
    return fail(ErrorCode::limit, std::string(to_string(scheme)) + " version \"" + printable(text, 80) + "\"",
                "it is longer than " + std::to_string(kMaxVersionLength) + " bytes");
  }
  if (text.find('\0') != std::string_view::npos) return refuse(scheme, text, "it has a NUL byte");
  const Scheme* row = find_scheme(scheme);
  if (row == nullptr) return fail(ErrorCode::unsupported, std::string(to_string(scheme)), "its order is not known");
  return row->key(text);
}

Result<std::strong_ordering> compare(VersionScheme scheme, std::string_view a, std::string_view b) {
  OAKUM_TRY(const std::string key_a, key(scheme, a));
  OAKUM_TRY(const std::string key_b, key(scheme, b));
  return key_a <=> key_b;
}

Result<bool> satisfies(VersionScheme scheme, std::string_view version, std::string_view constraint) {
  return fail(ErrorCode::unsupported,
              std::string(to_string(scheme)) + " constraint \"" + printable(constraint, 80) + "\"",
              "the scheme has no constraint syntax for " + printable(version, 80));
}

}  // namespace oakum::versions
