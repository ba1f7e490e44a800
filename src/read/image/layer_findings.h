// What was learned of one layer: the findings in its wanted files, and what it does to the tree below it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "packages/analyser.h"
#include "read/image/wanted.h"

namespace oakum::image {

enum class NodeKind : std::uint8_t {
  file,       // a wanted file; it has a finding. `target`: the wanted path that an alias gave it, else empty
  hard_link,  // `target`: normalised path
  symlink,    // `target`: as stated
  directory,
  other,  // anything else: hides what lies there in lower layers
};

// Borrows from the LayerFindings that it is of.
struct LayerNode {
  std::string_view path;
  NodeKind kind = NodeKind::other;
  std::string_view target;
  packages::Format format = packages::Format::none;
  std::string_view keys;     // of the finding's packages (finding_codec.h), eight bytes each
  std::string_view finding;  // encoded

  // The path under which the finding was made.
  std::string_view read_as() const { return target.empty() ? path : target; }
};

// Owns bytes in the form of docs/layer-cache.md and views of them; the bytes may be a mapped cache file.
class LayerFindings {
 public:
  // `bytes` stay alive as long as `owner`. nullopt when they are not well-formed.
  static std::optional<LayerFindings> parse(std::string_view bytes, std::shared_ptr<const void> owner);
  static std::optional<LayerFindings> parse(std::string bytes);

  std::string_view bytes() const { return bytes_; }
  const std::vector<LayerNode>& nodes() const { return nodes_; }  // sorted by path
  const std::vector<std::string_view>& whiteouts() const { return whiteouts_; }
  const std::vector<std::string_view>& opaque() const { return opaque_; }
  const std::vector<Error>& errors() const { return errors_; }  // of entries; the layer as a whole is fine
  std::uint64_t entries() const { return entries_; }

  static std::optional<packages::Finding> finding(const LayerNode& node);

 private:
  std::shared_ptr<const void> owner_;
  std::string_view bytes_;
  std::vector<LayerNode> nodes_;
  std::vector<std::string_view> whiteouts_;
  std::vector<std::string_view> opaque_;
  std::vector<Error> errors_;
  std::uint64_t entries_ = 0;
};

struct BuildLimits {
  std::uint64_t captured_bytes = 512ULL << 20;
  std::size_t nodes = 1'000'000;
  std::size_t errors = 100;  // kept; the others are counted
};

// Takes entries as a walk meets them, in any order; of two entries with one path the last one counts. Paths are
// normalised. What does not matter (WantedPaths::relevant) is dropped at once.
class LayerBuilder {
 public:
  LayerBuilder(const WantedPaths& wanted, const BuildLimits& limits) : wanted_(wanted), limits_(limits) {}

  // A regular file: whether to capture() its content. A file too large for its format becomes an error.
  Result<bool> file(std::string_view path, std::uint64_t size);
  // The content of the file for which file() just said yes.
  Status captured(std::string_view bytes);
  Status hard_link(std::string_view path, std::string_view target);
  Status symlink(std::string_view path, std::string_view target);
  Status directory(std::string_view path);
  Status other(std::string_view path);
  Status whiteout(std::string_view path);
  Status opaque(std::string_view directory);
  void error(Error error);

  LayerFindings finish(std::uint64_t entries);

 private:
  struct Node {
    NodeKind kind = NodeKind::other;
    std::string target;
    packages::Format format = packages::Format::none;
    std::vector<std::uint64_t> keys;
    std::string finding;
  };
  Status put(std::string_view path, Node node);
  Status room(std::size_t used) const;

  const WantedPaths& wanted_;
  BuildLimits limits_;
  std::map<std::string, Node, std::less<>> nodes_;
  std::set<std::string, std::less<>> whiteouts_;
  std::set<std::string, std::less<>> opaque_;
  std::vector<Error> errors_;
  std::size_t errors_dropped_ = 0;
  std::uint64_t captured_bytes_ = 0;
  // Of the file being captured.
  std::string path_;
  std::string real_path_;
  packages::Format format_ = packages::Format::none;
};

}  // namespace oakum::image
