#include "advisories/lmdb.h"

namespace oakum::advisories {

Status lmdb_status(int result, std::string_view path, std::string_view doing) {
  if (result == MDB_SUCCESS) return {};
  if (result > 0) return fail_errno(result, std::string(path), doing);
  const bool damaged = result == MDB_INVALID || result == MDB_VERSION_MISMATCH || result == MDB_CORRUPTED ||
                       result == MDB_PAGE_NOTFOUND || result == MDB_NOTFOUND;
  if (damaged) {
    return fail(ErrorCode::integrity, std::string(path),
                std::string(doing) + ": not a whole advisory database (" + mdb_strerror(result) + ")",
                "build it anew with `oakum db update`");
  }
  return fail(ErrorCode::io, std::string(path), std::string(doing) + ": " + mdb_strerror(result));
}

}  // namespace oakum::advisories
