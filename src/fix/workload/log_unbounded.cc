#include <algorithm>

#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kMaxSize = "10m", kMaxFiles = "3";

void state(std::vector<KeyValue>& options, std::string_view key, std::string_view value) {
  const auto found = std::ranges::find(options, key, &KeyValue::key);
  if (found == options.end()) {
    options.push_back({std::string(key), std::string(value)});
  } else if (key == "max-size") {
    found->value = value;  // "-1": without end
  }
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const Field<Logging>& stated = (*workload)->logging;
  Logging logging = stated ? *stated : Logging{"json-file", {}};
  if (logging.driver.empty()) logging.driver = "json-file";
  state(logging.options, "max-size", kMaxSize);
  state(logging.options, "max-file", kMaxFiles);
  Answer result =
      answer({set(Key::logging, std::move(logging), stated ? std::optional(stated.origin()) : std::nullopt)});
  if (!stated || stated->driver.empty()) {
    result.safety = FixSafety::unsafe;
    result.note =
        "this names json-file outright: where the daemon sends logs elsewhere by default, say its driver here";
  }
  return result;
}

}  // namespace

extern constinit const Remedy log_unbounded{"log-unbounded", plan};

}  // namespace oakum::fix::workload
