// One installed package, whatever database or lockfile named it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

struct SourcePackage {
  std::string name;
  std::string version;  // full, epoch included where the scheme has one
  bool operator==(const SourcePackage&) const = default;
};

struct Package {
  std::string name;
  std::string version;    // full and as its own tools compare it: "1:2.36-9+deb12u4", "3.0.7-27.el9", "1.36.1-r29"
  std::string epoch;      // digits as stated; empty when not stated (already part of `version` when it is)
  std::string arch;       // in the database's words: "amd64", "x86_64", "noarch"
  SourcePackage source;   // never empty: a package without a source is its own
  std::string ecosystem;  // package type as purl names it: "deb", "apk", "rpm", "alpm", "opkg"; languages later
  std::string vendor;     // deb Maintainer, rpm Vendor, apk maintainer
  std::string license;
  std::string module;              // rpm modularity label "name:stream:version:context", empty without
  std::string purl;                // package URL (purl-spec), set once the distribution is known
  std::string path;                // the database or file in the image that named it
  std::string layer;               // diff_id of the layer that brought this version; empty where there are no layers
  std::vector<std::string> files;  // absolute paths of installed files, where the database lists them

  bool operator==(const Package&) const = default;
};

}  // namespace oakum
