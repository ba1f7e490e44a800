#include "read/image/facts_overlay.h"

#include <algorithm>
#include <tuple>

#include "read/image/account_files.h"
#include "read/image/file_kinds.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

constexpr std::size_t kMaxFacts = 1'000'000;
constexpr std::uint32_t kSticky = 01000;

// Only when as many steps made layers as there are layers does a layer belong to a step.
std::vector<std::size_t> steps_of_layers(const ImageFacts& facts) {
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < facts.history.size(); ++i) {
    if (!facts.history[i].empty_layer) steps.push_back(i);
  }
  const std::size_t layers = facts.image.layers.size();
  if (steps.size() != layers) steps.assign(layers, facts.history.size());
  return steps;
}

std::vector<FileFact::Kind> kinds_of(const ListedEntry& entry) {
  std::vector<FileFact::Kind> kinds;
  switch (entry.type) {
    case TarType::file:
    case TarType::hard_link:
      kinds_of_path(entry.path, false, kinds);
      kinds_of_mode(entry.mode, entry.capabilities, kinds);
      // An empty file has no secret.
      if (entry.size == 0 && entry.type == TarType::file) std::erase(kinds, FileFact::Kind::secret_name);
      break;
    case TarType::symlink:
      kinds_of_path(entry.path, true, kinds);
      break;
    case TarType::directory:
      if ((entry.mode & 0002) != 0 && (entry.mode & kSticky) == 0) kinds.push_back(FileFact::Kind::world_writable);
      break;
    case TarType::other:
      break;
  }
  return kinds;
}

// Certificates have the same name as keys.
bool is_certificate(const ListedText& text) {
  return text.path.ends_with(".pem") && text.text.find("PRIVATE KEY-----") == std::string::npos;
}

}  // namespace

FactsOverlay::FactsOverlay(ImageFacts& facts) : facts_(facts), steps_(steps_of_layers(facts)) {}

void FactsOverlay::hide(Tree::iterator begin, Tree::iterator end) {
  for (auto it = begin; it != end; ++it) {
    const Present& present = it->second;
    facts_.wasted_bytes += present.size;
    for (std::size_t i = 0; i < present.facts; ++i) facts_.files[present.first_fact + i].deleted_later = true;
    texts_.erase(it->first);
  }
  tree_.erase(begin, end);
}

void FactsOverlay::hide_below(std::string_view directory) {
  if (directory.empty()) return hide(tree_.begin(), tree_.end());
  // "D/" and everything that starts with it lie together: '0' is the character after '/'.
  hide(tree_.lower_bound(std::string(directory) + "/"), tree_.lower_bound(std::string(directory) + "0"));
}

void FactsOverlay::add_facts(const ListedEntry& entry, std::size_t layer, Present& present) {
  present.first_fact = facts_.files.size();
  for (const FileFact::Kind kind : kinds_of(entry)) {
    if (kind == FileFact::Kind::secret_name && certificates_.contains(entry.path)) continue;
    if (facts_.files.size() == kMaxFacts) break;
    facts_.files.push_back({.kind = kind,
                            .path = "/" + entry.path,
                            .mode = entry.mode,
                            .uid = entry.uid,
                            .gid = entry.gid,
                            .size = entry.size,
                            .layer = facts_.image.layers[layer].diff_id.text(),
                            .history = steps_[layer]});
  }
  present.facts = facts_.files.size() - present.first_fact;
}

void FactsOverlay::put(const ListedEntry& entry, std::size_t layer) {
  if (entry.type != TarType::directory) hide_below(entry.path);
  // What lies here before goes; of a directory only what is said of itself, not what is in it.
  if (const auto before = tree_.find(entry.path); before != tree_.end()) hide(before, std::next(before));
  Present present{.directory = entry.type == TarType::directory,
                  .file = entry.type == TarType::file || entry.type == TarType::hard_link,
                  .size = entry.size};
  add_facts(entry, layer, present);
  tree_.insert_or_assign(entry.path, present);
}

void FactsOverlay::add(const LayerListing& listing, std::size_t layer) {
  for (const std::string& directory : listing.opaque) hide_below(directory);
  for (const std::string& path : listing.whiteouts) {
    hide_below(path);
    if (const auto found = tree_.find(path); found != tree_.end()) hide(found, std::next(found));
  }
  certificates_.clear();
  for (const ListedText& text : listing.texts) {
    if (is_certificate(text)) certificates_.insert(text.path);
  }
  std::uint64_t bytes = 0;
  for (const ListedEntry& entry : listing.entries) {
    bytes += entry.size;
    put(entry, layer);
  }
  for (const ListedText& text : listing.texts) {
    if (!text.path.ends_with(".pem")) texts_.insert_or_assign(text.path, text.text);
  }
  facts_.total_bytes += bytes;
  if (steps_[layer] < facts_.history.size()) facts_.history[steps_[layer]].size += bytes;
}

void FactsOverlay::finish() {
  facts_.files_known = true;
  facts_.file_count =
      static_cast<std::uint64_t>(std::ranges::count_if(tree_, [](const auto& item) { return item.second.file; }));
  std::ranges::stable_sort(facts_.files, [](const FileFact& a, const FileFact& b) {
    return std::tie(a.path, a.kind) < std::tie(b.path, b.kind);
  });
  const auto text = [&](std::string_view path) -> const std::string* {
    const auto found = texts_.find(path);
    return found == texts_.end() ? nullptr : &found->second;
  };
  if (const std::string* passwd = text("etc/passwd")) {
    facts_.has_passwd = true;
    read_passwd(*passwd, facts_);
  }
  if (const std::string* group = text("etc/group")) read_group(*group, facts_);
  if (const std::string* shadow = text("etc/shadow")) read_shadow(*shadow, facts_);
  const std::string* release = text("etc/os-release");
  if (release == nullptr) release = text("usr/lib/os-release");
  if (release != nullptr) facts_.distribution = distribution_id(*release);
}

}  // namespace oakum::image
