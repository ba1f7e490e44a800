#include "fix/run/save.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::fix {

namespace {

std::unexpected<Error> refuse_file(const std::string& path, std::string why, std::string todo = {}) {
  return fail(ErrorCode::io, printable(path, 200), std::move(why), std::move(todo));
}

// "secrets/db_password.txt"
bool is_secret(const std::string& path) {
  return path.starts_with("secrets/") || path.find("/secrets/") != std::string::npos;
}

Status make(const FileChange& change) {
  const auto slash = change.path.rfind('/');
  if (slash != std::string::npos && slash > 0)
    OAKUM_CHECK(make_directories(change.path.substr(0, slash), is_secret(change.path) ? 0700 : 0755));
  // Of a secret too: Compose shows the file itself to the container, whose user has to read it. On the host the
  // directory keeps others away.
  auto file = open_file(change.path, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (!file) return std::unexpected(std::move(file.error()));
  return write_all(file->get(), change.after, change.path);
}

// The name the bytes are written to first; the same directory, so that it can be renamed.
std::string beside(const std::string& path) { return path + ".oakum-" + std::to_string(::getpid()); }

Status write_as(const std::string& temporary, const struct stat& old, const std::string& bytes) {
  OAKUM_TRY(const Fd file, open_file(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
  OAKUM_CHECK(write_all(file.get(), bytes, temporary));
  if ((old.st_uid != ::geteuid() || old.st_gid != ::getegid()) && ::fchown(file.get(), old.st_uid, old.st_gid) != 0)
    return refuse_file(temporary, std::string("its owner cannot be kept: ") + std::strerror(errno));
  if (::fchmod(file.get(), old.st_mode & 07777U) != 0 || ::fsync(file.get()) != 0)
    return refuse_file(temporary, std::strerror(errno));
  return {};
}

}  // namespace

Status save(const FileChange& change) {
  if (!change.existed) return make(change);
  std::error_code error;
  const std::string path = std::filesystem::canonical(change.path, error).string();
  if (error) return refuse_file(change.path, error.message());
  struct stat old{};
  if (::stat(path.c_str(), &old) != 0) return refuse_file(change.path, std::strerror(errno));
  if (!S_ISREG(old.st_mode)) return refuse_file(change.path, "is no regular file");
  if ((old.st_mode & 0222U) == 0 || ::access(path.c_str(), W_OK) != 0)
    return refuse_file(change.path, "is read-only", "chmod u+w it, or take the change from oakum fix --diff");
  const std::uint64_t most = std::max(change.before.size(), change.after.size()) + 1;
  const Result<std::string> now = read_file(path, most);
  if (!now && now.error().code != ErrorCode::limit) return std::unexpected(now.error());
  if (now && *now == change.after) return {};  // the same fix came by another name, or another run
  if (!now || *now != change.before) return refuse_file(change.path, "was changed meanwhile", "run it again");
  const std::string temporary = beside(path);
  Status status = write_as(temporary, old, change.after);
  if (status && ::rename(temporary.c_str(), path.c_str()) != 0) status = refuse_file(change.path, std::strerror(errno));
  if (!status) ::unlink(temporary.c_str());
  return status;
}

}  // namespace oakum::fix
