#include "fix/kubernetes/high_id.h"

#include <cstdint>

#include "base/text.h"
#include "fix/kit/image_needs.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::int64_t kFirstHigh = 10000;

}  // namespace

Planned raise(const Finding& finding, const Context& context, std::string_view what) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const yaml::Node* node = object->place.empty() ? nullptr : object->manifest.yaml().find(object->place);
  const auto number = node == nullptr ? std::nullopt : parse_number<std::int64_t>(node->text());
  if (!number || *number < 0 || *number >= kFirstHigh) return refuse("its place in the document is not known");
  const std::string raised = std::to_string(*number + kFirstHigh);
  return finished(*object, object->yaml().set(object->place, YamlValue::plain(raised)),
                  "files that it reads and writes have to be open to " + std::string(what) + " " + raised);
}

bool is_of_image(const Workload& workload, std::string_view user) {
  const ImageNeeds* needs = workload.image.known() ? needs_of_image(*workload.image) : nullptr;
  if (needs == nullptr) return false;
  std::string_view known = needs->user_of(*workload.image);
  return !known.empty() && next_field(known, ':') == user;
}

}  // namespace oakum::fix::kubernetes
