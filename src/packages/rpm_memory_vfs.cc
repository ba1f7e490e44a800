#include "packages/rpm_memory_vfs.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

#include <fmt/format.h>

namespace oakum::packages {
namespace {

// The database header's "file format write/read version" (sqlite.org/fileformat2.html, 1.3): 1 is a rollback journal,
// 2 a write-ahead log.
constexpr std::size_t kFormatVersions = 18;
constexpr std::size_t kFormatVersionsEnd = 20;
constexpr std::size_t kHeaderSize = 100;

struct MemoryFile {
  sqlite3_file base;  // first, as SQLite asks for: it hands the methods a pointer to this
  const MemoryVfs* vfs;
};

std::string_view bytes_of(sqlite3_file* file) { return reinterpret_cast<MemoryFile*>(file)->vfs->bytes(); }

int close_file(sqlite3_file*) { return SQLITE_OK; }

int read_file(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset) {
  const std::string_view bytes = bytes_of(file);
  const auto begin = std::min(static_cast<std::size_t>(offset), bytes.size());
  const std::size_t wanted = static_cast<std::size_t>(amount);
  const std::size_t got = std::min(wanted, bytes.size() - begin);
  char* const to = static_cast<char*>(out);
  if (got > 0) std::memcpy(to, bytes.data() + begin, got);
  std::memset(to + got, 0, wanted - got);  // SQLite relies on this for short reads
  for (std::size_t at = std::max(begin, kFormatVersions); at < std::min(begin + got, kFormatVersionsEnd); ++at) {
    if (to[at - begin] == 2) to[at - begin] = 1;
  }
  return got < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

// Pages straight from the view; the first one goes through read_file.
int fetch(sqlite3_file* file, sqlite3_int64 offset, int amount, void** out) {
  const std::string_view bytes = bytes_of(file);
  const auto begin = static_cast<std::size_t>(offset);
  *out = nullptr;
  if (begin < kHeaderSize || begin > bytes.size() || static_cast<std::size_t>(amount) > bytes.size() - begin) {
    return SQLITE_OK;
  }
  *out = const_cast<char*>(bytes.data() + begin);  // a read-only connection does not write to it
  return SQLITE_OK;
}

int unfetch(sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(bytes_of(file).size());
  return SQLITE_OK;
}

int refuse_write(sqlite3_file*, const void*, int, sqlite3_int64) { return SQLITE_READONLY; }
int refuse_truncate(sqlite3_file*, sqlite3_int64) { return SQLITE_READONLY; }
int sync(sqlite3_file*, int) { return SQLITE_OK; }
int lock(sqlite3_file*, int) { return SQLITE_OK; }
int check_reserved(sqlite3_file*, int* locked) {
  *locked = 0;
  return SQLITE_OK;
}
int file_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_IMMUTABLE; }

// Version 3 has fetch, with those of version 2 (shared memory for the write-ahead log) left out.
constexpr sqlite3_io_methods kMethods = {
    .iVersion = 3,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = refuse_write,
    .xTruncate = refuse_truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = lock,
    .xCheckReservedLock = check_reserved,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = fetch,
    .xUnfetch = unfetch,
};

int open_file(sqlite3_vfs* vfs, const char*, sqlite3_file* file, int flags, int* flags_out) {
  file->pMethods = nullptr;
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;  // no journal, no temporary files
  new (file) MemoryFile{{&kMethods}, static_cast<const MemoryVfs*>(vfs->pAppData)};
  if (flags_out != nullptr) *flags_out = SQLITE_OPEN_READONLY;
  return SQLITE_OK;
}

int refuse_delete(sqlite3_vfs*, const char*, int) { return SQLITE_READONLY; }

int access_file(sqlite3_vfs*, const char*, int, int* answer) {
  *answer = 0;  // no journal, no log
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(size));  // only journals and new rows want any
  return size;
}

int sleep_not(sqlite3_vfs*, int) { return 0; }

int current_time(sqlite3_vfs*, double* julian_day) {
  *julian_day = 0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

MemoryVfs::MemoryVfs(std::string_view bytes)
    : bytes_(bytes), name_(fmt::format("oakum-memory-{:x}", reinterpret_cast<std::uintptr_t>(this))) {
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(MemoryFile);
  vfs_.mxPathname = 64;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = refuse_delete;
  vfs_.xAccess = access_file;
  vfs_.xFullPathname = full_path;
  vfs_.xRandomness = randomness;
  vfs_.xSleep = sleep_not;
  vfs_.xCurrentTime = current_time;
  vfs_.xGetLastError = last_error;
  status_ = sqlite3_vfs_register(&vfs_, 0);
}

MemoryVfs::~MemoryVfs() { sqlite3_vfs_unregister(&vfs_); }

}  // namespace oakum::packages
