// oakum doctor: whether the confinement holds, shown by trying to break it, and whether the database and cache are
// usable.
#include <cerrno>
#include <memory>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "advisories/database.h"
#include "base/fd.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/database_path.h"
#include "cli/version.h"
#include "sandbox/sandbox.h"

namespace oakum::cli {

namespace {

// What each attempt needs; made before confinement, outside and inside of what the policy allows.
struct Ground {
  std::string inputs;
  std::string cache;
  std::string outside;  // a file of ours that the policy does not name
};

int opened(int fd) {
  if (fd < 0) return errno;
  ::close(fd);
  return 0;
}

int read_input(const Ground& ground) {
  return opened(::open((ground.inputs + "/input").c_str(), O_RDONLY | O_CLOEXEC));
}
int write_cache(const Ground& ground) {
  return opened(::open((ground.cache + "/new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}
int read_outside(const Ground& ground) { return opened(::open(ground.outside.c_str(), O_RDONLY | O_CLOEXEC)); }
int read_passwd(const Ground&) { return opened(::open("/etc/passwd", O_RDONLY | O_CLOEXEC)); }
int write_outside(const Ground& ground) {
  return opened(::open((ground.outside + ".new").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}
int write_input(const Ground& ground) {
  return opened(::open((ground.inputs + "/input").c_str(), O_WRONLY | O_CLOEXEC));
}
int run_program(const Ground&) {
  ::execl("/bin/true", "true", nullptr);
  return errno;
}
int start_process(const Ground&) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  return pid < 0 ? errno : 0;
}
int open_socket(const Ground&) { return opened(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }
int open_unix_socket(const Ground&) { return opened(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); }
int trace_parent(const Ground&) { return ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) < 0 ? errno : 0; }

struct Attempt {
  const char* what;
  bool must_work;
  int (*run)(const Ground&);  // 0: it worked; else errno
};

constexpr Attempt kAttempts[] = {
    {"read an input", true, read_input},
    {"write to the cache", true, write_cache},
    {"read a file beside the input", false, read_outside},
    {"read /etc/passwd", false, read_passwd},
    {"change an input", false, write_input},
    {"create a file elsewhere", false, write_outside},
    {"run a program", false, run_program},
    {"start a process", false, start_process},
    {"open a network socket", false, open_socket},
    {"open a socket to a daemon", false, open_unix_socket},
    {"trace another process", false, trace_parent},
};

constexpr int kNotConfined = 255;

// The attempt is made in a child that has confined itself as a scan does.
int outcome(const Ground& ground, const Attempt& attempt) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (!sandbox::confine({.read = {ground.inputs}, .write = {ground.cache}})) ::_exit(kNotConfined);
    ::_exit(attempt.run(ground));
  }
  int status = 0;
  if (pid < 0 || ::waitpid(pid, &status, 0) != pid || !WIFEXITED(status)) return kNotConfined;
  return WEXITSTATUS(status);
}

Result<Ground> prepare(const TemporaryDirectory& directory) {
  Ground ground{directory.path() + "/inputs", directory.path() + "/cache", directory.path() + "/outside"};
  OAKUM_CHECK(make_directories(ground.inputs));
  OAKUM_CHECK(make_directories(ground.cache));
  OAKUM_CHECK(write_file_atomically(ground.inputs + "/input", "x"));
  OAKUM_CHECK(write_file_atomically(ground.outside, "x"));
  return ground;
}

std::string words(int error) {
  if (error == 0) return "worked";
  if (error == kNotConfined) return "could not be tried";
  return error == EPERM || error == EACCES ? "refused" : fmt::format("failed (errno {})", error);
}

Result<bool> check_sandbox(std::string& out) {
  OAKUM_TRY(const TemporaryDirectory directory, TemporaryDirectory::create("oakum-doctor"));
  OAKUM_TRY(const Ground ground, prepare(directory));
  bool sound = true;
  out += "confinement while scanning, as tried now\n";
  for (const Attempt& attempt : kAttempts) {
    const int error = outcome(ground, attempt);
    const bool good = attempt.must_work ? error == 0 : error == EPERM || error == EACCES;
    sound = sound && good;
    out += fmt::format("  {:4}  {:32}{}\n", good ? "ok" : "BAD", attempt.what, words(error));
  }
  return sound;
}

Result<advisories::Database> open_database(const std::string& typed) {
  OAKUM_TRY(const std::string path, database_path(typed));
  return advisories::Database::open(path);
}

bool check_database(std::string& out, const std::string& typed) {
  out += "\nadvisory database\n";
  const auto database = open_database(typed);
  if (!database) {
    out += "  BAD   " + printable(database.error().message()) + "\n";
    return false;
  }
  const DatabaseInfo info = database->info();
  out += fmt::format("  ok    {} · advisories of {} · {} feeds · {} ecosystems\n", info.path, info.built.substr(0, 10),
                     info.feeds.size(), database->ecosystems().size());
  return true;
}

bool check_cache(std::string& out) {
  const std::string path = default_cache_directory();
  out += "\nlayer cache\n";
  const Status status =
      path.empty() ? Status(fail(ErrorCode::not_found, "cache", "there is no home directory", "use --cache-dir"))
                   : make_directories(path + "/layers", 0700);
  out += status ? "  ok    " + path + "/layers\n" : "  BAD   " + printable(status.error().message()) + "\n";
  return status.has_value();
}

int run_doctor(const std::string& database) {
  std::string out = fmt::format("oakum {}\n\n", kVersion);
  auto sound = check_sandbox(out);
  if (!sound) {
    complain(sound.error());
    return kCouldNot;
  }
  const bool has_database = check_database(out, database);
  const bool has_cache = check_cache(out);
  const bool well = *sound && has_database && has_cache;
  out += well ? "\nall is well\n" : "\nsomething is not as it should be\n";
  if (const Status printed = print(out); !printed) {
    complain(printed.error());
    return kCouldNot;
  }
  return well ? kClean : kFindings;
}

}  // namespace

void add_doctor(CLI::App& app, Run& run) {
  auto database = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("doctor", "is the confinement in force, are database and cache usable?");
  command->add_option("--db", *database, "advisory database");
  command->callback([database, &run] { run = [database] { return run_doctor(*database); }; });
}

}  // namespace oakum::cli
