// The advisory database as an OCI artifact (image-spec 1.1, manifest.md "Guidelines for Artifact Usage"): one layer,
// the database compressed with zstd, so that any registry can carry it to sites that build none.
#pragma once

#include <functional>
#include <string>

#include "base/digest.h"
#include "base/error.h"
#include "net/registry_client.h"

namespace oakum::advisories {

inline constexpr std::string_view kArtifactType = "application/vnd.oakum.database.v1";
inline constexpr std::string_view kArtifactLayerType = "application/vnd.oakum.database.v1.lmdb+zstd";

// Returns the digest of the manifest under which the database now is. The database is verified first.
Result<Digest> push_database(const std::string& database, const net::Reference& reference,
                             const net::RegistryOptions& options);

// Fetches, verifies (digests and the database itself) and publishes at `database` atomically; whatever was there stays
// when anything fails.
Result<Digest> pull_database(const std::string& database, const net::Reference& reference,
                             const net::RegistryOptions& options);

}  // namespace oakum::advisories
