// Who the container is and who runs in it: names, image, user, command.
#include <array>

#include "model/image_reference.h"
#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

void read_image(Service& service, const Value& value) {
  const auto state = [&](const Value& one) {
    if (!one.is_scalar()) {
      if (!one.is_null()) service.context.error(one, "\"image\" is not a string");
      return;
    }
    ImageReference image = parse_image_reference(one.text);
    image.variable = image.variable || !one.known;
    service.workload.image.state(std::move(image), origin(service, one, "image"), one.known);
  };
  for (const Value& earlier : value.overridden) state(earlier);
  state(value);
}

// The colon of an operator inside "${…}" separates nothing.
std::size_t group_colon(const Value& value) {
  return value.text.find(':', value.known ? 0 : value.text.rfind('}') + 1);
}

void read_user(Service& service, const Value& value) {
  const auto state = [&](const Value& one) {
    if (!one.is_scalar()) {
      if (!one.is_null()) service.context.error(one, "\"user\" is not a string");
      return;
    }
    const std::size_t colon = group_colon(one);
    const Origin where = origin(service, one, "user");
    service.workload.user.state(one.text.substr(0, colon), where, one.known);
    if (colon != std::string::npos) service.workload.group.state(one.text.substr(colon + 1), where, one.known);
  };
  for (const Value& earlier : value.overridden) state(earlier);
  state(value);
}

constexpr std::array kKeys{
    text_key<"container_name", &Workload::container_name>, Key{"image", read_image},
    text_key<"pull_policy", &Workload::pull_policy>,       text_key<"platform", &Workload::platform>,
    command_key<"entrypoint", &Workload::entrypoint>,      command_key<"command", &Workload::command>,
    text_key<"working_dir", &Workload::working_dir>,       Key{"user", read_user},
    texts_key<"group_add", &Workload::extra_groups>,
};

}  // namespace

Keys identity_keys() { return kKeys; }

}  // namespace oakum::compose
