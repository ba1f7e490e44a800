// A package's header as rpm databases hold it (rpm's docs/manual/format_header.md): an index of tags and a store of
// their values, big-endian, without the magic that headers in package files begin with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/package.h"

namespace oakum::packages {

struct RpmPackage {
  Package package;            // path, layer and purl not set
  std::vector<Error> errors;  // parts that could not be read: the file list
};

// Errors have an empty `what` or name the tag; the caller puts the place before it.
Result<RpmPackage> parse_rpm_header(std::string_view blob);

// "bash-5.1.8-6.el9.src.rpm" → {"bash", "5.1.8-6.el9"}; empty when `file` is not the name of a source package.
SourcePackage parse_source_rpm(std::string_view file);

// True for entries that are no software: rpm keeps imported keys as packages of this name.
inline bool is_public_key(std::string_view name) { return name == "gpg-pubkey"; }

}  // namespace oakum::packages
