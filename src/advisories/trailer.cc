#include "advisories/trailer.h"

#include <array>

#include <fcntl.h>

#include "advisories/record.h"
#include "base/digest.h"
#include "base/fd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kMagic = "oakum-advisories";
constexpr std::string_view kRebuild = "build it anew with `oakum db update`";

}  // namespace

std::string encode(const Trailer& trailer) {
  std::string text = std::string(kMagic) + ' ' + std::to_string(trailer.format) + ' ' + std::to_string(trailer.bytes) +
                     ' ' + trailer.digest;
  text.resize(kTrailerSize - 1, ' ');
  return text + '\n';
}

std::optional<Trailer> decode_trailer(std::string_view bytes) {
  if (bytes.size() != kTrailerSize || bytes.back() != '\n') return std::nullopt;
  bytes.remove_suffix(1);
  if (next_field(bytes, ' ') != kMagic) return std::nullopt;
  const auto format = parse_number<std::uint64_t>(next_field(bytes, ' '));
  const auto length = parse_number<std::uint64_t>(next_field(bytes, ' '));
  const auto digest = Digest::parse(next_field(bytes, ' '));
  if (!format || !length || !digest || !trim(bytes).empty()) return std::nullopt;
  return Trailer{*format, *length, digest->text()};
}

Result<Trailer> read_trailer(const std::string& path) {
  OAKUM_TRY(const Fd file, open_file(path, O_RDONLY));
  OAKUM_TRY(const std::uint64_t size, file_size(file.get(), path));
  if (size < kTrailerSize) {
    return fail(ErrorCode::integrity, path, "too short for an advisory database", std::string(kRebuild));
  }
  std::array<char, kTrailerSize> bytes{};
  OAKUM_TRY(const std::size_t got, read_at(file.get(), bytes, size - kTrailerSize, path));
  const auto trailer = decode_trailer({bytes.data(), got});
  if (!trailer) {
    return fail(ErrorCode::integrity, path, "not an advisory database, or cut short", std::string(kRebuild));
  }
  if (trailer->format != kFormat) {
    return fail(
        ErrorCode::unsupported, path,
        "has format " + std::to_string(trailer->format) + "; this oakum reads format " + std::to_string(kFormat),
        trailer->format < kFormat ? std::string(kRebuild) : "update oakum, or build it anew with `oakum db update`");
  }
  if (trailer->bytes != size - kTrailerSize) {
    return fail(ErrorCode::integrity, path, "is not as long as it says", std::string(kRebuild));
  }
  return *trailer;
}

}  // namespace oakum::advisories
