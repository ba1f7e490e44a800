// Inside read/runcmd: what one flag's value becomes in the workload. Each function returns what is wrong with the
// value, or "" — the field is then stated all the same, as not known.
#pragma once

#include <string>
#include <string_view>

#include "model/workload.h"

namespace oakum::runcmd {

// A workload on its way, and what only makes sense when the line is over.
struct Draft {
  Workload workload;
  Field<std::int64_t> cpu_quota, cpu_period;
  NetworkAttachment attachment;  // --ip, --mac-address, --network-alias: for the first network
};

struct Given {
  std::string_view flag;   // canonical, without dashes
  std::string_view value;  // "true" for a boolean flag without one
  Origin origin;
  bool known = true;
};

using Fill = std::string (*)(Draft& draft, const Given& given);

// Fields that take the value as it is.
template <auto Member>
std::string text(Draft& draft, const Given& given) {
  (draft.workload.*Member).state(std::string(given.value), given.origin, given.known);
  return {};
}
template <auto Member>
std::string texts(Draft& draft, const Given& given) {
  (draft.workload.*Member).add(std::string(given.value), given.origin, given.known);
  return {};
}

// "true", "0", …
template <auto Member>
std::string boolean(Draft& draft, const Given& given);
// Bytes.
template <auto Member>
std::string size(Draft& draft, const Given& given);
// A whole number.
template <auto Member>
std::string number(Draft& draft, const Given& given);
// key=value
template <auto Member>
std::string pair(Draft& draft, const Given& given);

// Identity, image and process
std::string user(Draft& draft, const Given& given);
std::string entrypoint(Draft& draft, const Given& given);
std::string environment(Draft& draft, const Given& given);
std::string stop_timeout(Draft& draft, const Given& given);
std::string restart(Draft& draft, const Given& given);
std::string log_driver(Draft& draft, const Given& given);
std::string log_option(Draft& draft, const Given& given);
std::string health(Draft& draft, const Given& given);  // all --health-* and --no-healthcheck
// Privilege
std::string security_option(Draft& draft, const Given& given);
// Files and devices
std::string volume(Draft& draft, const Given& given);
std::string mount(Draft& draft, const Given& given);
std::string tmpfs(Draft& draft, const Given& given);
std::string device(Draft& draft, const Given& given);
std::string secret(Draft& draft, const Given& given);
std::string api_socket(Draft& draft, const Given& given);
// Network
std::string network(Draft& draft, const Given& given);
std::string network_part(Draft& draft, const Given& given);  // --network-alias, --ip, --ip6, --mac-address
std::string publish(Draft& draft, const Given& given);
std::string expose(Draft& draft, const Given& given);
// Resources
std::string cpus(Draft& draft, const Given& given);
std::string cpu_quota(Draft& draft, const Given& given);
std::string cpu_period(Draft& draft, const Given& given);
std::string ulimit(Draft& draft, const Given& given);
// Beyond the model, kept as it is written.
std::string unmodelled(Draft& draft, const Given& given);

// What is left to do behind the last flag.
void finish(Draft& draft);

}  // namespace oakum::runcmd
