// Writes a database file: one LMDB transaction, keys in order, a compact copy, its trailer, and a rename over the old.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "advisories/lmdb.h"
#include "base/error.h"
#include "base/fd.h"

namespace oakum::advisories {

// The folder beside the output in which a build works. Held by lock, so that two builds do not meet in it; what a
// killed one left there is removed by the next.
class Workshop {
 public:
  static Result<Workshop> open(const std::string& output);
  Workshop(Workshop&&) noexcept = default;
  ~Workshop();
  const std::string& path() const { return path_; }

 private:
  Workshop(std::string path, Fd lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;
  Fd lock_;
};

class DatabaseWriter {
 public:
  // `bytes`: about how much will be put; the map gets room for more.
  static Result<DatabaseWriter> create(const Workshop& workshop, std::uint64_t bytes);
  // Keys of a table come in the order of their bytes, each once.
  Status put(Table table, std::string_view key, std::string_view value);
  Status publish(const std::string& output);

 private:
  DatabaseWriter() = default;
  std::string folder_;
  Environment environment_;
  Transaction transaction_;
  std::array<MDB_dbi, kTables> tables_{};
};

}  // namespace oakum::advisories
