#include "fix/workload/digest.h"

namespace oakum::fix::workload {

Planned pin(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (!(*workload)->image.known()) return refuse("the image is not known here: write its version where it is named");
  const ImageReference& image = *(*workload)->image;
  const auto digest = digest_of(image, context);
  if (!digest) return std::unexpected(digest.error());
  return answer({set(Key::image, pinned_name(image, image.text, *digest), (*workload)->image.origin())},
                std::string(kPinned));
}

}  // namespace oakum::fix::workload
