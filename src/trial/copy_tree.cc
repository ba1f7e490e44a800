#include "trial/copy_tree.h"

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::trial {

namespace fs = std::filesystem;

namespace {

class Copier {
 public:
  Copier(std::string from, const check::Texts& texts) : root_(std::move(from)) {
    for (const auto& [path, text] : texts) texts_[fs::absolute(path).lexically_normal().string()] = &text;
  }

  Status copy(const std::string& from, const std::string& to) {
    struct stat about{};
    if (::lstat(from.c_str(), &about) != 0) return fail_errno(errno, from, "looking at it");
    if (++entries_ > kMaxCopyEntries) return too_large();
    if (S_ISLNK(about.st_mode)) return copy_link(from, to);
    if (S_ISDIR(about.st_mode)) return copy_directory(from, to, about);
    if (S_ISREG(about.st_mode)) return copy_file(from, to, about);
    return {};
  }

  Status copy_changed_below(const std::string& from, const std::string& to) {
    const fs::path root = fs::absolute(from).lexically_normal();
    for (const auto& [path, text] : texts_) {
      const fs::path name = fs::path(path).lexically_relative(root);
      if (name.empty() || name.native().starts_with("..") || name == ".") continue;
      const fs::path target = fs::path(to) / name;
      OAKUM_CHECK(make_directories(target.parent_path().string()));
      if (!path_exists(target.string())) OAKUM_CHECK(write(target.string(), *text, 0644));
    }
    return {};
  }

 private:
  std::unexpected<Error> too_large() const {
    return fail(ErrorCode::limit, root_,
                "is larger than " + human_bytes(kMaxCopyBytes) + " or " + with_thousands(kMaxCopyEntries) +
                    " files, more than is copied for a trial");
  }

  // Only root may give files away; then the copy is the caller's own.
  static void keep_owner(const std::string& path, const struct stat& about) {
    if (::lchown(path.c_str(), about.st_uid, about.st_gid) != 0) return;
  }

  static Status write(const std::string& to, std::string_view bytes, std::uint32_t mode) {
    OAKUM_TRY(const Fd file, open_file(to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
    OAKUM_CHECK(write_all(file.get(), bytes, to));
    if (::fchmod(file.get(), mode) != 0) return fail_errno(errno, to, "setting its mode");
    return {};
  }

  Status copy_link(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::copy_symlink(from, to, error);
    return error ? Status(fail_errno(error.value(), from, "copying the link")) : Status();
  }

  Status copy_directory(const std::string& from, const std::string& to, const struct stat& about) {
    OAKUM_CHECK(make_directories(to, 0700));
    std::error_code error;
    fs::directory_iterator at(from, error);
    for (const fs::directory_iterator end; !error && at != end; at.increment(error))
      OAKUM_CHECK(copy(at->path().string(), to + "/" + at->path().filename().string()));
    if (error) return fail_errno(error.value(), from, "reading the directory");
    keep_owner(to, about);
    if (::chmod(to.c_str(), about.st_mode & 07777U) != 0) return fail_errno(errno, to, "setting its mode");
    return {};
  }

  Status copy_file(const std::string& from, const std::string& to, const struct stat& about) {
    bytes_ += static_cast<std::uint64_t>(about.st_size);
    if (bytes_ > kMaxCopyBytes) return too_large();
    const auto changed = texts_.find(fs::absolute(from).lexically_normal().string());
    if (changed != texts_.end()) {
      OAKUM_CHECK(write(to, *changed->second, about.st_mode & 07777U));
    } else {
      OAKUM_TRY(const std::string bytes, read_file(from, kMaxCopyBytes));
      OAKUM_CHECK(write(to, bytes, about.st_mode & 07777U));
    }
    keep_owner(to, about);
    return {};
  }

  std::string root_;
  std::map<std::string, const std::string*> texts_;
  std::size_t entries_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Status copy_tree(const std::string& from, const std::string& to, const check::Texts& texts) {
  Copier copier(from, texts);
  OAKUM_CHECK(copier.copy(from, to));
  return is_directory(to) ? copier.copy_changed_below(from, to) : Status();
}

}  // namespace oakum::trial
