// NDB, rpm's own format (lib/backend/ndb/rpmpkg.c; SUSE's default): Packages.db. Little-endian throughout.
//   header   32 bytes: "RpmP", version 0, generation, number of slot pages, next package number
//   slots    16 bytes each, from the header's end to the end of the slot pages: "Slot", package number, first block,
//            number of blocks; first block 0 is a free slot
//   blobs    in blocks of 16 bytes: head ("BlbS", package number, time stamp, length), the rpm header, padding, tail
//            (Adler-32 of all before it, length, "BlbE")
#include <cstdint>
#include <string>

#include <fmt/format.h>
#include <isa-l/igzip_lib.h>

#include "packages/rpm_bytes.h"
#include "packages/rpm_database.h"

namespace oakum::packages {
namespace {

constexpr std::string_view kMagic = "RpmP";
constexpr std::string_view kSlotMagic = "Slot";
constexpr std::string_view kHeadMagic = "BlbS";
constexpr std::string_view kTailMagic = "BlbE";

constexpr std::size_t kHeaderSize = 32;
constexpr std::size_t kPageSize = 4096;
constexpr std::size_t kSlotSize = 16;
constexpr std::size_t kBlockSize = 16;
constexpr std::size_t kHeadSize = 16;
constexpr std::size_t kTailSize = 12;

struct Slot {
  std::uint32_t package;
  std::uint64_t first_block;
  std::uint64_t blocks;
};

std::unexpected<Error> damaged(std::string why) { return fail(ErrorCode::invalid, "", std::move(why)); }

std::uint32_t adler32(std::string_view bytes) {
  // The library takes bytes as unsigned.
  return isal_adler32(1, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Result<std::string_view> blob_of(const Slot& slot, std::string_view bytes) {
  const std::uint64_t file_blocks = bytes.size() / kBlockSize;
  if (slot.first_block > file_blocks || slot.blocks > file_blocks - slot.first_block) {
    return damaged(
        fmt::format("its {} blocks at block {} are beyond the end of the file", slot.blocks, slot.first_block));
  }
  const std::string_view blocks = bytes.substr(slot.first_block * kBlockSize, slot.blocks * kBlockSize);
  if (blocks.size() < kHeadSize + kTailSize || !blocks.starts_with(kHeadMagic))
    return damaged("no blob where its slot says");
  if (load_le32(blocks, 4) != slot.package) return damaged("its slot leads to another package's blob");
  const std::uint64_t length = load_le32(blocks, 12);
  if ((kHeadSize + length + kTailSize + kBlockSize - 1) / kBlockSize != slot.blocks) {
    return damaged(fmt::format("blob of {} bytes in {} blocks", length, slot.blocks));
  }
  const std::string_view tail = blocks.substr(blocks.size() - kTailSize);
  if (load_le32(tail, 4) != length || !tail.ends_with(kTailMagic))
    return damaged("its blob does not end where it should");
  if (load_le32(tail, 0) != adler32(blocks.substr(0, blocks.size() - kTailSize))) {
    return fail(ErrorCode::integrity, "", "the checksum of its blob does not match");
  }
  return blocks.substr(kHeadSize, length);
}

}  // namespace

bool is_rpm_ndb(std::string_view bytes) { return bytes.starts_with(kMagic); }

Status read_rpm_ndb(std::string_view bytes, HeaderSink& sink) {
  if (bytes.size() < kHeaderSize) return damaged("NDB header cut off");
  if (const std::uint32_t version = load_le32(bytes, 4); version != 0) {
    return fail(ErrorCode::unsupported, "", fmt::format("NDB version {}", version));
  }
  const std::uint64_t slots_end = std::uint64_t{load_le32(bytes, 12)} * kPageSize;
  for (std::size_t at = kHeaderSize; at < slots_end; at += kSlotSize) {
    if (bytes.size() < at + kSlotSize) return damaged("NDB slot pages are beyond the end of the file");
    const std::string_view record = bytes.substr(at, kSlotSize);
    if (!record.starts_with(kSlotMagic)) return damaged(fmt::format("no NDB slot at byte {}", at));
    const Slot slot{load_le32(record, 4), load_le32(record, 8), load_le32(record, 12)};
    if (slot.first_block == 0) continue;
    if (auto blob = blob_of(slot, bytes); !blob) {
      sink.error(slot.package, std::move(blob.error()));
    } else if (!sink.reserve(blob->size())) {
      return {};
    } else {
      sink.header(slot.package, *blob);
    }
  }
  return {};
}

}  // namespace oakum::packages
