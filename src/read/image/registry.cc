#include "read/image/registry.h"

#include "net/registry_client.h"
#include "read/image/simple_sources.h"

namespace oakum::image {

namespace {

Result<std::string> fetch_manifest(net::RegistryClient& client, const Descriptor& descriptor) {
  OAKUM_TRY(net::RegistryManifest manifest, client.manifest(descriptor.digest.text()));
  return std::move(manifest.bytes);
}

}  // namespace

Result<std::unique_ptr<ImageSource>> open_registry(const net::Reference& reference, const SourceOptions& options,
                                                   const PlatformChoice& choice, const net::RetryPolicy& retry) {
  const std::string name = reference.familiar();
  auto client = std::make_shared<net::RegistryClient>(
      reference,
      net::RegistryOptions{
          .insecure = options.insecure, .username = options.username, .password = options.password, .retry = retry});
  OAKUM_TRY(const net::RegistryManifest top, client->manifest(reference.version()));
  const Descriptor root{.media_type = top.media_type, .digest = top.digest, .size = top.bytes.size()};
  const FetchManifest fetch = [&](const Descriptor& descriptor) { return fetch_manifest(*client, descriptor); };
  OAKUM_TRY(const ResolvedManifest resolved, resolve_manifest(root, top.bytes, choice, fetch, name));
  const Descriptor& config = resolved.manifest.config;
  OAKUM_TRY(const std::string config_json, client->blob_bytes({config.digest, config.size, config.urls}, kConfigLimit));
  OAKUM_TRY(const ConfigFile file, parse_config(config_json, name + ": config"));
  OAKUM_CHECK(check_platform(file.platform, choice, name));
  OAKUM_TRY(Image image, make_image(file, config_json, layers_of(resolved.manifest), name));
  image.manifest = resolved.digest;
  if (!reference.tag.empty()) image.tags = {name};
  image.repo_digests = {reference.name() + "@" + top.digest.text()};
  std::vector<net::BlobLocation> blobs;
  for (const Layer& layer : image.layers) blobs.push_back({layer.blob, layer.size, layer.urls});
  auto reads = client->prepare();
  auto open = [client, blobs = std::move(blobs)](std::size_t layer) { return client->open_blob(blobs[layer]); };
  return std::make_unique<StreamedImage>(std::move(image), std::move(open), true, std::move(reads));
}

}  // namespace oakum::image
