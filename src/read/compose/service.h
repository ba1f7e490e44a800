// One service on its way into a Workload: a table per topic says which function reads which key.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose.h"
#include "model/workload.h"
#include "read/compose/context.h"
#include "read/compose/value.h"

namespace oakum::compose {

struct Service {
  Context& context;
  const Value& model;  // the whole document: top-level volumes, networks, secrets, configs
  const Value& value;  // the service
  Workload& workload;
  std::string path;                // "services.web"
  const Environment& environment;  // of interpolation: for what is read while the service is
};

struct Key {
  std::string_view name;
  void (*read)(Service&, const Value&);
};
using Keys = std::span<const Key>;

// By topic, in the order in which they are read: what comes later wins where two keys say the same thing.
Keys identity_keys();
Keys privilege_keys();
Keys mount_keys();
Keys network_keys();
Keys deploy_keys();
Keys resource_keys();
Keys environment_keys();
Keys lifecycle_keys();
Keys build_keys();

// Reads all of `service.value` into `service.workload`.
void read_service(Service& service);

// Of `value`, with the node path from the service down: "services.web" + ".user".
Origin origin(const Service& service, const Value& value, std::string_view node);
// Of an item: "services.web.ports[2]".
Origin item_origin(const Service& service, const Value& item, std::string_view key, std::size_t index);
// Of the key itself: where a list stands.
Origin key_origin(const Service& service, const Value& value, std::string_view node);
// What a mapping below a key says and the model has no field for: its members but those named. Goes to
// Workload::unmodelled by its path ("deploy.update_config").
void leave_unmodelled(Service& service, const Value& mapping, const std::string& node,
                      std::initializer_list<std::string_view> modelled);

// "true", "false" and what Compose takes for them; nullopt for anything else.
std::optional<bool> as_bool(const Value& value);
// "512m", "1.5gb", "1024", "-1":
// https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
std::optional<std::int64_t> as_bytes(const Value& value);
std::optional<std::int64_t> as_integer(const Value& value);
std::optional<double> as_double(const Value& value);
inline std::optional<std::string> as_text(const Value& value) {
  return value.is_scalar() ? std::optional(value.text) : std::nullopt;
}

// States all that `value` overrides, then its own. A value that cannot be had is told as "not a KIND".
template <class T, class Convert>
void state_all(Service& service, const Value& value, std::string_view node, Field<T>& field, Convert convert,
               std::string_view kind) {
  const auto state = [&](const Value& one) {
    if (one.is_null()) return;
    if (one.is_scalar() && !one.known) return field.state(T{}, origin(service, one, node), false);
    if (auto converted = convert(one)) return field.state(T(std::move(*converted)), origin(service, one, node));
    service.context.error(one, "\"" + std::string(node) + "\" is not " + std::string(kind));
  };
  for (const Value& earlier : value.overridden) state(earlier);
  state(value);
}

// Strings keep the text as written when it is not known.
void state_text(Service& service, const Value& value, std::string_view node, Field<std::string>& field);
void add_texts(Service& service, const Value& value, std::string_view node, List<std::string>& list);

struct Pair {
  std::string name;
  std::optional<std::string> text;  // unset: no value is written
  const Value* at = nullptr;
};
// A mapping, or a list of NAME=VALUE.
std::vector<Pair> pairs(Service& service, const Value& value, std::string_view node, char separator = '=');
void add_pairs(Service& service, const Value& value, std::string_view node, List<KeyValue>& list);

// A string is in shell form, a list is as it is.
CommandLine command_line(const Value& value);
bool all_known(const Value& value);

}  // namespace oakum::compose
