#include "trial/log_errors.h"

#include <gtest/gtest.h>

namespace oakum::trial {
namespace {

struct Case {
  const char* line;
  const char* kind;
  const char* path;
  std::vector<std::string> capabilities;
};

TEST(LogErrors, ReadsWhatProgramsSay) {
  const Case cases[] = {
      {"mkdir: can't create directory '/var/lib/app': Read-only file system", "read-only", "/var/lib/app", {}},
      {"nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)",
       "read-only",
       "/var/cache/nginx/client_temp",
       {}},
      {"OSError: [Errno 30] Read-only file system: '/app/cache/x.pyc'", "read-only", "/app/cache/x.pyc", {}},
      {"Error: EROFS: read-only file system, open '/srv/log.txt'", "read-only", "/srv/log.txt", {}},
      {"[emerg] 1#1: chown(\"/var/cache/nginx/client_temp\", 101) failed (1: Operation not permitted)",
       "not-permitted",
       "/var/cache/nginx/client_temp",
       {"CHOWN"}},
      {"chown: changing ownership of '/data': Operation not permitted", "not-permitted", "/data", {"CHOWN"}},
      {"nginx: [emerg] setgid(101) failed (1: Operation not permitted)", "not-permitted", "", {"SETGID"}},
      {"error: failed switching to \"redis\": operation not permitted: setgroups", "not-permitted", "", {"SETGID"}},
      {"[emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)", "permission", "", {"NET_BIND_SERVICE"}},
      {"Error: EACCES: permission denied, mkdir '/data/db'", "permission", "/data/db", {}},
      {"/start.sh: line 3: can't create /data/pid: Permission denied", "permission", "/data/pid", {}},
      {"chmod: /run/app: Operation not permitted", "not-permitted", "/run/app", {"FOWNER"}},
      {"write error: No space left on device", "no-space", "", {}},
      {"RuntimeError: can't start new thread", "no-processes", "", {}},
  };
  for (const Case& one : cases) {
    const ErrorLine line = read_error(one.line);
    EXPECT_EQ(line.kind, one.kind) << one.line;
    EXPECT_EQ(line.path, one.path) << one.line;
    EXPECT_EQ(line.capabilities, one.capabilities) << one.line;
  }
}

TEST(LogErrors, OtherLinesAreNone) {
  for (const char* line : {"", "started", "permission granted", "superperm", "could not connect to db:5432: refused",
                           "GET / 403", "error: no such table"})
    EXPECT_EQ(read_error(line).kind, "") << line;
}

TEST(LogErrors, EachTextOnceAndBounded) {
  std::string log = "a: Permission denied\na: Permission denied\nfine\n";
  EXPECT_EQ(find_errors(log).size(), 1U);
  for (int i = 0; i < 1000; ++i) log += "/x" + std::to_string(i) + ": Permission denied\n";
  EXPECT_EQ(find_errors(log).size(), 200U);
  EXPECT_EQ(find_errors(std::string(10'000'000, 'x') + ": permission denied").size(), 0U);  // beyond what is looked at
}

TEST(LogErrors, ControlCharactersDoNotPass) {
  EXPECT_EQ(read_error("\x1b[31mPermission denied").text.find('\x1b'), std::string::npos);
}

TEST(LogErrors, NoTmpfsOverPrograms) {
  EXPECT_EQ(directory_to_write("/var/cache/nginx/client_temp"), "/var/cache/nginx");
  EXPECT_EQ(directory_to_write("/run/app.pid"), "/run");
  EXPECT_EQ(directory_to_write("/home/app/.cache/x"), "/home/app/.cache");
  for (const char* path : {"/x", "/", "", "x", "/etc/nginx/conf.d/default.conf", "/usr/lib/python3/x.pyc", "/var/x",
                           "/var/lib/x", "/root/x", "/proc/sys/x"})
    EXPECT_EQ(directory_to_write(path), "") << path;
}

}  // namespace
}  // namespace oakum::trial
