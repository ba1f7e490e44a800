// All that was collected, file by file, under one numbering of names; and what of it goes into the database.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "advisories/aliases.h"
#include "advisories/collector.h"

namespace oakum::advisories {

struct CollectedFile {
  std::string path;        // below the mirror
  std::string digest;      // sha256 of its bytes
  std::string modified;    // day of the server's Last-Modified, where `oakum db update` fetched it
  std::uint64_t feed = 0;  // place in the sorted list of feeds
  bool read = false;
  Collected data;
};

// A claim that counts, by numbers of Corpus::names.
struct ClaimReference {
  std::uint32_t key = 0;
  std::uint32_t vulnerability = 0;  // canonical
  std::uint32_t file = 0;
  std::uint32_t size = 0;
  std::uint64_t offset = 0;
};

class Corpus {
 public:
  // `files` sorted by path; `feeds` are the names by CollectedFile::feed.
  Corpus(std::vector<CollectedFile> files, std::vector<std::string> feeds);

  const std::vector<CollectedFile>& files() const { return files_; }
  const std::vector<std::string>& feeds() const { return feeds_; }
  std::string_view name(std::uint32_t number) const { return names_[number]; }
  std::uint32_t name_count() const { return names_.size(); }
  std::uint32_t global(std::size_t file, std::uint32_t local) const { return numbers_[file][local]; }
  const AliasGroups& groups() const { return *groups_; }

  // In the order of key, vulnerability, feed and content, each once; claims about what was withdrawn are left out.
  std::vector<ClaimReference> claims() const;
  std::string_view body(const ClaimReference& claim) const {
    return std::string_view(files_[claim.file].data.bodies).substr(claim.offset, claim.size);
  }

 private:
  std::vector<bool> withdrawn_everywhere() const;

  std::vector<CollectedFile> files_;
  std::vector<std::string> feeds_;
  Names names_;
  std::vector<std::vector<std::uint32_t>> numbers_;
  std::optional<AliasGroups> groups_;
};

}  // namespace oakum::advisories
