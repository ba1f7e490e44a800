#include <algorithm>

#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

// Over nodes rather than places: an object has many, and one path that grows and shrinks serves them all.
class Walk {
 public:
  Walk(Manifest& manifest, KubernetesObject& object) : manifest_(manifest), object_(object) {}

  void member(const yaml::Member& member) {
    const std::size_t length = path_.size();
    append_key(path_, member.key);
    visit(member.value);
    path_.resize(length);
  }

 private:
  // The parser bounds the depth (yaml::kMaxDepth).
  void visit(const yaml::Node& node) {
    if (full_) return;
    switch (node.kind) {
      case yaml::Node::Kind::mapping:
        for (const yaml::Member& inner : node.members) member(inner);
        return;
      case yaml::Node::Kind::sequence:
        for (std::size_t i = 0; i < node.items.size(); ++i) item(node.items[i], i);
        return;
      case yaml::Node::Kind::scalar:
        return keep(node);
      case yaml::Node::Kind::null:
        return;
    }
  }

  void item(const yaml::Node& node, std::size_t index) {
    const std::size_t length = path_.size();
    append_index(path_, index);
    visit(node);
    path_.resize(length);
  }

  void keep(const yaml::Node& node) {
    const std::size_t bytes = sizeof(Stated<KeyValue>) + 2 * path_.size() + node.scalar.size();
    if (object_.scalars.items.size() >= kMaxScalars) {
      manifest_.tell(node.span, "the object has more than 20,000 values; the others were not looked at");
      full_ = true;
    } else if (!manifest_.spend(bytes)) {
      full_ = true;
    } else {
      object_.scalars.add({path_, node.scalar}, {Surface::kubernetes, manifest_.source, node.span, path_},
                          is_known(node.scalar));
    }
  }

  Manifest& manifest_;
  KubernetesObject& object_;
  std::string path_;  // from the object, also inside a List
  bool full_ = false;
};

std::size_t scalars_in(const yaml::Node& node) {
  std::size_t result = node.kind == yaml::Node::Kind::scalar ? 1 : 0;
  for (const yaml::Node& item : node.items) result += scalars_in(item);
  for (const yaml::Member& member : node.members) result += scalars_in(member.value);
  return result;
}

bool is_data(std::string_view key) { return key == "data" || key == "stringData" || key == "binaryData"; }

}  // namespace

void read_scalars(const Place& document, KubernetesObject& object) {
  std::size_t count = 0;
  for (const yaml::Member& member : document.node()->members) {
    if (!is_data(member.key)) count += scalars_in(member.value);
  }
  object.scalars.items.reserve(std::min(count, kMaxScalars));
  Walk walk(document.manifest(), object);
  for (const yaml::Member& member : document.node()->members) {
    if (!is_data(member.key)) walk.member(member);
  }
}

}  // namespace oakum::kubernetes
