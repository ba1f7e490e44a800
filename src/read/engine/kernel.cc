#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "read/engine/engine.h"
#include "read/engine/proc.h"

namespace oakum::engine {

namespace {

constexpr std::size_t kMaxProcesses = 100'000;
constexpr std::size_t kMaxNames = 100;

void cannot(KernelFacts& facts, std::string_view thing, const Error& error) {
  facts.unreadable.push_back(std::string(thing) + ": " + error.message());
}

struct NamespaceField {
  const char* name;
  bool KernelFacts::* shared;
};

constexpr NamespaceField kNamespaces[] = {{"pid", &KernelFacts::host_pid},     {"ipc", &KernelFacts::host_ipc},
                                          {"net", &KernelFacts::host_network}, {"uts", &KernelFacts::host_uts},
                                          {"user", &KernelFacts::host_user},   {"cgroup", &KernelFacts::host_cgroup}};

// Compared with process 1; with this process where the kernel does not let us look at that one (a lesser user).
void read_namespaces(const Proc& process, const std::string& proc, KernelFacts& facts) {
  const Proc first(proc, "1");
  const Proc self(proc, "self");
  for (const NamespaceField& field : kNamespaces) {
    const std::string name = std::string("ns/") + field.name;
    const auto of_process = process.link(name);
    auto of_host = first.link(name);
    if (!of_host) of_host = self.link(name);
    if (!of_process) {
      cannot(facts, std::string("the ") + field.name + " namespace", of_process.error());
    } else if (!of_host) {
      cannot(facts, std::string("the host's ") + field.name + " namespace", of_host.error());
    } else {
      facts.*field.shared = *of_process == *of_host;
    }
  }
}

void read_users(const Proc& process, KernelFacts& facts) {
  const auto map = process.read("uid_map");
  if (!map) return cannot(facts, "the user mapping", map.error());
  facts.user_namespace = !is_identity(*map);
  if (facts.uids.size() < 2) return;
  if (const auto inside = uid_inside(*map, facts.uids[1])) {
    facts.uid_in_container = *inside;
  } else {
    facts.unreadable.push_back("the user inside: uid " + std::to_string(facts.uids[1]) + " is not in its user mapping");
  }
}

// One file for both modules; without any, reading it is an invalid argument.
void read_label(const Proc& process, KernelFacts& facts) {
  auto text = process.read("attr/apparmor/current");
  if (!text) text = process.read("attr/current");
  if (!text) return;
  while (text->ends_with('\n') || text->ends_with('\0')) text->pop_back();
  if (std::ranges::count(*text, ':') >= 2 && text->find(' ') == std::string::npos)
    facts.selinux = *text;
  else
    facts.apparmor = *text;
}

}  // namespace

Result<std::string> Proc::read(const std::string& name) const {
  return read_file(directory_ + "/" + name, kProcFileLimit);
}

Result<std::string> Proc::link(const std::string& name) const {
  std::array<char, 256> target{};
  const std::string path = directory_ + "/" + name;
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  if (size < 0) return fail_errno(errno, path, "read");
  return std::string(target.data(), static_cast<std::size_t>(size));
}

void read_other_roots(const std::string& proc, int pid, std::string_view pid_namespace, std::string_view uid_map,
                      KernelFacts& facts) {
  std::error_code error;
  std::size_t seen = 0;
  for (std::filesystem::directory_iterator entries(proc, error), end; !error && entries != end;
       entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    if (!parse_number<int>(name) || parse_number<int>(name) == pid) continue;
    if (++seen > kMaxProcesses || facts.process_uids_root.size() == kMaxNames) return;
    const Proc process(proc, name);
    const auto space = process.link("ns/pid");
    if (!space || *space != pid_namespace) continue;
    const auto status = process.read("status");
    KernelFacts other;
    if (!status || !read_status(*status, other)) continue;  // it has ended
    if (uid_inside(uid_map, other.uids[1]) == 0U) facts.process_uids_root.push_back(process_name(*status));
  }
  std::ranges::sort(facts.process_uids_root);
}

KernelFacts read_kernel(int pid, const std::string& proc, const std::string& cgroup) {
  KernelFacts facts;
  facts.pid = pid;
  const Proc process(proc, std::to_string(pid));
  const auto status = process.read("status");
  if (!status) {
    cannot(facts, "the process's status", status.error());
  } else if (!read_status(*status, facts)) {
    facts.unreadable.push_back("the process's status: it lacks the lines that this needs");
  }
  read_users(process, facts);
  read_namespaces(process, proc, facts);
  read_label(process, facts);
  if (const auto mounts = process.read("mountinfo"))
    read_root(*mounts, facts);
  else
    cannot(facts, "the mounts", mounts.error());
  if (const auto membership = process.read("cgroup"))
    read_limits(*membership, cgroup, facts);
  else
    cannot(facts, "the limits", membership.error());
  const auto space = process.link("ns/pid");
  const auto map = process.read("uid_map");
  if (space && map && !facts.host_pid) read_other_roots(proc, pid, *space, *map, facts);
  return facts;
}

}  // namespace oakum::engine
