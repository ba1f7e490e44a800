#include "rules/workload/family.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <functional>
#include <vector>

#include "base/text.h"

namespace oakum::rules {

namespace {

// Asked of every alias of every finding: prefixes whose length the compiler knows are compared in a step.
template <std::size_t... Sizes>
bool is_of(std::string_view alias, const char (&... prefixes)[Sizes]) {
  const auto starts = [alias]<std::size_t Size>(const char(&prefix)[Size]) {
    return alias.size() >= Size - 1 && std::memcmp(alias.data(), prefix, Size - 1) == 0;
  };
  return (starts(prefixes) || ...);
}

bool fits(std::string_view alias, Surface surface) {
  switch (surface) {
    case Surface::dockerfile:
      return is_of(alias, "DL", "DS-", "CKV_DOCKER", "KICS-", "CIS-", "tally:", "buildkit:");
    case Surface::image:
      return is_of(alias, "DKL-", "CIS-");
    case Surface::kubernetes:
      return is_of(alias, "KSV-", "CKV_K8S", "CKV2_K8S", "C-0", "kube-", "kubesec:", "polaris:", "gatekeeper:", "pss-");
    case Surface::compose:
      return is_of(alias, "CL-", "dclint:", "CIS-", "KICS-");
    case Surface::run_command:
    case Surface::container:
    case Surface::kernel:
    case Surface::create_request:
    case Surface::oci_bundle:
      return is_of(alias, "CIS-") && !alias.starts_with("CIS-DI");
  }
  return false;
}

}  // namespace

bool is_kubernetes(const Workload& workload) { return workload.surface == Surface::kubernetes; }

const Workload* previous_of_pod(const Workload& workload, const Judge& judge) {
  if (!workload.pod) return nullptr;
  const std::vector<Workload>& all = judge.subjects().workloads;
  const Workload* const first = all.data();
  const std::less<> before;
  if (all.empty() || !before(first, &workload) || !before(&workload, first + all.size())) return nullptr;
  const Workload& previous = *(&workload - 1);
  const bool same = previous.pod && previous.pod->pod_spec == workload.pod->pod_spec &&
                    previous.pod->object == workload.pod->object && previous.pod->kind == workload.pod->kind;
  return same ? &previous : nullptr;
}

bool first_of_pod(const Workload& workload, const Judge& judge) { return previous_of_pod(workload, judge) == nullptr; }

std::string pod_subject(const Workload& workload) {
  if (!workload.pod) return workload.subject;
  return join({workload.pod->kind, " ", quoted(workload.pod->object)});
}

bool kubernetes_at_least(const Judge& judge, int minor) {
  const int judged = judge.settings().kubernetes.minor;
  return judged == 0 || judged >= minor;
}

bool has_linux_controls(const Workload& workload, const Judge& judge) {
  constexpr int kWindowsIsLeftOut = 25;
  if (!workload.pod) return !workload.image.known() || !is_windows_image(*workload.image);
  return !workload.pod->os.is("windows") || !kubernetes_at_least(judge, kWindowsIsLeftOut);
}

void aliases_of_surface(Finding& finding, Surface surface) {
  std::erase_if(finding.aliases, [&](const std::string& alias) { return !fits(alias, surface); });
}

void for_surface(Finding& finding, const Workload& workload) { aliases_of_surface(finding, workload.surface); }

void forbidden_by(Finding& finding, const Workload& workload, std::initializer_list<std::string_view> standards) {
  for_surface(finding, workload);
  std::erase_if(finding.aliases, [](const std::string& alias) { return alias.starts_with("pss-"); });
  if (!is_kubernetes(workload)) return;
  for (const std::string_view standard : standards) add_alias(finding, standard);
}

bool is_host(const Field<std::string>& mode) { return mode.is("host"); }

std::string clean_path(std::string_view path) {
  if (!path.starts_with('/')) return "";
  std::vector<std::string_view> kept;
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      kept.push_back(part);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string result;
  for (const std::string_view part : kept) result.append("/").append(part);
  return result.empty() ? "/" : result;
}

bool is_within(std::string_view path, std::string_view directory) {
  if (directory == "/") return path.starts_with('/');
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

std::string host_path_of(const Stated<Mount>& mount) {
  // The home directory of whoever starts it is not known, what is below it is.
  for (const std::string_view home : {"~", "$HOME", "${HOME}"}) {
    std::string_view source = mount.value.source;
    if (mount.value.kind != MountKind::bind || !source.starts_with(home)) continue;
    source.remove_prefix(home.size());
    if (source.find('$') != std::string_view::npos || (!source.empty() && source.front() != '/')) return "";
    return source.empty() ? "~/" : "~" + clean_path(source);
  }
  if (!mount.known) return "";
  if (mount.value.kind == MountKind::bind) return clean_path(mount.value.source);
  return clean_path(mount.value.bind_in_disguise);
}

bool is_writable(const Mount& mount) { return !mount.read_only.value_or(false); }

}  // namespace oakum::rules
