#include <algorithm>

#include "base/text.h"
#include "read/engine/proc.h"

namespace oakum::engine {

namespace {

constexpr std::size_t kMaxMounts = 10'000;

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// The kernel writes space, tab, newline and backslash as \040, \011, \012 and \134.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 3 < text.size() && text[i + 1] <= '3' && is_octal(text[i + 1]) &&
                        is_octal(text[i + 2]) && is_octal(text[i + 3]);
    if (!escape) {
      out += text[i];
      continue;
    }
    const int code = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
    out += static_cast<char>(code);
    i += 3;
  }
  return out;
}

// "ID PARENT MAJOR:MINOR ROOT TARGET OPTIONS [shared:N master:N …] - TYPE SOURCE SUPER"
std::optional<KernelFacts::MountPoint> mount_of(std::string_view line) {
  for (int i = 0; i < 3; ++i) next_field(line, ' ');
  KernelFacts::MountPoint mount;
  mount.root = unescaped(next_field(line, ' '));
  mount.target = unescaped(next_field(line, ' '));
  std::string_view options = next_field(line, ' ');
  while (!options.empty()) mount.options.emplace_back(next_field(options, ','));
  while (!line.empty()) {
    const std::string_view word = next_field(line, ' ');
    if (word == "-") break;
    mount.options.emplace_back(word);
  }
  mount.type = next_field(line, ' ');
  mount.source = unescaped(next_field(line, ' '));
  if (mount.target.empty() || mount.type.empty()) return std::nullopt;
  return mount;
}

}  // namespace

std::vector<KernelFacts::MountPoint> read_mountinfo(std::string_view text) {
  std::vector<KernelFacts::MountPoint> mounts;
  while (const auto line = next_line(text)) {
    if (mounts.size() == kMaxMounts) break;
    if (auto mount = mount_of(*line)) mounts.push_back(std::move(*mount));
  }
  return mounts;
}

void read_root(std::string_view mountinfo, KernelFacts& facts) {
  facts.mounts = read_mountinfo(mountinfo);
  const KernelFacts::MountPoint* root = nullptr;
  for (const KernelFacts::MountPoint& mount : facts.mounts) {
    if (mount.target == "/") root = &mount;  // the last one covers the others
  }
  if (root == nullptr)
    facts.unreadable.emplace_back("whether the root is read-only: no mount at /");
  else
    facts.root_read_only = std::ranges::count(root->options, "ro") > 0;
}

}  // namespace oakum::engine
