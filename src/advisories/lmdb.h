// LMDB's handles as values, and its results as errors.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <lmdb.h>

#include "base/error.h"

namespace oakum::advisories {

// The named sub-databases, in the order in which they are written.
enum class Table : std::uint8_t { header, ecosystems, claims, vulnerabilities, aliases, details, lifecycle };
inline constexpr std::size_t kTables = 7;
inline constexpr const char* kTableNames[kTables] = {"header",  "ecosystems", "claims",   "vulnerabilities",
                                                     "aliases", "details",    "lifecycle"};

struct EnvironmentClose {
  void operator()(MDB_env* environment) const { mdb_env_close(environment); }
};
using Environment = std::unique_ptr<MDB_env, EnvironmentClose>;

struct TransactionAbort {
  void operator()(MDB_txn* transaction) const { mdb_txn_abort(transaction); }
};
using Transaction = std::unique_ptr<MDB_txn, TransactionAbort>;

struct CursorClose {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};
using Cursor = std::unique_ptr<MDB_cursor, CursorClose>;

// LMDB only reads through the pointer of a key or value it is given, though its type does not say so.
inline MDB_val to_value(std::string_view bytes) { return {bytes.size(), const_cast<char*>(bytes.data())}; }
inline std::string_view to_view(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

Status lmdb_status(int result, std::string_view path, std::string_view doing);

}  // namespace oakum::advisories
