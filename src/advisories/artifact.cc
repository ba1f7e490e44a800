#include "advisories/artifact.h"

#include <cstdio>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <zstd.h>

#include "advisories/database.h"
#include "base/fd.h"

namespace oakum::advisories {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kEmptyType = "application/vnd.oci.empty.v1+json";
constexpr std::string_view kEmptyConfig = "{}";  // image-spec, manifest.md "Guidance for an Empty Descriptor"
constexpr std::uint64_t kMaxDatabase = 16ULL << 30;
constexpr int kCompressionLevel = 9;

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

class FileStream final : public ByteStream {
 public:
  FileStream(Fd fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}
  Result<std::size_t> read(std::span<char> out) override {
    auto n = read_at(fd_.get(), out, offset_, name_);
    if (n) offset_ += *n;
    return n;
  }

 private:
  Fd fd_;
  std::string name_;
  std::uint64_t offset_ = 0;
};

struct Packed {
  Digest digest;
  std::uint64_t size = 0;
};

struct CompressorDeleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct DecompressorDeleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// One frame, no thread-dependent settings: equal databases give equal blobs.
Result<Packed> compress(const std::string& from, const std::string& to) {
  OAKUM_TRY(const MappedFile input, MappedFile::open(from));
  OAKUM_TRY(const Fd output, open_file(to, O_WRONLY | O_CREAT | O_TRUNC, 0600));
  const std::unique_ptr<ZSTD_CCtx, CompressorDeleter> context(ZSTD_createCCtx());
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kCompressionLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setPledgedSrcSize(context.get(), input.bytes().size());
  std::vector<char> buffer(ZSTD_CStreamOutSize());
  ZSTD_inBuffer in{input.bytes().data(), input.bytes().size(), 0};
  Hasher hasher;
  Packed packed;
  for (std::size_t left = 1; left != 0;) {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    left = ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end);
    if (ZSTD_isError(left) != 0)
      return fail(ErrorCode::internal, from, std::string("cannot be compressed: ") + ZSTD_getErrorName(left));
    const std::string_view piece(buffer.data(), out.pos);
    hasher.update(piece);
    packed.size += piece.size();
    OAKUM_CHECK(write_all(output.get(), piece, to));
  }
  packed.digest = hasher.finish();
  return packed;
}

// Inflates what comes, hashing the compressed bytes; the caller compares the digest.
Result<Digest> decompress(ByteStream& from, const std::string& name, const Fd& to) {
  const std::unique_ptr<ZSTD_DCtx, DecompressorDeleter> context(ZSTD_createDCtx());
  std::vector<char> input(ZSTD_DStreamInSize());
  std::vector<char> output(ZSTD_DStreamOutSize());
  Hasher hasher;
  std::uint64_t written = 0;
  std::size_t frame_left = 1;
  for (;;) {
    OAKUM_TRY(const std::size_t n, from.read(input));
    if (n == 0) break;
    hasher.update({input.data(), n});
    for (ZSTD_inBuffer in{input.data(), n, 0}; in.pos < in.size;) {
      ZSTD_outBuffer out{output.data(), output.size(), 0};
      frame_left = ZSTD_decompressStream(context.get(), &out, &in);
      if (ZSTD_isError(frame_left) != 0)
        return fail(ErrorCode::invalid, name,
                    std::string("is not the zstd stream it should be: ") + ZSTD_getErrorName(frame_left));
      written += out.pos;
      if (written > kMaxDatabase) return fail(ErrorCode::limit, name, "inflates beyond 16 GiB");
      OAKUM_CHECK(write_all(to.get(), {output.data(), out.pos}, name));
    }
  }
  if (frame_left != 0) return fail(ErrorCode::integrity, name, "ends too early");
  return hasher.finish();
}

Json descriptor(std::string_view type, const Digest& digest, std::uint64_t size) {
  return {{"mediaType", type}, {"digest", digest.text()}, {"size", size}};
}

std::string manifest_of(const DatabaseInfo& info, const Packed& packed) {
  const Json manifest = {
      {"schemaVersion", 2},
      {"mediaType", kManifestType},
      {"artifactType", kArtifactType},
      {"config", descriptor(kEmptyType, Digest::sha256_of(kEmptyConfig), kEmptyConfig.size())},
      {"layers", Json::array({descriptor(kArtifactLayerType, packed.digest, packed.size)})},
      {"annotations",
       {{"org.opencontainers.image.created", info.built}, {"org.opencontainers.image.title", "oakum.db"}}}};
  return manifest.dump();
}

struct LayerReference {
  Digest digest;
  std::uint64_t size = 0;
};

Result<LayerReference> layer_of(const net::RegistryManifest& manifest, const std::string& name) {
  const Json json = Json::parse(manifest.bytes, nullptr, false);
  const auto refuse = [&](std::string why) {
    return fail(ErrorCode::invalid, name, std::move(why), "was it made by oakum db push?");
  };
  if (json.is_discarded() || !json.is_object()) return refuse("its manifest is not JSON");
  const auto layers = json.find("layers");
  if (layers == json.end() || !layers->is_array()) return refuse("its manifest has no layers");
  for (const Json& layer : *layers) {
    if (!layer.is_object() || layer.value("mediaType", Json()) != kArtifactLayerType) continue;
    const Json digest = layer.value("digest", Json());
    const Json size = layer.value("size", Json());
    if (!digest.is_string() || !size.is_number_unsigned()) return refuse("its layer has no digest or size");
    OAKUM_TRY(Digest parsed, Digest::parse(digest.get<std::string>()));
    return LayerReference{std::move(parsed), size.get<std::uint64_t>()};
  }
  return refuse("is no advisory database of a version that this oakum reads");
}

Status fetch_verified(net::RegistryClient& client, const LayerReference& layer, const std::string& name,
                      const std::string& to) {
  OAKUM_TRY(const auto stream, client.open_blob({.digest = layer.digest, .size = layer.size}));
  OAKUM_TRY(const Fd output, open_file(to, O_WRONLY | O_CREAT | O_TRUNC, 0644));
  OAKUM_TRY(const Digest digest, decompress(*stream, name, output));
  if (digest != layer.digest) {
    return fail(ErrorCode::integrity, name,
                "its bytes have the digest " + digest.text() + ", not " + layer.digest.text());
  }
  if (::fsync(output.get()) != 0) return fail_errno(errno, to, "sync");
  return verify_database(to);
}

}  // namespace

Result<Digest> push_database(const std::string& database, const net::Reference& reference,
                             const net::RegistryOptions& options) {
  OAKUM_CHECK(verify_database(database));
  OAKUM_TRY(const Database opened, Database::open(database));
  OAKUM_TRY(const TemporaryDirectory directory, TemporaryDirectory::create("oakum-push"));
  const std::string packed_path = directory.path() + "/database.zst";
  OAKUM_TRY(const Packed packed, compress(database, packed_path));
  net::RegistryClient client(reference, options);
  const auto open_packed = [&]() -> Result<std::unique_ptr<ByteStream>> {
    OAKUM_TRY(Fd fd, open_file(packed_path, O_RDONLY));
    return std::make_unique<FileStream>(std::move(fd), packed_path);
  };
  const auto open_config = []() -> Result<std::unique_ptr<ByteStream>> {
    return std::make_unique<MemoryStream>(kEmptyConfig);
  };
  OAKUM_CHECK(client.push_blob(packed.digest, packed.size, open_packed));
  OAKUM_CHECK(client.push_blob(Digest::sha256_of(kEmptyConfig), kEmptyConfig.size(), open_config));
  const std::string manifest = manifest_of(opened.info(), packed);
  Digest digest = Digest::sha256_of(manifest);
  OAKUM_CHECK(client.push_manifest(reference.digest.empty() ? reference.tag : digest.text(), manifest, kManifestType));
  return digest;
}

Result<Digest> pull_database(const std::string& database, const net::Reference& reference,
                             const net::RegistryOptions& options) {
  net::RegistryClient client(reference, options);
  const std::string name = reference.text();
  OAKUM_TRY(const net::RegistryManifest manifest, client.manifest(reference.version()));
  OAKUM_TRY(const LayerReference layer, layer_of(manifest, name));
  OAKUM_CHECK(make_directories(directory_of(database)));
  // Beside the target, so that publishing is a rename.
  OAKUM_TRY(const TemporaryDirectory directory, TemporaryDirectory::create(".oakum-pull", directory_of(database)));
  const std::string fetched = directory.path() + "/oakum.db";
  OAKUM_CHECK(fetch_verified(client, layer, name, fetched));
  if (std::rename(fetched.c_str(), database.c_str()) != 0) return fail_errno(errno, database, "replace");
  return manifest.digest;
}

}  // namespace oakum::advisories
