#include "packages/rpm.h"

#include <array>
#include <exception>
#include <string>
#include <utility>

#include "packages/rpm_database.h"

namespace oakum::packages {
namespace {

struct Container {
  Format format;
  bool (*recognise)(std::string_view bytes);
  Status (*read)(std::string_view bytes, HeaderSink& sink);
};
constexpr std::array<Container, 3> kContainers = {{{Format::rpm_sqlite, is_sqlite, read_rpm_sqlite},
                                                   {Format::rpm_ndb, is_rpm_ndb, read_rpm_ndb},
                                                   {Format::rpm_bdb, is_berkeley_db, read_rpm_bdb}}};

void read_database(std::string_view bytes, Finding& finding) {
  HeaderSink sink(finding, bytes);
  for (const Container& container : kContainers) {
    if (!container.recognise(bytes)) continue;
    finding.format = container.format;
    if (auto status = container.read(bytes, sink); !status) sink.error(std::move(status.error()));
    return;
  }
  sink.error(Error{ErrorCode::invalid, "",
                   bytes.empty() ? "an empty file where an rpm database is expected"
                                 : "not an rpm database: neither SQLite nor NDB nor Berkeley DB",
                   ""});
}

// SQLite's write-ahead log (sqlite.org/fileformat2.html, section 4): a 32-byte header, then frames of changed pages.
// rpm leaves none behind when it ends well. They are not merged here, so that they are there is told, never passed
// over.
void read_write_ahead_log(std::string_view bytes, Finding& finding) {
  constexpr std::size_t kHeader = 32;
  const bool is_log = bytes.starts_with("\x37\x7f\x06\x82") || bytes.starts_with("\x37\x7f\x06\x83");
  if (!is_log || bytes.size() <= kHeader) return;
  finding.errors.push_back(Error{ErrorCode::unsupported, finding.path,
                                 "holds changes that are not in rpmdb.sqlite: packages changed last may be missing",
                                 "run `rpm -qa` as root in the image and commit it, which merges them"});
}

}  // namespace

Finding analyse_rpm(Format format, const FileInfo& file, std::string_view bytes) {
  Finding finding;
  finding.path = file.path;
  finding.format = format;
  try {
    if (format == Format::rpm_wal) {
      read_write_ahead_log(bytes, finding);
    } else if (format == Format::rpm_manifest) {
      HeaderSink sink(finding, bytes);
      read_rpm_manifest(bytes, sink, finding);
    } else {
      read_database(bytes, finding);
    }
  } catch (const std::exception& exception) {  // std::bad_alloc, from the standard containers
    finding.errors.push_back(Error{ErrorCode::limit, finding.path, exception.what(), ""});
  }
  return finding;
}

}  // namespace oakum::packages
