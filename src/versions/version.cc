#include "versions/version.h"

#include <iterator>

#include "base/text.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Scheme {
  VersionScheme scheme;
  Result<std::string> (*key)(std::string_view text);
  Result<bool> (*satisfies)(std::string_view version, std::string_view constraint);
};

// In the order of the enumeration, so that a scheme is its own index.
constexpr Scheme kSchemes[] = {
    {VersionScheme::deb, deb_key, deb_satisfies},       {VersionScheme::apk, apk_key, apk_satisfies},
    {VersionScheme::rpm, rpm_key, rpm_satisfies},       {VersionScheme::pacman, pacman_key, pacman_satisfies},
    {VersionScheme::opkg, opkg_key, opkg_satisfies},    {VersionScheme::semver, semver_key, semver_satisfies},
    {VersionScheme::npm, npm_key, npm_satisfies},       {VersionScheme::pep440, pep440_key, pep440_satisfies},
    {VersionScheme::gem, gem_key, gem_satisfies},       {VersionScheme::maven, maven_key, maven_satisfies},
    {VersionScheme::go, go_key, go_satisfies},          {VersionScheme::composer, composer_key, composer_satisfies},
    {VersionScheme::nuget, nuget_key, nuget_satisfies}, {VersionScheme::crates, crates_key, crates_satisfies},
};

static_assert([] {
  for (std::size_t i = 0; i < std::size(kSchemes); ++i)
    if (static_cast<std::size_t>(kSchemes[i].scheme) != i) return false;
  return std::size(kSchemes) == static_cast<std::size_t>(VersionScheme::crates) + 1;
}());

const Scheme& row_of(VersionScheme scheme) { return kSchemes[static_cast<std::size_t>(scheme)]; }

std::string quoted(VersionScheme scheme, const char* kind, std::string_view text) {
  return std::string(to_string(scheme)) + kind + "\"" + printable(text, 80) + "\"";
}

// What every scheme asks of a text before it looks at it.
Status check_text(VersionScheme scheme, const char* kind, std::string_view text, std::size_t limit) {
  if (text.size() > limit)
    return fail(ErrorCode::limit, quoted(scheme, kind, text), "it is longer than " + std::to_string(limit) + " bytes");
  if (text.find('\0') != std::string_view::npos)
    return fail(ErrorCode::invalid, quoted(scheme, kind, text), "it has a NUL byte");
  return {};
}

constexpr const char* kVersion = " version ";
constexpr const char* kConstraint = " constraint ";

}  // namespace

std::unexpected<Error> refuse(VersionScheme scheme, std::string_view text, std::string why) {
  return fail(ErrorCode::invalid, quoted(scheme, kVersion, text), std::move(why));
}

std::unexpected<Error> refuse_constraint(VersionScheme scheme, std::string_view text, std::string why) {
  return fail(ErrorCode::invalid, quoted(scheme, kConstraint, text), std::move(why));
}

Result<std::string> key(VersionScheme scheme, std::string_view text) {
  OAKUM_CHECK(check_text(scheme, kVersion, text, kMaxVersionLength));
  return row_of(scheme).key(text);
}

Result<std::strong_ordering> compare(VersionScheme scheme, std::string_view a, std::string_view b) {
  OAKUM_TRY(const std::string key_a, key(scheme, a));
  OAKUM_TRY(const std::string key_b, key(scheme, b));
  return key_a <=> key_b;
}

Result<bool> satisfies(VersionScheme scheme, std::string_view version, std::string_view constraint) {
  OAKUM_CHECK(check_text(scheme, kVersion, version, kMaxVersionLength));
  OAKUM_CHECK(check_text(scheme, kConstraint, constraint, kMaxConstraintLength));
  return row_of(scheme).satisfies(version, constraint);
}

}  // namespace oakum::versions
