#include "trial/identity.h"

#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::trial {

namespace {

std::string boot() {
  const auto id = read_file("/proc/sys/kernel/random/boot_id", 256);
  return id && id->size() >= 8 ? id->substr(0, 8) : "00000000";
}

std::string pid_namespace() {
  struct stat about{};
  return ::stat("/proc/self/ns/pid", &about) == 0 ? std::to_string(about.st_ino) : "0";
}

// Field 22 of /proc/PID/stat (proc_pid_stat(5)); the name before it may hold anything. "" without such a process.
std::string start_of(const std::string& pid) {
  const auto text = read_file("/proc/" + pid + "/stat", 4096);
  if (!text) return {};
  const std::size_t name_end = text->rfind(") ");
  if (name_end == std::string::npos) return {};
  const auto fields = split(std::string_view(*text).substr(name_end + 2), ' ');
  return fields.size() > 19 ? std::string(fields[19]) : std::string();
}

}  // namespace

std::string own_trial_id() {
  const std::string pid = std::to_string(::getpid());
  return boot() + "-" + pid_namespace() + "-" + pid + "-" + start_of(pid);
}

bool is_abandoned(std::string_view id) {
  const auto parts = split(id, '-');
  if (parts.size() != 4 || parts[0] != boot() || parts[1] != pid_namespace()) return false;
  if (!parse_number<int>(parts[2])) return false;
  return start_of(std::string(parts[2])) != parts[3];
}

std::string trial_directory_root() {
  const char* set = std::getenv("TMPDIR");
  return set != nullptr && set[0] == '/' ? set : "/tmp";
}

}  // namespace oakum::trial
