#include "read/image/scan_layers.h"

#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "base/parallel.h"
#include "base/text.h"
#include "read/image/cache.h"
#include "read/image/directory_walk.h"
#include "read/image/layer_reader.h"
#include "read/image/overlay.h"

namespace oakum::image {

namespace {

// Links that lead to links: each round walks the layers again with what the last one found out.
constexpr int kMaxRounds = 4;
constexpr std::size_t kDigestShown = 12;
// Below this many stored bytes a second thread costs more than it saves.
constexpr std::uint64_t kWorthAThread = 1 << 20;
constexpr std::uint64_t kProgressStep = 1 << 20;

std::string name_of(const Image& image, std::size_t index) {
  std::string name = image.name + ": layer " + std::to_string(index + 1) + " of " + std::to_string(image.layers.size());
  const Layer& layer = image.layers[index];
  const Digest& digest = layer.diff_id.empty() ? layer.blob : layer.diff_id;
  if (digest.empty()) return name;
  return name + " (" + std::string(digest.algorithm()) + ":" + std::string(digest.hex().substr(0, kDigestShown)) + "…)";
}

// Counts for ScanOptions::progress, whichever thread has news.
class Progress {
 public:
  Progress(const Image& image, const ScanOptions& options) : report_(options.progress) {
    state_.layers = image.layers.size();
    bool known = true;
    for (const Layer& layer : image.layers) {
      known = known && layer.size > 0;
      state_.bytes_total += layer.size;
    }
    if (!known) state_.bytes_total = 0;
  }
  void bytes(std::uint64_t count) {
    if (!report_) return;
    const std::scoped_lock lock(mutex_);
    state_.bytes += count;
    if (state_.bytes - reported_ < kProgressStep) return;
    reported_ = state_.bytes;
    report_(state_);
  }
  void layer_done() {
    if (!report_) return;
    const std::scoped_lock lock(mutex_);
    ++state_.layers_done;
    report_(state_);
  }

 private:
  const std::function<void(const ScanProgress&)>& report_;
  std::mutex mutex_;
  ScanProgress state_;
  std::uint64_t reported_ = 0;
};

struct LayerResult {
  std::optional<LayerFindings> findings;
  std::optional<Error> failure;
  bool complete = true;
  bool cached = false;
};

// Reads the layers that the cache does not hold. Threads take whole layers, the biggest first; one that finds none left
// helps with a layer that is still being read.
class LayerPool {
 public:
  LayerPool(ImageSource& source, const ScanOptions& options, const WantedPaths& wanted, Progress& progress,
            std::vector<LayerResult>& results)
      : source_(source), options_(options), wanted_(wanted), progress_(progress), results_(results) {}

  void run(std::vector<std::size_t> layers) {
    const auto size = [&](std::size_t i) { return source_.image().layers[i].size; };
    std::ranges::sort(layers,
                      [&](std::size_t a, std::size_t b) { return size(a) != size(b) ? size(a) > size(b) : a < b; });
    std::uint64_t total = 0;
    bool known = true;
    for (const std::size_t i : layers) {
      known = known && size(i) > 0;
      total += size(i);
    }
    order_ = std::move(layers);
    std::size_t threads = options_.threads == 0 ? hardware_threads() : options_.threads;
    threads = std::min(threads, 2 * order_.size());
    if (known) threads = std::min<std::size_t>(threads, 1 + total / kWorthAThread);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([this] { work(); });
    work();
  }

 private:
  struct Active {
    std::shared_ptr<LayerReader> reader;
    bool helped = false;
  };

  void work() {
    std::unique_lock lock(mutex_);
    while (done_ < order_.size()) {
      if (next_ < order_.size()) {
        const std::size_t index = order_[next_++];
        lock.unlock();
        read(index);
        lock.lock();
        ++done_;
        changed_.notify_all();
        continue;
      }
      const auto needy = std::ranges::find(active_, false, &Active::helped);
      if (needy == active_.end()) {
        changed_.wait(lock);
        continue;
      }
      needy->helped = true;
      const std::shared_ptr<LayerReader> reader = needy->reader;
      lock.unlock();
      reader->help();
      lock.lock();
    }
  }

  void read(std::size_t index) {
    LayerResult& result = results_[index];
    const auto directory = source_.layer_directory(index);
    if (directory) {
      auto walked = walk_directory(*directory, wanted_, options_.limits);
      if (walked) {
        result.findings = std::move(walked->findings);
        result.complete = walked->complete;
      } else {
        result.failure = std::move(walked.error());
      }
    } else {
      auto findings = stream(index);
      if (findings) {
        result.findings = std::move(*findings);
      } else {
        result.failure = std::move(findings.error());
      }
    }
    progress_.layer_done();
  }

  Result<LayerFindings> stream(std::size_t index) {
    const Layer& layer = source_.image().layers[index];
    auto opened = source_.open_layer(index);
    if (!opened) return std::unexpected<Error>(layer.foreign ? foreign(layer) : std::move(opened.error()));
    const auto reader =
        std::make_shared<LayerReader>(layer, wanted_, options_.limits, [this](std::uint64_t n) { progress_.bytes(n); });
    {
      const std::scoped_lock lock(mutex_);
      active_.push_back({.reader = reader});
      changed_.notify_all();
    }
    auto findings = reader->run(std::move(*opened));
    const std::scoped_lock lock(mutex_);
    std::erase_if(active_, [&](const Active& active) { return active.reader == reader; });
    return findings;
  }

  static Error foreign(const Layer& layer) {
    std::string urls;
    for (const std::string& url : layer.urls) urls += (urls.empty() ? "" : ", ") + printable(url, 200);
    return {.code = ErrorCode::not_found,
            .what = "",
            .why = "is a foreign layer, whose bytes are not in the image",
            .todo = urls.empty() ? "it names no place where they are" : "they are at " + urls};
  }

  ImageSource& source_;
  const ScanOptions& options_;
  const WantedPaths& wanted_;
  Progress& progress_;
  std::vector<LayerResult>& results_;
  std::vector<std::size_t> order_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Under mutex_:
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  std::vector<Active> active_;
};

std::vector<LayerResult> read_layers(ImageSource& source, const ScanOptions& options, const WantedPaths& wanted,
                                     Progress& progress) {
  const std::vector<Layer>& layers = source.image().layers;
  const LayerCache cache(options.cache_directory);
  std::vector<LayerResult> results(layers.size());
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    results[i].findings = cache.load(layers[i].diff_id, wanted.aliases());
    results[i].cached = results[i].findings.has_value();
    if (results[i].cached) {
      progress.layer_done();
    } else {
      missing.push_back(i);
    }
  }
  if (missing.empty()) return results;
  LayerPool(source, options, wanted, progress, results).run(missing);
  for (const std::size_t i : missing) {
    const bool whole = results[i].findings && results[i].complete && !source.layer_directory(i);
    if (whole) cache.store(layers[i].diff_id, wanted.aliases(), *results[i].findings);
  }
  return results;
}

void add_errors(const Image& image, std::vector<LayerResult>& results, ImageContents& contents) {
  const auto failed = static_cast<std::size_t>(
      std::ranges::count_if(results, [](const LayerResult& result) { return result.failure.has_value(); }));
  const std::size_t others = results.size() - failed;
  for (std::size_t i = 0; i < results.size(); ++i) {
    LayerResult& result = results[i];
    const std::string name = name_of(image, i);
    if (result.findings) {
      for (const Error& error : result.findings->errors()) contents.errors.push_back(Error(error).in(name));
    }
    contents.complete = contents.complete && result.complete && !result.failure;
    if (!result.failure) continue;
    Error error = std::move(*result.failure).in(name);
    if (error.todo.empty() && others > 0) {
      error.todo =
          others == 1 ? "the other layer was scanned" : "the other " + std::to_string(others) + " layers were scanned";
    }
    contents.errors.push_back(std::move(error));
  }
}

}  // namespace

ImageContents scan_layers(ImageSource& source, const ScanOptions& options, const Analysers& analysers) {
  const Image& image = source.image();
  ImageContents contents;
  std::vector<Alias> aliases;
  for (int round = 1;; ++round) {
    const WantedPaths wanted(analysers, aliases);
    Progress progress(image, options);
    std::vector<LayerResult> results = read_layers(source, options, wanted, progress);
    Overlay overlay(wanted);
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (results[i].findings) overlay.add(*results[i].findings, image.layers[i].diff_id);
    }
    const std::vector<Alias> more = round < kMaxRounds ? overlay.missing_aliases() : std::vector<Alias>();
    if (!more.empty()) {
      aliases.insert(aliases.end(), more.begin(), more.end());
      continue;
    }
    contents.layers_cached = static_cast<std::size_t>(std::ranges::count_if(results, &LayerResult::cached));
    add_errors(image, results, contents);
    contents.assembled = analysers.assemble(overlay.findings());
    return contents;
  }
}

}  // namespace oakum::image
