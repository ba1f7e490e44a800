// A stream put into a file that has no name, so that it can be read in any order and is gone when oakum is, however it
// ends.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/fd.h"
#include "base/stream.h"

namespace oakum::image {

inline constexpr std::uint64_t kSpoolLimit = 256ULL << 30;

// The file, empty: in TMPDIR, else in /var/tmp.
Result<Fd> make_spool_file();

// Copies all of `stream`, inflating it when it is gzip or zstd. `name` names the stream in errors.
Result<std::shared_ptr<const Fd>> spool(ByteStream& stream, std::uint64_t limit, const std::string& name);

// The same into a file of make_spool_file(), for who may open no file by then.
Status spool_into(Fd& file, ByteStream& stream, std::uint64_t limit, const std::string& name);

}  // namespace oakum::image
