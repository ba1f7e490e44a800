// The three containers of rpm headers, each read from memory, and what takes the headers out of them.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "packages/analyser.h"

namespace oakum::packages {

// Turns headers into packages of one Finding. A header that cannot be read is an error in it, and the rest goes on.
class HeaderSink {
 public:
  // `bytes` is the database: headers lie in it without overlap, so that together they cannot be longer than it. The
  // sink holds readers to that, and damaged links between its pages can not make the work more than linear.
  HeaderSink(Finding& finding, std::string_view bytes) : finding_(finding), budget_(bytes.size()) {}

  // A record with a header of `size` bytes is about to be read: false (and an error) when the database cannot hold it
  // beside those before it.
  bool reserve(std::uint64_t size);

  void header(std::uint64_t number, std::string_view blob);

  // `error` of record `number`, or of the database as a whole.
  void error(std::uint64_t number, Error error);
  void error(Error error);

 private:
  Finding& finding_;
  std::uint64_t budget_;
  bool exhausted_ = false;
};

// An error returned is one that ended the reading; what came before it is in the sink.
Status read_rpm_sqlite(std::string_view bytes, HeaderSink& sink);
Status read_rpm_ndb(std::string_view bytes, HeaderSink& sink);
Status read_rpm_bdb(std::string_view bytes, HeaderSink& sink);

bool is_sqlite(std::string_view bytes);
bool is_rpm_ndb(std::string_view bytes);
// Any database of Berkeley DB: hash, or an access method that rpm does not use for packages.
bool is_berkeley_db(std::string_view bytes);

// container-manifest-2: a line per package, tab-separated.
void read_rpm_manifest(std::string_view bytes, HeaderSink& sink, Finding& finding);

}  // namespace oakum::packages
