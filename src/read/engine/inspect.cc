#include "read/engine/inspect.h"

#include "base/text.h"
#include "read/engine/engine.h"

namespace oakum::engine {

namespace {

using net::Json;

constexpr std::size_t kDocumentLimit = 16U << 20;
constexpr std::size_t kMaxContainers = 10'000;

bool is_container(const Json& document) {
  return net::member(document, "HostConfig").is_object() && net::member(document, "Config").is_object();
}

void add(const Json& document, std::uint32_t source, Subjects& subjects) {
  static const Json kNone;
  const Daemon daemon{.engine = is_podman(document) ? Engine::podman : Engine::docker};
  subjects.workloads.push_back(workload_of({document, kNone, daemon, source}));
  subjects.workloads.back().kernel = kernel_of_texts(net::member(document, "Kernel"));
}

}  // namespace

// Members that Docker's answer never has.
bool is_podman(const Json& document) {
  for (const char* key : {"OCIRuntime", "ConmonPidFile", "BoundingCaps", "ImageDigest"}) {
    if (document.contains(key)) return key != std::string_view("ImageDigest") || document.contains("Pod");
  }
  return false;
}

std::int64_t integer_member(const Json& value, const char* key) {
  const Json& found = net::member(value, key);
  if (found.is_number_unsigned()) {
    const auto number = found.get<std::uint64_t>();
    return number > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(number);
  }
  return found.is_number_integer() ? found.get<std::int64_t>() : 0;
}

void add_strings(const Inspection& from, const Json& object, const char* key, std::string_view path,
                 List<std::string>& to) {
  std::size_t index = 0;
  for (std::string& text : net::strings_member(object, key)) {
    if (index == kMaxItems) return;
    to.add(std::move(text), from.at(std::string(path) + "." + key + "[" + std::to_string(index++) + "]"));
  }
}

std::vector<KeyValue> options_of(std::string_view text) {
  std::vector<KeyValue> options;
  while (!text.empty() && options.size() < kMaxItems) {
    std::string_view value = next_field(text, ',');
    if (value.empty()) continue;
    const std::string_view key = next_field(value, '=');
    options.push_back({std::string(key), std::string(value)});
  }
  return options;
}

Workload workload_of(const Inspection& from) {
  Workload workload;
  workload.surface = Surface::container;
  workload.engine = from.daemon.engine;
  std::string name = net::string_member(from.document, "Name");
  if (name.starts_with('/')) name.erase(0, 1);
  if (name.empty()) name = net::string_member(from.document, "Id").substr(0, 12);
  workload.name = name;
  workload.subject = "container \"" + printable(name, 80) + "\"";
  workload.origin = from.at("");
  read_identity(from, workload);
  read_privilege(from, workload);
  read_mounts(from, workload);
  read_namespaces(from, workload);
  read_resources(from, workload);
  read_life(from, workload);
  read_podman_command(from, workload);
  keep_unknown(from, workload);
  return workload;
}

void read_inspect(std::string_view name, std::string_view json, Subjects& subjects) {
  auto document = net::parse_json(json, kDocumentLimit, name);
  if (!document) {
    subjects.errors.push_back(std::move(document.error()));
    return;
  }
  const std::uint32_t source = subjects.add_source(std::string(name), std::string(json));
  const auto complain = [&](ErrorCode code, std::string why) {
    subjects.errors.push_back({code, std::string(name), std::move(why), {}});
  };
  if (!document->is_array()) *document = Json::array({std::move(*document)});
  std::size_t index = 0;
  for (const Json& item : *document) {
    if (index++ == kMaxContainers) {
      complain(ErrorCode::limit, "more than " + with_thousands(kMaxContainers) + " containers");
      return;
    }
    if (is_container(item)) {
      add(item, source, subjects);
    } else {
      complain(ErrorCode::invalid,
               "item " + std::to_string(index) + " is no container: it has no HostConfig and Config");
    }
  }
}

bool looks_like_inspect(std::string_view text) {
  const std::string_view start = trim(text.substr(0, 4096));
  if (!start.starts_with('[') && !start.starts_with('{')) return false;
  return text.find("\"HostConfig\"") != std::string_view::npos && text.find("\"Config\"") != std::string_view::npos;
}

}  // namespace oakum::engine
