// A SQLite VFS (sqlite.org/vfs.html) with one file: a view of memory, read-only, never copied.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/error.h"

namespace oakum::packages {

// Registered under a name of its own while it lives; not the default VFS. A database in write-ahead-log mode reads as
// an ordinary one: the log is another file, which is not there, and only the mode in the header stands in the way.
// Any file name opens the view. Connections must be closed before it goes, and `bytes` must outlive it.
class MemoryVfs {
 public:
  explicit MemoryVfs(std::string_view bytes);
  MemoryVfs(const MemoryVfs&) = delete;
  MemoryVfs& operator=(const MemoryVfs&) = delete;
  ~MemoryVfs();

  // SQLITE_OK when the VFS can be used.
  int status() const { return status_; }
  const char* name() const { return name_.c_str(); }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
  std::string name_;
  sqlite3_vfs vfs_{};
  int status_ = 0;
};

}  // namespace oakum::packages
