// One document of GET /containers/ID/json, on its way to a Workload. Docker 20 to 28, and Podman's own form of it.
//
// What the engine fills in by itself is left unset, so that a container and the command that started it give the same
// workload: zeros and nulls, "default" network, its own runtime, what the image states too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/workload.h"
#include "net/json.h"

namespace oakum::engine {

inline constexpr std::size_t kMaxItems = 4096;  // of any one list; the rest is left out and named in `unmodelled`

// What is known of the engine itself.
struct Daemon {
  Engine engine = Engine::docker;
  std::string default_cgroupns;  // "host" or "private"; "" when not known
  std::string default_runtime;   // "" when not known
  std::string default_logging;   // "" when not known
  bool no_new_privileges = false;
};

// Borrows all it is made of.
struct Inspection {
  const net::Json& document;
  const net::Json& image_config;  // Config of its image; null when not known
  const Daemon& daemon;
  std::uint32_t source = 0;

  bool podman() const { return daemon.engine == Engine::podman; }
  const net::Json& host() const { return net::member(document, "HostConfig"); }
  const net::Json& config() const { return net::member(document, "Config"); }
  Origin at(std::string node) const { return {Surface::container, source, {}, std::move(node)}; }
};

bool is_podman(const net::Json& document);
Workload workload_of(const Inspection& inspection);

// The parts of it.
void read_identity(const Inspection& from, Workload& to);    // identity.cc: image, command, user, environment, labels
void read_privilege(const Inspection& from, Workload& to);   // privilege.cc: capabilities, security options, paths
void read_mounts(const Inspection& from, Workload& to);      // mounts.cc
void read_namespaces(const Inspection& from, Workload& to);  // namespaces.cc: namespaces and network
void read_resources(const Inspection& from, Workload& to);   // resources.cc
void read_life(const Inspection& from, Workload& to);        // life.cc: health, restart, logging
void read_podman_command(const Inspection& from, Workload& to);  // podman_command.cc: after the others
void keep_unknown(const Inspection& from, Workload& to);         // unknown.cc

// kernel_texts.cc: {"status": …, "uid_map": …, "mountinfo": …}. nullopt without a status.
std::optional<KernelFacts> kernel_of_texts(const net::Json& texts);

// The host path behind a volume whose driver options make it a bind; "" for other volumes.
std::string bind_in_disguise(const net::Json& options);

// "rw,rprivate" and the like taken apart: "key" or "key=value".
std::vector<KeyValue> options_of(std::string_view text);
// A number that fits; 0 for anything else.
std::int64_t integer_member(const net::Json& value, const char* key);
// Strings of the list, at most kMaxItems.
void add_strings(const Inspection& from, const net::Json& object, const char* key, std::string_view path,
                 List<std::string>& to);

}  // namespace oakum::engine
