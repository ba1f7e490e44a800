// Listings of layers laid over each other (OCI image-spec, layer.md "Applying Changesets"): what stays visible, what is
// hidden by later layers, and how many bytes that costs.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/image_facts.h"
#include "read/image/layer_listing.h"

namespace oakum::image {

class FactsOverlay {
 public:
  // Writes into `facts`, whose image and history are there.
  explicit FactsOverlay(ImageFacts& facts);

  // Lowest layer first; `layer` is its index.
  void add(const LayerListing& listing, std::size_t layer);
  // After the last one: sorts, counts, reads account files.
  void finish();

 private:
  struct Present {
    bool directory = false;
    bool file = false;
    std::uint64_t size = 0;
    std::size_t first_fact = 0, facts = 0;  // in facts_.files
  };
  using Tree = std::map<std::string, Present, std::less<>>;

  void hide(Tree::iterator begin, Tree::iterator end);
  void hide_below(std::string_view directory);
  void put(const ListedEntry& entry, std::size_t layer);
  void add_facts(const ListedEntry& entry, std::size_t layer, Present& present);

  ImageFacts& facts_;
  std::vector<std::size_t> steps_;  // per layer: its step of the history
  Tree tree_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::set<std::string, std::less<>> certificates_;  // of the layer that is being added
};

}  // namespace oakum::image
