#include "read/image/overlay.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "read/image/path.h"

namespace oakum::image {

namespace {

constexpr int kMaxLinks = 40;  // as the kernel's MAXSYMLINKS
constexpr std::size_t kMaxAliases = 64;

std::uint64_t key_at(std::string_view keys, std::size_t index) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(keys[8 * index + i])) << (8 * i);
  }
  return value;
}

const LayerNode* find_node(const LayerFindings& layer, std::string_view path) {
  const auto& nodes = layer.nodes();
  const auto found = std::ranges::lower_bound(nodes, path, {}, &LayerNode::path);
  return found != nodes.end() && found->path == path ? &*found : nullptr;
}

}  // namespace

void Overlay::erase_below(std::string_view directory) {
  if (directory.empty()) {
    tree_.clear();
    return;
  }
  // "D/" and everything that starts with it lie together: '0' is the character after '/'.
  const std::string from = std::string(directory) + "/";
  const std::string to = std::string(directory) + "0";
  tree_.erase(tree_.lower_bound(from), tree_.lower_bound(to));
}

// A package that was in the same database with the same version right before is still the one of that layer.
void Overlay::attribute(Visible& visible, const Visible* before) const {
  const std::size_t count = visible.node.keys.size() / 8;
  visible.since.assign(count, visible.layer);
  if (before == nullptr || before->node.kind != NodeKind::file) return;
  std::unordered_map<std::uint64_t, std::size_t> known;
  known.reserve(before->since.size());
  for (std::size_t i = 0; i < before->since.size(); ++i) known.emplace(key_at(before->node.keys, i), before->since[i]);
  for (std::size_t i = 0; i < count; ++i) {
    const auto found = known.find(key_at(visible.node.keys, i));
    if (found != known.end()) visible.since[i] = found->second;
  }
}

// A hard link is the file that it names: in the same layer, or (as some writers leave out what has not changed) below.
Overlay::Visible Overlay::resolve_hard_link(const LayerNode& link, const LayerFindings& layer) const {
  Visible visible{.node = link, .path = {}, .layer = layers_.size() - 1, .since = {}};
  std::string_view target = link.target;
  for (int i = 0; i < kMaxLinks; ++i) {
    const LayerNode* node = find_node(layer, target);
    if (node != nullptr && node->kind == NodeKind::hard_link && node->target != target) {
      target = node->target;
      continue;
    }
    if (node == nullptr) {
      const auto below = tree_.find(target);
      if (below != tree_.end()) node = &below->second.node;
    }
    if (node == nullptr || node->kind != NodeKind::file) return visible;
    visible.node = *node;
    visible.path = link.path;
    return visible;
  }
  return visible;
}

void Overlay::put(std::string_view path, Visible visible) {
  // Something lies here, so everything above it is a directory, whatever it was.
  for (std::string_view parent = parent_of(path); !parent.empty(); parent = parent_of(parent)) {
    const auto found = tree_.find(parent);
    if (found != tree_.end() && found->second.node.kind != NodeKind::directory) tree_.erase(found);
  }
  if (visible.node.kind != NodeKind::directory) erase_below(path);
  tree_.insert_or_assign(std::string(path), std::move(visible));
}

void Overlay::add(const LayerFindings& findings, const Digest& layer) {
  layers_.push_back(layer.text());
  std::vector<Visible> coming;
  coming.reserve(findings.nodes().size());
  for (const LayerNode& node : findings.nodes()) {
    Visible visible{.node = node, .path = {}, .layer = layers_.size() - 1, .since = {}};
    if (node.kind == NodeKind::hard_link) visible = resolve_hard_link(node, findings);
    const auto before = tree_.find(node.path);
    if (visible.node.kind == NodeKind::file) attribute(visible, before == tree_.end() ? nullptr : &before->second);
    coming.push_back(std::move(visible));
  }
  // Whiteouts hide what lower layers brought, never what this one brings.
  for (const std::string_view directory : findings.opaque()) erase_below(directory);
  for (const std::string_view path : findings.whiteouts()) {
    erase_below(path);
    if (const auto found = tree_.find(path); found != tree_.end()) tree_.erase(found);
  }
  for (std::size_t i = 0; i < coming.size(); ++i) put(findings.nodes()[i].path, std::move(coming[i]));
}

// A file that is wanted only because a link leads to it counts as long as the link does.
bool Overlay::counts(const Visible& visible) const {
  if (visible.node.kind != NodeKind::file) return false;
  if (!visible.path.empty() || visible.node.target.empty()) return true;
  return follow(std::string(visible.node.target)) == visible.node.path;
}

std::vector<packages::Finding> Overlay::findings() const {
  std::vector<packages::Finding> result;
  for (const auto& [path, visible] : tree_) {
    if (!counts(visible)) continue;
    auto finding = LayerFindings::finding(visible.node);
    if (!finding) continue;
    if (!visible.path.empty()) finding->path = path;
    for (std::size_t i = 0; i < finding->packages.size(); ++i) {
      Package& package = finding->packages[i];
      if (package.path == visible.node.read_as()) package.path = finding->path;
      if (i < visible.since.size()) package.layer = layers_[visible.since[i]];
    }
    result.push_back(std::move(*finding));
  }
  return result;
}

// The path with the symlinks on its way resolved, inside the image; loops end after kMaxLinks.
std::string Overlay::follow(std::string path) const {
  for (int links = 0; links < kMaxLinks; ++links) {
    bool moved = false;
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      const std::string prefix = path.substr(0, end);
      const auto found = tree_.find(prefix);
      if (found != tree_.end() && found->second.node.kind == NodeKind::symlink) {
        const auto target = link_target(prefix, found->second.node.target, {});
        if (!target) return {};
        path =
            join_path(*target, end == std::string::npos ? std::string_view() : std::string_view(path).substr(end + 1));
        moved = true;
        break;
      }
      if (end == std::string::npos) break;
    }
    if (!moved) return path;
  }
  return {};
}

std::vector<Alias> Overlay::missing_aliases() const {
  std::vector<Alias> aliases;
  for (const auto& [path, visible] : tree_) {
    const NodeKind kind = visible.node.kind;
    if (kind != NodeKind::symlink && kind != NodeKind::hard_link) continue;
    const std::string real = kind == NodeKind::symlink ? follow(path) : std::string(visible.node.target);
    // The root itself is no place to look for one file, and a path that wants() knows has been looked at.
    if (real.empty() || real == path || lies_below(path, real)) continue;
    const bool known = wanted_.wanted(path) ? wanted_.wanted(real) : may_hold_wanted(real);
    if (known) continue;
    Alias alias{.real = real, .wanted = path};
    if (std::ranges::find(wanted_.aliases(), alias) != wanted_.aliases().end()) continue;
    aliases.push_back(std::move(alias));
    if (aliases.size() + wanted_.aliases().size() >= kMaxAliases) break;
  }
  return aliases;
}

}  // namespace oakum::image
