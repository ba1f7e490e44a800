// libarchive's functions that we call, each handed on to the library at its first call (base/shared_library.h).
#include <archive.h>
#include <archive_entry.h>

#include "base/shared_library.h"

namespace {

constexpr oakum::SharedLibrary kArchive{"libarchive.so.13", "libarchive13"};

}  // namespace

#define OAKUM_ARCHIVE(name) static const auto function = oakum::shared_function<decltype(&name)>(kArchive, #name)

// A function of one archive, as most are.
#define OAKUM_ARCHIVE_OF_ONE(name)   \
  int name(struct archive* handle) { \
    OAKUM_ARCHIVE(name);             \
    return function(handle);         \
  }

extern "C" {

OAKUM_ARCHIVE_OF_ONE(archive_read_free)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_filter_bzip2)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_filter_gzip)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_filter_xz)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_filter_zstd)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_format_raw)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_format_tar)
OAKUM_ARCHIVE_OF_ONE(archive_read_support_format_zip_seekable)

struct archive* archive_read_new() {
  OAKUM_ARCHIVE(archive_read_new);
  return function();
}

int archive_read_open_memory(struct archive* handle, const void* bytes, size_t size) {
  OAKUM_ARCHIVE(archive_read_open_memory);
  return function(handle, bytes, size);
}

int archive_read_next_header(struct archive* handle, struct archive_entry** entry) {
  OAKUM_ARCHIVE(archive_read_next_header);
  return function(handle, entry);
}

la_ssize_t archive_read_data(struct archive* handle, void* bytes, size_t size) {
  OAKUM_ARCHIVE(archive_read_data);
  return function(handle, bytes, size);
}

const char* archive_error_string(struct archive* handle) {
  OAKUM_ARCHIVE(archive_error_string);
  return function(handle);
}

__LA_MODE_T archive_entry_filetype(struct archive_entry* entry) {
  OAKUM_ARCHIVE(archive_entry_filetype);
  return function(entry);
}

const char* archive_entry_hardlink(struct archive_entry* entry) {
  OAKUM_ARCHIVE(archive_entry_hardlink);
  return function(entry);
}

const char* archive_entry_pathname(struct archive_entry* entry) {
  OAKUM_ARCHIVE(archive_entry_pathname);
  return function(entry);
}

const char* archive_entry_pathname_utf8(struct archive_entry* entry) {
  OAKUM_ARCHIVE(archive_entry_pathname_utf8);
  return function(entry);
}

}  // extern "C"
