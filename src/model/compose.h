// What a Compose project says beyond its services. Services become Workloads; read by read/compose.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/field.h"
#include "model/origin.h"
#include "model/workload.h"

namespace oakum {

struct ComposeNetwork {
  std::string name;
  Field<bool> internal, external;
  Field<std::string> driver;
  List<KeyValue> driver_options;
  Origin origin;
};

struct ComposeVolume {
  std::string name;
  Field<bool> external;
  Field<std::string> driver;
  List<KeyValue> driver_options;
  Origin origin;
};

struct ComposeSecret {
  std::string name;
  Field<std::string> file, environment, content;
  Field<bool> external;
  Origin origin;
};

struct ComposeProject {
  std::vector<std::uint32_t> sources;  // in the order they were merged; includes and extended files too
  Field<std::string> version;          // the obsolete top-level `version`
  Field<std::string> name;
  std::vector<std::size_t> services;  // indexes into Subjects::workloads
  std::vector<ComposeNetwork> networks;
  std::vector<ComposeVolume> volumes;
  std::vector<ComposeSecret> secrets, configs;
  // What networks, volumes, secrets and configs say beyond these: path ("networks.front.ipam") and text.
  List<KeyValue> unmodelled;
  // How things are written, for the rules about style: top-level keys in order, and per service its keys in order.
  std::vector<std::pair<std::string, Span>> top_level_keys;
  Origin origin;
};

}  // namespace oakum
