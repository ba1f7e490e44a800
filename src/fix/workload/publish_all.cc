#include "base/text.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// "5432/tcp" as an image states it.
std::optional<PublishedPort> near(std::string_view exposed) {
  PublishedPort port;
  const auto number = parse_number<std::uint32_t>(next_field(exposed, '/'));
  if (!number || *number == 0) return std::nullopt;
  port.host_ip = "127.0.0.1";
  port.container_first = port.container_last = *number;
  if (!exposed.empty()) port.protocol = exposed;
  return port;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const auto image = image_of(**workload, context.subjects);
  const auto& images = context.subjects.known_images;
  const auto known = image ? images.find(image->text) : images.end();
  if (known == images.end())
    return refuse("which ports the image exposes is not known here: pull it, or publish those that are needed with -p");
  std::vector<Change> changes = {remove(Key::publish_all, finding.origin)};
  for (const std::string& exposed : known->second.image.config.exposed_ports) {
    if (auto port = near(exposed)) changes.push_back(add(Key::ports, std::move(*port)));
  }
  return answer(std::move(changes), "only this host reaches them now: publish on an address where others have to");
}

}  // namespace

extern constinit const Remedy publish_all{"publish-all", plan};

}  // namespace oakum::fix::workload
