// What is known of an image before its layers are read (OCI image-spec: manifest.md, config.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace oakum {

struct Platform {
  std::string os;
  std::string architecture;
  std::string variant;
  std::string text() const;  // "linux/arm64/v8"
  bool operator==(const Platform&) const = default;
};

enum class Compression : std::uint8_t { unknown, none, gzip, zstd };

struct Layer {
  Digest diff_id;                                  // digest of the uncompressed tar; empty for a plain directory
  Digest blob;                                     // digest of the bytes as stored, where the source states one
  std::uint64_t size = 0;                          // bytes as stored; 0 when not known beforehand
  Compression compression = Compression::unknown;  // unknown: told by the first bytes
  bool foreign = false;                            // non-distributable: bytes are elsewhere (`urls`), or nowhere
  std::vector<std::string> urls;
  std::string created_by;  // the history entry that made it, as stated
  std::string comment;
};

// A history entry taken apart. Builders write a RUN as "RUN /bin/sh -c make # buildkit", "/bin/sh -c make",
// "RUN |1 A=b /bin/bash -o pipefail -c make" (a build argument before it) or "RUN --mount=… /bin/sh -c make".
struct BuiltBy {
  bool run = false;
  std::string_view flags;  // of RUN: "--mount=type=cache,target=/x"
  std::string_view shell;  // "/bin/bash -o pipefail -c"; "" when none is stated
  std::string_view text;   // the script of a RUN, else the instruction; without "#(nop)" and "# buildkit"
};
BuiltBy built_by(std::string_view created_by);  // borrows

// The Dockerfile instruction behind a history entry, as a person would write it: "RUN apt-get install -y curl",
// "ADD file:3f2a… in /"; without the shell, "#(nop)" and "# buildkit" that builders put around it.
std::string instruction_of(const Layer& layer);

struct ImageConfig {
  std::string user;
  std::vector<std::string> env;
  std::vector<std::string> entrypoint;
  std::vector<std::string> cmd;
  std::string working_dir;
  std::map<std::string, std::string> labels;
  std::vector<std::string> exposed_ports;
  std::vector<std::string> volumes;
  bool healthcheck = false;
};

struct Image {
  std::string name;  // what the user called it: "app.tar", "nginx:1.27"
  Digest id;         // digest of the config: docker's image id; empty for a directory
  Digest manifest;   // digest of the manifest, where there is one
  std::vector<std::string> tags;
  std::vector<std::string> repo_digests;  // "name@sha256:…", where the source knows
  Platform platform;
  std::string created;  // RFC 3339, as stated
  ImageConfig config;
  std::vector<Layer> layers;  // lowest first; history entries without a layer are left out
  std::string config_json;    // the config's bytes as they are, for readers that want more
};

}  // namespace oakum
