// A client of one repository on an OCI registry (OCI distribution-spec 1.1): pull and push of blobs and manifests.
//
// Finds out by itself how the registry wants to be spoken to: HTTPS, or plain HTTP where that is allowed; no, basic or
// bearer authentication. Requests that may be repeated are, with back-off. All methods may be called from several
// threads at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/error.h"
#include "base/stream.h"
#include "net/credentials.h"
#include "net/reference.h"
#include "net/retry.h"

namespace oakum::net {

struct RegistryOptions {
  bool insecure = false;  // plain HTTP and unverified TLS for this registry
  std::string username;   // given by the user; else the files are asked
  std::string password;
  std::vector<std::string> credential_files = default_credential_files();
  RetryPolicy retry;
};

struct RegistryManifest {
  std::string bytes;
  std::string media_type;
  Digest digest;  // of the bytes: verified against what was asked for and what the registry said
};

struct BlobLocation {
  Digest digest;
  std::uint64_t size = 0;         // 0: not known
  std::vector<std::string> urls;  // of foreign layers: tried (https only) where the registry has no such blob
};

class RegistryClient {
 public:
  // Only `registry` and `repository` of the reference are used.
  RegistryClient(const Reference& reference, const RegistryOptions& options);
  ~RegistryClient();

  // `version` is a tag or a digest. At most 4 MiB, as registries have it.
  Result<RegistryManifest> manifest(const std::string& version);

  // The blob from the front; resumed by `Range` where the connection breaks. The bytes' digest is for the reader to
  // verify; more or fewer bytes than `size` are an error. The stream may outlive the client.
  Result<std::unique_ptr<ByteStream>> open_blob(const BlobLocation& blob);

  // A small blob, whole and verified.
  Result<std::string> blob_bytes(const BlobLocation& blob, std::size_t limit);

  Result<bool> has_blob(const Digest& digest);

  // Uploads `size` bytes unless the registry has them. `open` gives them from the front, once per attempt.
  Status push_blob(const Digest& digest, std::uint64_t size,
                   const std::function<Result<std::unique_ptr<ByteStream>>()>& open);

  // `version` is a tag or the manifest's digest. Blobs and configs that it names must be there already.
  Status push_manifest(const std::string& version, std::string_view bytes, std::string_view media_type);

  // Before the process confines itself: looks up the credentials, for a registry that asks for them only later, and
  // tells which files requests may still open. Credentials that cannot be read are an error when they are asked for.
  std::vector<std::string> prepare();

 private:
  class Session;
  std::shared_ptr<Session> session_;
  RetryPolicy retry_;
  std::string name_;
};

}  // namespace oakum::net
