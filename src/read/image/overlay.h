// Layers laid over each other as the runtime does (OCI image-spec, layer.md "Applying Changesets"): what is visible of
// their findings in the end, since which layer each package has been there, and where links lead.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "packages/analyser.h"
#include "read/image/layer_findings.h"
#include "read/image/wanted.h"

namespace oakum::image {

class Overlay {
 public:
  explicit Overlay(const WantedPaths& wanted) : wanted_(wanted) {}

  // Lowest layer first. `findings` must outlive this object; `layer` is put into its packages.
  void add(const LayerFindings& findings, const Digest& layer);

  // Visible findings, sorted by path.
  std::vector<packages::Finding> findings() const;

  // Wanted paths that are links to places where wants() does not look: with these aliases a further walk finds them.
  std::vector<Alias> missing_aliases() const;

 private:
  struct Visible {
    LayerNode node;
    std::string path;  // of a finding copied through a hard link: the link's; else empty
    std::size_t layer = 0;
    std::vector<std::size_t> since;  // per package of the finding: index into layers_
  };
  using Tree = std::map<std::string, Visible, std::less<>>;

  void erase_below(std::string_view directory);
  void attribute(Visible& visible, const Visible* before) const;
  Visible resolve_hard_link(const LayerNode& node, const LayerFindings& layer) const;
  void put(std::string_view path, Visible visible);
  std::string follow(std::string path) const;
  bool counts(const Visible& visible) const;

  const WantedPaths& wanted_;
  std::vector<std::string> layers_;
  Tree tree_;
};

}  // namespace oakum::image
