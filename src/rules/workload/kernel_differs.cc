#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "model/platform_defaults.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Limits are kept in pages, and CPU in whole microseconds.
constexpr std::uint64_t kPage = 65'536;
constexpr double kCpuSlack = 0.01;

// One difference between what the engine says and what is.
class Differences {
 public:
  Differences(const Workload& workload, Judge& judge) : workload_(workload), judge_(judge) {}

  // The process may do more than the engine says.
  void looser(const Origin& stated, const char* line, std::string message) {
    tell(stated, line, std::move(message), Severity::high);
  }
  // It may do less than was asked for: safe, but whoever reads the configuration is misled.
  void tighter(const Origin& stated, const char* line, std::string message) {
    tell(stated, line, std::move(message), Severity::info);
  }

 private:
  void tell(const Origin& stated, const char* line, std::string message, Severity severity) {
    Finding& finding = judge_.found(workload_, stated, std::move(message));
    finding.severity = severity;
    Origin kernel = workload_.origin;
    kernel.surface = Surface::kernel;
    kernel.node = join({"/proc/", std::to_string(workload_.kernel->pid), "/", line});
    finding.related.push_back({std::move(kernel), "what the kernel says"});
  }

  const Workload& workload_;
  Judge& judge_;
};

template <class T>
const Origin& where(const Workload& workload, const Field<T>& field) {
  return field ? field.origin() : workload.origin;
}

// A number, or a name that is one by definition; other names need the image's passwd.
std::optional<std::uint32_t> number_of(std::string_view user) {
  if (user.empty() || is_root_user(user)) return 0;
  return parse_number<std::uint32_t>(user.substr(0, user.find(':')));
}

// The user by the engine's word: the container's own, else its image's.
std::optional<std::uint32_t> expected_uid(const Workload& workload, const Judge& judge) {
  if (workload.user) return workload.user.known() ? number_of(*workload.user) : std::nullopt;
  if (!workload.image) return std::nullopt;
  const auto& images = judge.subjects().known_images;
  const auto image = images.find(workload.image->text);
  return image == images.end() ? std::nullopt : number_of(image->second.image.config.user);
}

void compare_user(const Workload& workload, const KernelFacts& kernel, const Judge& judge, Differences& differences) {
  const std::optional<std::uint32_t> expected = expected_uid(workload, judge);
  if (!expected || *expected == kernel.uid_in_container) return;
  const std::string real = std::to_string(kernel.uid_in_container);
  const std::string said = std::to_string(*expected);
  const Origin& stated = where(workload, workload.user);
  if (kernel.uid_in_container == 0)
    differences.looser(stated, "status", join({"runs as root, though the engine says uid ", said}));
  else if (workload.user)  // many programs start as root by their image and become somebody else by themselves
    differences.tighter(stated, "status", join({"runs as uid ", real, ", though the engine says uid ", said}));
}

std::string names_of(CapabilityMask mask) {
  std::string text;
  for (const std::string_view name : capability_names(mask)) text += join({text.empty() ? "" : ", ", name});
  return text.empty() ? "an unknown capability" : text;
}

void compare_capabilities(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  const CapabilityMask expected = effective_capabilities(workload);
  const CapabilityMask more = (kernel.bounding | kernel.permitted | kernel.inheritable) & ~expected;
  if (more != 0)
    differences.looser(workload.cap_drop.stated ? workload.cap_drop.origin : workload.origin, "status",
                       join({"has capabilities that the engine does not give: ", names_of(more)}));
  CapabilityMask asked = 0;
  for (const Stated<std::string>& name : workload.cap_add) {
    if (const auto number = capability_number(canonical_capability(name.value))) asked |= CapabilityMask{1} << *number;
  }
  const CapabilityMask less = asked & expected & ~kernel.bounding;
  if (less != 0)
    differences.tighter(workload.cap_add.origin, "status",
                        join({"does not have capabilities that were added: ", names_of(less)}));
}

void compare_filters(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (workload.no_new_privileges.is(true) && !kernel.no_new_privileges)
    differences.looser(workload.no_new_privileges.origin(), "status",
                       "may gain privileges, though no-new-privileges was asked for");
  if (workload.no_new_privileges.is(false) && kernel.no_new_privileges)
    differences.tighter(workload.no_new_privileges.origin(), "status",
                        "may gain no privileges, though no-new-privileges was switched off");
  const bool unconfined = workload.seccomp.known() && workload.seccomp->kind == ProfileChoice::Kind::unconfined;
  const bool expected = workload.seccomp.known() ? !unconfined : !effective_privileged(workload);
  if (expected && kernel.seccomp == 0)
    differences.looser(where(workload, workload.seccomp), "status",
                       "no system call is filtered, though the engine says that seccomp is on");
  if (unconfined && kernel.seccomp != 0)
    differences.tighter(workload.seccomp.origin(), "status", "system calls are filtered, though seccomp is unconfined");
}

struct NamespaceField {
  const char* name;
  Field<std::string> Workload::* mode;
  bool KernelFacts::* shared;
  bool own_by_default;  // cgroup: as the version has it; user: never
};

constexpr NamespaceField kNamespaces[] = {
    {"pid", &Workload::pid_mode, &KernelFacts::host_pid, true},
    {"ipc", &Workload::ipc_mode, &KernelFacts::host_ipc, true},
    {"network", &Workload::network_mode, &KernelFacts::host_network, true},
    {"uts", &Workload::uts_mode, &KernelFacts::host_uts, true},
    {"user", &Workload::userns_mode, &KernelFacts::host_user, false},
    {"cgroup", &Workload::cgroupns_mode, &KernelFacts::host_cgroup, false},
};

// Another container's namespaces are the host's when that one has them.
bool is_borrowed(std::string_view mode) { return mode.starts_with("container:") || mode.starts_with("ns:"); }

void compare_namespaces(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  // Podman joins the host's uts namespace with the host's network.
  const bool host_network = workload.network_mode.is("host");
  for (const NamespaceField& field : kNamespaces) {
    const Field<std::string>& mode = workload.*field.mode;
    const bool shared = kernel.*field.shared;
    if (mode ? !mode.known() || is_borrowed(*mode) : !field.own_by_default) continue;
    if (std::string_view(field.name) == "uts" && !mode && host_network) continue;
    const bool asked = mode.is("host");
    if (shared && !asked)
      differences.looser(where(workload, mode), "ns",
                         join({"is in the host's ", field.name, " namespace, though the engine does not say so"}));
    if (!shared && asked)
      differences.tighter(mode.origin(), "ns",
                          join({"has a ", field.name, " namespace of its own, though the host's was asked for"}));
  }
}

void compare_root(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (workload.read_only.is(true) && !kernel.root_read_only)
    differences.looser(workload.read_only.origin(), "mountinfo",
                       "its root file system can be written to, though it was asked to be read-only");
  if (!workload.read_only && kernel.root_read_only)
    differences.tighter(workload.origin, "mountinfo",
                        "its root file system is read-only, which the engine does not say");
}

// Engines lay something over these; which of them exist depends on the kernel, but /proc/sys always does.
bool is_protected(const KernelFacts::MountPoint& mount) {
  constexpr std::string_view kPaths[] = {"/proc/acpi", "/proc/asound",        "/proc/bus",        "/proc/fs",
                                         "/proc/irq",  "/proc/kcore",         "/proc/keys",       "/proc/scsi",
                                         "/proc/sys",  "/proc/sysrq-trigger", "/proc/timer_list", "/sys/firmware"};
  return std::ranges::find(kPaths, mount.target) != std::end(kPaths);
}

void compare_masks(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (kernel.mounts.empty() || effective_privileged(workload)) return;
  const bool bare = std::ranges::none_of(kernel.mounts, is_protected);
  const bool asked = workload.unmasked_paths.is(true);
  if (bare && !asked && !workload.masked_paths && !workload.unmasked_paths)
    differences.looser(workload.origin, "mountinfo",
                       "nothing below /proc and /sys is masked or read-only, which the engine does not say");
  if (!bare && asked)
    differences.tighter(workload.unmasked_paths.origin(), "mountinfo",
                        "paths below /proc or /sys are masked, though that was switched off");
}

template <class Limit>
void compare_limit(const Field<std::int64_t>& stated, const std::optional<Limit>& real, std::uint64_t slack,
                   std::string_view what, Differences& differences) {
  if (!stated.known() || *stated <= 0) return;
  const auto said = static_cast<std::uint64_t>(*stated);
  if (!real) {
    differences.looser(stated.origin(), "cgroup", join({"has no ", what, " limit, though one was set"}));
  } else if (*real > said + slack) {
    differences.looser(stated.origin(), "cgroup",
                       join({"its ", what, " limit is ", std::to_string(*real), ", not ", std::to_string(said)}));
  } else if (*real + slack < said) {
    differences.tighter(stated.origin(), "cgroup",
                        join({"its ", what, " limit is ", std::to_string(*real), ", not ", std::to_string(said)}));
  }
}

void compare_cpus(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (!workload.cpus.known() || *workload.cpus <= 0) return;
  if (!kernel.cpus)
    differences.looser(workload.cpus.origin(), "cgroup", "has no CPU limit, though one was set");
  else if (*kernel.cpus > *workload.cpus + kCpuSlack)
    differences.looser(workload.cpus.origin(), "cgroup", "may use more CPU than the engine says");
  else if (*kernel.cpus + kCpuSlack < *workload.cpus)
    differences.tighter(workload.cpus.origin(), "cgroup", "may use less CPU than the engine says");
}

// Somebody ran a command in it as root, or its first process starts others with more rights than its own.
void compare_others(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (kernel.uid_in_container == 0 || kernel.process_uids_root.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(kernel.process_uids_root.size(), 5); ++i)
    names += join({names.empty() ? "" : ", ", quoted(kernel.process_uids_root[i])});
  differences.looser(where(workload, workload.user), "status",
                     join({"its first process is uid ", std::to_string(kernel.uid_in_container),
                           ", but others in it run as root: ", names}));
}

bool limits_readable(const KernelFacts& kernel, std::string_view what) {
  return std::ranges::none_of(kernel.unreadable, [&](const std::string& text) { return text.starts_with(what); });
}

void compare_limits(const Workload& workload, const KernelFacts& kernel, Differences& differences) {
  if (!limits_readable(kernel, "the limits")) return;
  if (limits_readable(kernel, "the memory limit"))
    compare_limit(workload.memory, kernel.memory_limit, kPage, "memory", differences);
  if (limits_readable(kernel, "the pids limit"))
    compare_limit(workload.pids_limit, kernel.pids_limit, 0, "process", differences);
  if (limits_readable(kernel, "the cpu limit")) compare_cpus(workload, kernel, differences);
}

void check(const Workload& workload, Judge& judge) {
  if (!workload.kernel) {
    judge.could_not(workload.origin, workload.subject,
                    "the kernel was not looked at: check the running container (container:NAME) as root on its own "
                    "machine");
    return;
  }
  const KernelFacts& kernel = *workload.kernel;
  for (const std::string& what : kernel.unreadable)
    judge.could_not(workload.origin, workload.subject, join({"could not read ", what}));
  Differences differences(workload, judge);
  if (limits_readable(kernel, "the user")) compare_user(workload, kernel, judge, differences);
  compare_capabilities(workload, kernel, differences);
  compare_filters(workload, kernel, differences);
  const bool namespaces = std::ranges::none_of(
      kernel.unreadable, [](const std::string& text) { return text.find(" namespace") != std::string::npos; });
  if (namespaces) compare_namespaces(workload, kernel, differences);
  if (limits_readable(kernel, "the mounts") && limits_readable(kernel, "whether the root"))
    compare_root(workload, kernel, differences);
  compare_masks(workload, kernel, differences);
  compare_limits(workload, kernel, differences);
  compare_others(workload, kernel, differences);
}

}  // namespace

extern constinit const Rule kernel_differs{
    .info = checked({
        .id = "kernel-differs",
        .title = "the kernel says something else than the engine",
        .severity = Severity::high,
        .practice = Practice::monitoring,
        .surfaces = "L",
        .fix = FixSafety::advice,
        .fix_summary = "find out why: start the container again, and look at who changed it and at the runtime",
        .why =
            "The engine tells what it asked the runtime for; the kernel tells what the process has. Where the two "
            "differ, a runtime or a hook left a restriction out, somebody changed the container from outside, or the "
            "configuration does not mean what it seems to. The kernel is right.",
        .bad = {Surface::container, R"([{"Name": "/web", "Config": {"Image": "nginx:1.27"},
  "HostConfig": {"SecurityOpt": ["no-new-privileges"]},
  "Kernel": {"status": "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nCapInh:\t0\nCapPrm:\t0\nCapEff:\t0\nCapBnd:\t0\nCapAmb:\t0\nNoNewPrivs:\t0\nSeccomp:\t2\n"}}])"},
        .good = {Surface::container, R"([{"Name": "/web", "Config": {"Image": "nginx:1.27"},
  "HostConfig": {"SecurityOpt": ["no-new-privileges"]},
  "Kernel": {"status": "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nCapInh:\t0\nCapPrm:\t0\nCapEff:\t0\nCapBnd:\t0\nCapAmb:\t0\nNoNewPrivs:\t1\nSeccomp:\t2\n"}}])"},
        .references = "https://man7.org/linux/man-pages/man5/proc_pid_status.5.html "
                      "https://man7.org/linux/man-pages/man7/namespaces.7.html",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
