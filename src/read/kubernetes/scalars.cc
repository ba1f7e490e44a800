#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

class Walk {
 public:
  explicit Walk(KubernetesObject& object) : object_(object) {}

  // The parser bounds the depth (yaml::kMaxDepth).
  void visit(const Place& place) {
    if (!place || full_) return;
    switch (place.node()->kind) {
      case yaml::Node::Kind::mapping:
        for (const auto& entry : place.entries()) visit(entry.value);
        return;
      case yaml::Node::Kind::sequence:
        for (const Place& item : place.items()) visit(item);
        return;
      case yaml::Node::Kind::scalar:
        return keep(place);
      case yaml::Node::Kind::null:
        return;
    }
  }

 private:
  void keep(const Place& place) {
    const std::size_t bytes = sizeof(Stated<KeyValue>) + 2 * place.path().size() + place.node()->scalar.size();
    if (object_.scalars.items.size() >= kMaxScalars) {
      place.manifest().tell(place.origin().span,
                            "the object has more than 20,000 values; the others were not looked at");
      full_ = true;
    } else if (!place.manifest().spend(bytes)) {
      full_ = true;
    } else {
      object_.scalars.add({place.path(), place.node()->scalar}, place.origin(), place.known());
    }
  }

  KubernetesObject& object_;
  bool full_ = false;
};

bool is_data(std::string_view key) { return key == "data" || key == "stringData" || key == "binaryData"; }

}  // namespace

void read_scalars(const Place& document, KubernetesObject& object) {
  // Paths are counted from the object, also inside a List.
  const Place root(document.manifest(), document.node(), document.key_span(), "");
  Walk walk(object);
  for (const auto& [key, value] : root.entries()) {
    if (!is_data(key)) walk.visit(value);
  }
}

}  // namespace oakum::kubernetes
