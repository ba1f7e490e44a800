#include "read/image/facts.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "base/parallel.h"
#include "read/image/config_facts.h"
#include "read/image/facts_overlay.h"

namespace oakum::image {

namespace {

std::string name_of(const Image& image, std::size_t layer) {
  return image.name + ": layer " + std::to_string(layer + 1) + " of " + std::to_string(image.layers.size());
}

// Layers are listed in parallel and laid over each other in order.
Result<std::vector<LayerListing>> list_layers(ImageSource& source, const ScanOptions& options) {
  const std::size_t count = source.image().layers.size();
  std::vector<std::optional<Result<LayerListing>>> results(count);
  std::mutex mutex;
  ScanProgress progress{.layers = count};
  parallel_for(count, options.threads == 0 ? hardware_threads() : options.threads, [&](std::size_t i) {
    results[i] = list_layer(source, i, options.limits);
    if (!options.progress) return;
    const std::scoped_lock lock(mutex);
    ++progress.layers_done;
    options.progress(progress);
  });
  std::vector<LayerListing> listings;
  for (std::size_t i = 0; i < count; ++i) {
    Result<LayerListing>& result = *results[i];
    if (!result) return std::unexpected<Error>(std::move(result.error()).in(name_of(source.image(), i)));
    listings.push_back(std::move(*result));
  }
  return listings;
}

}  // namespace

Result<ImageFacts> config_facts(const ImageSource& source, std::string name) {
  return facts_of_config(source.image(), std::move(name));
}

Result<ImageFacts> image_facts(ImageSource& source, std::string name, const ScanOptions& options) {
  OAKUM_TRY(const std::vector<LayerListing> listings, list_layers(source, options));
  ImageFacts facts = facts_of_config(source.image(), std::move(name));
  FactsOverlay overlay(facts);
  for (std::size_t i = 0; i < listings.size(); ++i) overlay.add(listings[i], i);
  overlay.finish();
  return facts;
}

}  // namespace oakum::image
