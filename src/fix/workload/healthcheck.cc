#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

HealthCheck check_of(std::string_view command) {
  HealthCheck check;
  check.test.shell_form = true;
  check.test.arguments = {std::string(command)};
  check.interval = "30s";
  check.timeout = "5s";
  check.start_period = "30s";
  check.retries = 3;
  return check;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const ImageNeeds* needs = known_needs(**workload, context.subjects);
  if (needs == nullptr || needs->health.empty())
    return refuse("which command tells whether its program answers is not known: write one that the image has");
  const Field<HealthCheck>& stated = (*workload)->healthcheck;
  Answer result =
      answer({set(Key::healthcheck, check_of(needs->health), stated ? std::optional(stated.origin()) : std::nullopt)});
  result.safety = FixSafety::unsafe;
  return result;
}

}  // namespace

extern constinit const Remedy healthcheck{"healthcheck", plan};

}  // namespace oakum::fix::workload
