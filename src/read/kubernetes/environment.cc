#include "read/kubernetes/environment.h"

namespace oakum::kubernetes {

namespace {

using From = EnvironmentVariable::From;

struct Reference {
  std::string_view key;
  From from;
  std::string_view name;  // the member that names the thing
  std::string_view part;  // and the one that names a part of it; "" none
};
constexpr Reference kReferences[] = {
    {"secretKeyRef", From::secret, "name", "key"}, {"configMapKeyRef", From::config_map, "name", "key"},
    {"fieldRef", From::field, "fieldPath", ""},    {"resourceFieldRef", From::field, "resource", ""},
    {"fileKeyRef", From::file, "path", "key"},
};
constexpr Reference kSources[] = {
    {"secretRef", From::secret, "name", ""},
    {"configMapRef", From::config_map, "name", ""},
};

void read_variable(const Place& item, Workload& workload) {
  const Place name = item.at("name");
  EnvironmentVariable variable{.name = name.text_or_empty()};
  const Place value = item.at("value");
  const Place from = item.at("valueFrom");
  if (value) variable.value = value.text();
  // Without value and source a variable is set to the empty text.
  if (!value && !from) variable.value = "";
  for (const Reference& row : kReferences) {
    const Place reference = from.at(row.key);
    if (!reference) continue;
    variable.from = row.from;
    variable.reference = reference.at(row.name).text_or_empty();
    if (!row.part.empty()) variable.reference += "/" + reference.at(row.part).text_or_empty();
  }
  workload.environment.add(std::move(variable), name ? name.origin() : item.origin(), value.known());
}

void read_source(const Place& item, Workload& workload) {
  const std::string prefix = item.at("prefix").text_or_empty();
  for (const Reference& row : kSources) {
    const Place reference = item.at(row.key);
    if (!reference) continue;
    const Place name = reference.at(row.name);
    workload.environment.add(
        {.name = prefix + "*", .value = std::nullopt, .from = row.from, .reference = name.text_or_empty()},
        name ? name.origin() : reference.key_origin(), name.known());
  }
}

}  // namespace

void read_environment(const Place& container, Workload& workload) {
  for (const Place& item : container.at("envFrom").items()) read_source(item, workload);
  for (const Place& item : container.at("env").items()) read_variable(item, workload);
}

}  // namespace oakum::kubernetes
