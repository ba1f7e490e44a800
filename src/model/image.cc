#include "model/image.h"

namespace oakum {

std::string Platform::text() const {
  std::string text = os + "/" + architecture;
  if (!variant.empty()) text += "/" + variant;
  return text;
}

}  // namespace oakum
