#include "read/image/spool.h"

#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"
#include "read/image/decompress.h"

namespace oakum::image {

namespace {

constexpr std::size_t kChunk = 1 << 20;

std::string spool_directory() {
  const char* chosen = std::getenv("TMPDIR");
  if (chosen != nullptr && chosen[0] == '/') return chosen;
  return is_directory("/var/tmp") ? "/var/tmp" : "/tmp";
}

class Writer {
 public:
  Writer(Fd& fd, std::uint64_t limit, const std::string& name) : fd_(fd), left_(limit), limit_(limit), name_(name) {}

  Status write(std::string_view bytes) {
    if (bytes.size() > left_) return fail(ErrorCode::limit, name_, "larger than the limit of " + human_bytes(limit_));
    left_ -= bytes.size();
    auto written = write_all(fd_.get(), bytes, name_ + ": temporary copy in " + spool_directory());
    if (!written && written.error().todo.empty()) written.error().todo = "set TMPDIR to a directory with room";
    return written;
  }

 private:
  Fd& fd_;
  std::uint64_t left_;
  std::uint64_t limit_;
  const std::string& name_;
};

Status inflate(Decompressor& decompressor, std::string_view in, std::span<char> scratch, Writer& writer) {
  for (;;) {
    OAKUM_TRY(const Decompressor::Step step, decompressor.step(in, scratch));
    in.remove_prefix(step.consumed);
    OAKUM_CHECK(writer.write(std::string_view(scratch.data(), step.produced)));
    if (in.empty() && step.produced < scratch.size()) return {};
    if (step.consumed == 0 && step.produced == 0) return {};
  }
}

}  // namespace

// O_TMPFILE where the file system has it; else made and unlinked at once.
Result<Fd> make_spool_file() {
  const std::string directory = spool_directory();
  if (auto fd = open_file(directory, O_TMPFILE | O_RDWR, 0600)) return fd;
  std::string path = directory + "/oakum-XXXXXX";
  Fd fd(::mkostemp(path.data(), O_CLOEXEC));
  if (!fd) return fail_errno(errno, directory, "create a temporary file", "set TMPDIR to a directory with room");
  ::unlink(path.c_str());
  return fd;
}

Result<std::shared_ptr<const Fd>> spool(ByteStream& stream, std::uint64_t limit, const std::string& name) {
  OAKUM_TRY(Fd fd, make_spool_file());
  OAKUM_CHECK(spool_into(fd, stream, limit, name));
  return std::make_shared<const Fd>(std::move(fd));
}

Status spool_into(Fd& fd, ByteStream& stream, std::uint64_t limit, const std::string& name) {
  Writer writer(fd, limit, name);
  std::vector<char> in(kChunk);
  std::vector<char> scratch;
  std::unique_ptr<Decompressor> decompressor;
  std::size_t held = 0;
  bool told = false;
  for (;;) {
    OAKUM_TRY(const std::size_t n, stream.read(std::span(in).subspan(held)));
    held += n;
    if (!told && held < 6 && n != 0) continue;
    const std::string_view bytes(in.data(), held);
    if (!told) {
      told = true;
      const Compression compression = detect_compression(bytes);
      if (compression == Compression::gzip || compression == Compression::zstd)
        decompressor = make_decompressor(compression);
      if (decompressor) scratch.resize(kChunk);
    }
    if (decompressor)
      OAKUM_CHECK(inflate(*decompressor, bytes, scratch, writer));
    else
      OAKUM_CHECK(writer.write(bytes));
    held = 0;
    if (n == 0) break;
  }
  if (decompressor && !decompressor->complete())
    return fail(ErrorCode::invalid, name, "ends inside its compressed data");
  return {};
}

}  // namespace oakum::image
