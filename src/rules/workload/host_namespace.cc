#include "rules/workload/host_namespace.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// The workload whose namespace is joined by "service:NAME" or "container:NAME", where it is among what was read.
const Workload* joined(const Field<std::string>& mode, const Judge& judge) {
  constexpr std::size_t kMostSearched = 1000;  // each workload may join another: searching all for all is quadratic
  const std::vector<Workload>& all = judge.subjects().workloads;
  if (!mode.known() || all.size() > kMostSearched) return nullptr;
  std::string_view name = *mode;
  const bool service = name.starts_with("service:");
  if (!service && !name.starts_with("container:")) return nullptr;
  name.remove_prefix(name.find(':') + 1);
  const auto found = std::ranges::find_if(all, [&](const Workload& other) {
    return service ? other.name == name : other.container_name.is(std::string(name));
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

void find_host_namespace(const Workload& workload, Judge& judge, const HostNamespace& name_space) {
  const Field<std::string>& mode = workload.*name_space.mode;
  const bool said = is_host(mode);
  const Workload* const other = joined(mode, judge);
  const bool by_other = other != nullptr && is_host(other->*name_space.mode);
  if ((!said && !by_other && !name_space.in_kernel) || !first_of_pod(workload, judge)) return;
  std::string message(name_space.message);
  if (!said) message += by_other ? join({", through ", other->subject}) : std::string(", as the kernel says");
  const Origin& where = mode ? mode.origin() : workload.origin;
  Finding& finding = judge.found(where, pod_subject(workload), std::move(message));
  forbidden_by(finding, workload, {"pss-baseline:hostNamespaces"});
  if (by_other) finding.related.push_back({(other->*name_space.mode).origin(), "the host's namespace is taken here"});
}

}  // namespace oakum::rules
