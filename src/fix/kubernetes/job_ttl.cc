#include <cstdint>
#include <string>
#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::int64_t kOneDay = 24 * 60 * 60;

Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  for (const Stated<KeyValue>& annotation : object->object->annotations) {
    const std::string_view key = annotation.value.key;
    if (key == "helm.sh/hook" || key == "argocd.argoproj.io/hook")
      return refuse("its deployment waits for it and deletes it as " + std::string(key) +
                    "-delete-policy says: set that instead");
  }
  const YamlEditor::Done done =
      object->yaml().set(object->in_object({"spec", "ttlSecondsAfterFinished"}), YamlValue::integer(kOneDay));
  return finished(*object, done,
                  "it goes a day after it has ended: what applies it again and again would run it again");
}

}  // namespace

extern constinit const Remedy job_ttl{"job-ttl", plan};

}  // namespace oakum::fix::kubernetes
