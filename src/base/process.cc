#include "base/process.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"

extern char** environ;

namespace oakum {

namespace {

struct Pipe {
  Fd read_end;
  Fd write_end;
};

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno(errno, "pipe", "create");
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// Moves what is ready; false when this end is finished.
bool drain(const Fd& fd, std::string& into) {
  char buffer[16 * 1024];
  const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
  if (n > 0) into.append(buffer, static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

bool feed(const Fd& fd, std::string_view& input) {
  const ssize_t n = ::write(fd.get(), input.data(), input.size());
  if (n > 0) input.remove_prefix(static_cast<std::size_t>(n));
  return !input.empty() && (n > 0 || errno == EINTR || errno == EAGAIN);
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  void redirect(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

}  // namespace

Result<ProcessResult> run_process(const std::vector<std::string>& argv, std::string_view input,
                                  const ProcessLimits& limits) {
  OAKUM_TRY(Pipe in, make_pipe());
  OAKUM_TRY(Pipe out, make_pipe());
  OAKUM_TRY(Pipe err, make_pipe());
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  SpawnActions actions;
  actions.redirect(in.read_end.get(), STDIN_FILENO);
  actions.redirect(out.write_end.get(), STDOUT_FILENO);
  actions.redirect(err.write_end.get(), STDERR_FILENO);
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, arguments[0], actions.get(), nullptr, arguments.data(), environ);
  if (error != 0) return fail_errno(error, argv[0], "run");
  in.read_end.reset();
  out.write_end.reset();
  err.write_end.reset();
  if (input.empty())
    in.write_end.reset();
  else
    ::fcntl(in.write_end.get(), F_SETFL, O_NONBLOCK);

  // A reader that went away must not end this process.
  struct sigaction ignore{};
  struct sigaction previous{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &previous);
  ProcessResult result;
  const auto deadline = std::chrono::steady_clock::now() + limits.time;
  const char* broken = nullptr;
  while (out.read_end || err.read_end) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd fds[3] = {
        {out.read_end.get(), POLLIN, 0}, {err.read_end.get(), POLLIN, 0}, {in.write_end.get(), POLLOUT, 0}};
    if (left.count() <= 0 || ::poll(fds, 3, static_cast<int>(left.count())) == 0) {
      broken = "did not end in time";
      break;
    }
    if (fds[0].revents != 0 && !drain(out.read_end, result.output)) out.read_end.reset();
    if (fds[1].revents != 0 && !drain(err.read_end, result.errors)) err.read_end.reset();
    if (fds[2].revents != 0 && !feed(in.write_end, input)) in.write_end.reset();
    if (result.output.size() > limits.output_bytes || result.errors.size() > limits.output_bytes) {
      broken = "printed more than the limit";
      break;
    }
  }
  if (broken != nullptr) ::kill(pid, SIGKILL);
  in.write_end.reset();
  result.exit_status = wait_for(pid);
  ::sigaction(SIGPIPE, &previous, nullptr);
  if (broken != nullptr) return fail(ErrorCode::limit, argv[0], broken);
  return result;
}

}  // namespace oakum
