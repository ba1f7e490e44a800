#include "read/compose/project_loader.h"

#include <utility>

namespace oakum::compose {

void ProjectLoader::add(std::string name, std::string text) {
  for (Value& document : context_.documents(name, std::move(text), directory_, environment_)) {
    add_document(std::move(document), name);
  }
}

void ProjectLoader::add_document(Value document, const std::string& name) {
  apply_extends(document, name);
  if (model_.is_null()) {
    drop_resets(document);
    model_ = std::move(document);
    return;
  }
  std::vector<Conflict> conflicts;
  model_ = merge(std::move(model_), std::move(document), {}, conflicts);
  context_.conflicts(conflicts);
}

}  // namespace oakum::compose
