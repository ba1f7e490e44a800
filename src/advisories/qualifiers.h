// Whether a claim is about this build of a package at all. docs/database.md, "Qualifiers".
#pragma once

#include <string_view>

#include "advisories/database.h"
#include "model/package.h"

namespace oakum::advisories {

// A package built apart from the release's own: Oracle's ksplice and FIPS builds, Ubuntu's FIPS builds. Empty for all
// others. Versions compare only within a flavour.
std::string_view flavour_of(std::string_view version);
// Whether a claim of `channel` is about packages of a flavour, and of which; empty for subscriptions and none.
std::string_view flavour_of_channel(std::string_view channel);

bool holds_for_module(const StoredClaim& claim, const Package& package, std::string_view ecosystem);
bool holds_for_arch(const StoredClaim& claim, const Package& package);

}  // namespace oakum::advisories
