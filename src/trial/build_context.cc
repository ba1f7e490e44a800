#include "trial/build_context.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include <sys/stat.h>

#include "base/fd.h"
#include "base/text.h"
#include "model/ignore.h"
#include "trial/tar_writer.h"

namespace oakum::trial {

namespace fs = std::filesystem;

namespace {

class Packer {
 public:
  Packer(const Dockerfile& file, const check::Texts& texts) : file_(file), root_(fs::absolute(file.context)) {
    for (const auto& [path, text] : texts) {
      const std::string name = fs::absolute(path).lexically_normal().lexically_relative(root_.lexically_normal());
      if (!name.empty() && name != "." && !name.starts_with("..")) overlay_[name] = &text;
    }
  }

  Result<std::string> pack(const std::string& dockerfile) {
    OAKUM_CHECK(add_below(root_));
    for (const auto& [name, text] : overlay_) {
      if (!is_left_out(name)) OAKUM_CHECK(add(name, *text, 0644));
    }
    OAKUM_CHECK(add(kDockerfileName, dockerfile, 0644));
    return std::move(tar_).finish();
  }

 private:
  bool is_left_out(const std::string& name) const { return file_.ignore && is_ignored(*file_.ignore, name); }
  // A pattern with '!' may let in something below a directory that is left out.
  bool may_hold_exceptions() const {
    return file_.ignore && std::ranges::any_of(*file_.ignore, [](const IgnorePattern& p) { return p.negated; });
  }

  Status add(const std::string& name, std::string_view bytes, std::uint32_t mode) {
    if (++count_ > kMaxContextFiles || tar_.size() + bytes.size() > kMaxContextBytes) {
      return fail(ErrorCode::limit, file_.context,
                  "the build context is larger than " + human_bytes(kMaxContextBytes) + " or " +
                      with_thousands(kMaxContextFiles) + " files",
                  "leave out with .dockerignore what the build does not need");
    }
    tar_.add_file(name, bytes, mode);
    return {};
  }

  Status add_below(const fs::path& root) {
    std::error_code error;
    fs::recursive_directory_iterator at(root, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
      const std::string name = at->path().lexically_relative(root_).string();
      const bool left_out = is_left_out(name);
      if (left_out && !may_hold_exceptions()) at.disable_recursion_pending();
      if (!left_out) OAKUM_CHECK(add_entry(*at, name));
    }
    if (error) return fail_errno(error.value(), root.string(), "reading the build context");
    return {};
  }

  Status add_entry(const fs::directory_entry& entry, const std::string& name) {
    struct stat about{};
    if (::lstat(entry.path().c_str(), &about) != 0) return {};  // gone meanwhile
    const std::uint32_t mode = about.st_mode & 07777U;
    if (S_ISDIR(about.st_mode)) {
      tar_.add_directory(name, mode);
    } else if (S_ISLNK(about.st_mode)) {
      std::error_code error;
      tar_.add_link(name, fs::read_symlink(entry.path(), error).string());
    } else if (S_ISREG(about.st_mode)) {
      if (const auto changed = overlay_.find(name); changed != overlay_.end()) {
        OAKUM_CHECK(add(name, *changed->second, mode));
        overlay_.erase(changed);
        return {};
      }
      OAKUM_TRY(const std::string bytes, read_file(entry.path().string(), kMaxContextBytes));
      return add(name, bytes, mode);
    }
    return {};
  }

  const Dockerfile& file_;
  fs::path root_;
  std::map<std::string, const std::string*> overlay_;
  std::size_t count_ = 0;
  TarWriter tar_;
};

}  // namespace

Result<std::string> pack_context(const Dockerfile& file, const std::string& text, const check::Texts& texts) {
  return Packer(file, texts).pack(text);
}

}  // namespace oakum::trial
