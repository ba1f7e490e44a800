#include "fix/kit/text.h"
#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::string_view kOld = "serviceAccount";

// The key's own bytes: "Name" is put behind it, inside its quotes.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  if (object->place.empty()) return refuse("its place in the document is not known");
  const YamlPath old = object->place;
  const YamlPath spec = without_last(old);
  if (object->has(with(spec, {"serviceAccountName"})))  // wins already
    return finished(*object, object->yaml().remove(old, old.size()));
  const auto key = object->manifest.key_of(old);
  const Source& source = *context.subjects.source(finding.origin.source);
  const auto at =
      key ? std::string_view(source.text).substr(key->begin, key->end - key->begin).find(kOld) : std::string_view::npos;
  if (at == std::string_view::npos) return refuse("the key is written in a way that is not edited");
  Answer result;
  result.edits.push_back(insert(source, key->begin + at + kOld.size(), "Name"));
  return result;
}

}  // namespace

extern constinit const Remedy service_account_field{"service-account-field", plan};

}  // namespace oakum::fix::kubernetes
