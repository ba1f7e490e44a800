// What the container is told: variables, labels, annotations.
#include <array>
#include <string_view>
#include <utility>

#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

void read_environment(Service& service, const Value& value) {
  List<EnvironmentVariable>& list = service.workload.environment;
  list.stated = true;
  list.origin = key_origin(service, value, "environment");
  for (Pair& pair : pairs(service, value, "environment")) {
    EnvironmentVariable variable;
    const std::string node = service.path + ".environment." + pair.name;
    variable.name = std::move(pair.name);
    // A name alone takes the value that it has where `docker compose` runs.
    variable.from = pair.text ? EnvironmentVariable::From::literal : EnvironmentVariable::From::host;
    variable.value = std::move(pair.text);
    list.add(std::move(variable), service.context.origin(*pair.at, pair.at->statement(), node), pair.at->known);
  }
}

void add_env_file(Service& service, const Value& item, Origin where) {
  const Value* path = item.is_map() ? item.find("path") : &item;
  if (path == nullptr || !path->is_scalar()) return service.context.error(item, "\"env_file\" names no file");
  service.workload.env_files.add(path->text, std::move(where), path->known);
}

void read_env_file(Service& service, const Value& value) {
  List<std::string>& list = service.workload.env_files;
  list.stated = true;
  list.origin = key_origin(service, value, "env_file");
  if (value.is_null()) return;
  if (!value.is_list()) return add_env_file(service, value, origin(service, value, "env_file"));
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    add_env_file(service, value.items[i], item_origin(service, value.items[i], "env_file", i));
  }
}

constexpr std::array kKeys{
    Key{"environment", read_environment},
    Key{"env_file", read_env_file},
    pairs_key<"labels", &Workload::labels>,
    pairs_key<"annotations", &Workload::annotations>,
};

}  // namespace

Keys environment_keys() { return kKeys; }

}  // namespace oakum::compose
