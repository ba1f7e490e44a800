// The constraints of distributions' package managers, and those of Go and plain semantic versions: lists of
// comparisons that must all hold.
#include <array>

#include "versions/comparison.h"
#include "versions/evr.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

// dpkg and opkg: "<" and ">" are the obsolete spellings of "<=" and ">=" (Debian Policy 7.1).
constexpr std::array kDpkgOps = {
    OpName{"<<", Op::less},    OpName{"<=", Op::less_equal},    OpName{"<", Op::less_equal},
    OpName{"=", Op::equal},    OpName{">=", Op::greater_equal}, OpName{">", Op::greater_equal},
    OpName{">>", Op::greater},
};

constexpr std::array kPlainOps = {
    OpName{"<", Op::less},           OpName{"<=", Op::less_equal}, OpName{"=", Op::equal},
    OpName{">=", Op::greater_equal}, OpName{">", Op::greater},     OpName{"==", Op::equal},
};

constexpr std::array kSemverOps = {
    OpName{"<", Op::less},           OpName{"<=", Op::less_equal}, OpName{"=", Op::equal},      OpName{"==", Op::equal},
    OpName{">=", Op::greater_equal}, OpName{">", Op::greater},     OpName{"!=", Op::not_equal}, OpName{"", Op::equal},
};

// A requirement of go.mod is a minimum.
constexpr std::array kGoOps = {
    OpName{"<", Op::less},       OpName{"<=", Op::less_equal},    OpName{"=", Op::equal},
    OpName{"==", Op::equal},     OpName{">=", Op::greater_equal}, OpName{">", Op::greater},
    OpName{"!=", Op::not_equal}, OpName{"", Op::greater_equal},
};

template <VersionScheme scheme>
Result<std::strong_ordering> by_key(std::string_view version, std::string_view bound) {
  return compare(scheme, version, bound);
}

// A release is looked at only where both sides have one: "1.0-1" satisfies "= 1.0".
template <VersionScheme scheme>
Result<std::strong_ordering> by_key_and_common_release(std::string_view version, std::string_view bound) {
  const Evr a = split_evr(version);
  const Evr b = split_evr(bound);
  if (a.release && !b.release) version.remove_suffix(a.release->size() + 1);
  if (b.release && !a.release) bound.remove_suffix(b.release->size() + 1);
  return compare(scheme, version, bound);
}

}  // namespace

Result<bool> deb_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::deb, kDpkgOps, by_key<VersionScheme::deb>, version, constraint);
}

Result<bool> opkg_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::opkg, kDpkgOps, by_key<VersionScheme::opkg>, version, constraint);
}

Result<bool> rpm_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::rpm, kPlainOps, by_key_and_common_release<VersionScheme::rpm>, version, constraint);
}

Result<bool> pacman_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::pacman, kPlainOps, by_key_and_common_release<VersionScheme::pacman>, version,
                  constraint);
}

Result<bool> semver_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::semver, kSemverOps, by_key<VersionScheme::semver>, version, constraint);
}

Result<bool> go_satisfies(std::string_view version, std::string_view constraint) {
  return all_hold(VersionScheme::go, kGoOps, by_key<VersionScheme::go>, version, constraint);
}

}  // namespace oakum::versions
