// Where images come from. A source knows an image's model and hands out its layers; it reads none of their content.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/stream.h"
#include "model/image.h"

namespace oakum::image {

class ImageSource {
 public:
  virtual ~ImageSource() = default;

  virtual const Image& image() const = 0;

  // The layer's bytes as stored (compressed or not), from the front. Several layers may be open at once, in several
  // threads. The consumer verifies digests (layer_reader.h); a source only moves bytes.
  virtual Result<std::unique_ptr<ByteStream>> open_layer(std::size_t index) = 0;

  // For layers that lie unpacked on this machine (a root filesystem, overlay2): the directory whose tree is layer
  // `index`. Then open_layer is not called. Whiteouts in it are overlayfs's (character device 0:0,
  // trusted.overlay.opaque or user.overlay.opaque) when `overlay` is set.
  struct Directory {
    std::string path;
    bool overlay = false;
  };
  virtual std::optional<Directory> layer_directory(std::size_t index) const {
    (void)index;
    return std::nullopt;
  }

  // True when layers come over the network or from a daemon: sandboxing then leaves sockets usable.
  virtual bool remote() const { return false; }

  // Files and directories (all below them) that reading the layers may still open; whatever else the source needs is
  // open already. Sandboxing leaves these readable and nothing more.
  virtual std::vector<std::string> reads() const { return {}; }
};

struct SourceOptions {
  std::string platform;   // "linux/arm64" as typed; empty: this machine's
  bool insecure = false;  // plain HTTP and unverified TLS for registries
  std::string username;   // registry credentials given on the command line; empty: config.json's
  std::string password;
  std::string docker_host;  // overrides DOCKER_HOST and contexts
};

// `target` is what users type: a path (archive or directory), an image reference, or SCHEME:rest with a forced scheme
// (docker-archive, oci-archive, oci, oci-dir, rootfs, dir, registry, docker, podman, containers-storage, overlay2).
// Without a scheme: an existing path is told by its content; a reference is looked for in the daemons and local
// storage, then in the registry. The error of the last resort tells every place that was tried and why it said no.
Result<std::unique_ptr<ImageSource>> open_source(std::string_view target, const SourceOptions& options);

}  // namespace oakum::image
