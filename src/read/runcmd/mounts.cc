#include "read/runcmd/mounts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/runcmd/values.h"

namespace oakum::runcmd {

namespace {

bool is_propagation(std::string_view text) {
  constexpr std::string_view kModes[] = {"private", "rprivate", "rshared", "rslave", "shared", "slave"};
  return std::ranges::find(kModes, text) != std::end(kModes);
}

// Joins what a drive letter's colon split: "C:\data" is one part.
void join_drive_letters(std::string_view text, std::vector<std::string_view>& parts) {
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const bool letter = parts[i].size() == 1 && ((parts[i][0] | 0x20) >= 'a' && (parts[i][0] | 0x20) <= 'z');
    if (!letter || !(parts[i + 1].starts_with('\\') || (i == 0 && parts.size() > 2 && parts[i + 1].starts_with('/'))))
      continue;
    const auto begin = static_cast<std::size_t>(parts[i].data() - text.data());
    parts[i] = text.substr(begin, parts[i].size() + 1 + parts[i + 1].size());
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

// A path of the host, or a name? Docker takes names of one character and more without a slash for volumes.
bool is_host_path(std::string_view source) {
  if (source.empty()) return false;
  const char first = source.front();
  return first == '/' || first == '.' || first == '~' || first == '$' || first == '`' || first == '%' ||
         source.find('\\') != std::string_view::npos || (source.size() > 2 && source[1] == ':');
}

void volume_option(Mount& mount, std::string_view option) {
  if (option == "ro" || option == "readonly") {
    mount.read_only = true;
  } else if (option == "rw") {
    mount.read_only = false;
  } else if (option == "z" || option == "Z") {
    mount.selinux = option;
  } else if (is_propagation(option)) {
    mount.propagation = option;
  } else if (!option.empty()) {
    mount.options.push_back(key_value(option));
  }
}

MountKind kind_of(std::string_view type) {
  if (type == "bind" || type == "glob" || type == "ramfs") return type == "ramfs" ? MountKind::tmpfs : MountKind::bind;
  if (type == "volume") return MountKind::volume;
  if (type == "tmpfs") return MountKind::tmpfs;
  if (type == "npipe") return MountKind::npipe;
  if (type == "image") return MountKind::image;
  if (type == "cluster") return MountKind::cluster;
  return MountKind::other;
}

// A volume of the local driver with o=bind and device=PATH is a bind mount in disguise.
void look_behind(Mount& mount) {
  const std::string* device = mount.option("device");
  const std::string* options = mount.option("o");
  if (mount.kind != MountKind::volume || device == nullptr || options == nullptr) return;
  const std::vector<std::string_view> parts = split(*options, ',');
  const bool bind = std::ranges::any_of(parts, [](std::string_view o) { return o == "bind" || o == "rbind"; });
  if (bind) mount.bind_in_disguise = *device;
}

void mount_field(Mount& mount, const KeyValue& field, bool has_value) {
  const std::string& key = field.key;
  const std::string& value = field.value;
  if (key == "type") {
    mount.type = value;
  } else if (key == "source" || key == "src") {
    mount.source = value;
  } else if (key == "target" || key == "dst" || key == "destination") {
    mount.target = value;
  } else if (key == "readonly" || key == "ro") {
    mount.read_only = !has_value || bool_of(value).value_or(true);
  } else if (key == "rw") {
    mount.read_only = has_value && !bool_of(value).value_or(true);
  } else if (key == "bind-propagation") {
    mount.propagation = value;
  } else if (key == "relabel") {
    mount.selinux = value == "shared" ? "z" : "Z";
  } else if (key == "z" || key == "Z") {
    mount.selinux = key;
  } else if (key == "volume-subpath" || key == "image-subpath" || key == "subpath") {
    mount.sub_path = value;
  } else if (key == "bind-create-src") {
    mount.create_host_path = !has_value || bool_of(value).value_or(true);
  } else if (key == "volume-opt") {
    mount.options.push_back(key_value(value));
  } else if (key.starts_with("tmpfs-")) {
    mount.options.push_back({key.substr(6), value});
  } else {
    mount.options.push_back(field);
  }
}

}  // namespace

std::optional<Mount> volume_of(std::string_view text) {
  std::vector<std::string_view> parts = split_outside(text, ':');
  join_drive_letters(text, parts);
  if (parts.size() > 3 || text.empty()) return std::nullopt;
  Mount mount;
  mount.target = parts.size() == 1 ? parts[0] : parts[1];
  if (parts.size() > 1) mount.source = parts[0];
  if (mount.target.empty() || (parts.size() > 1 && mount.source.empty())) return std::nullopt;
  mount.kind = is_host_path(mount.source) ? MountKind::bind : MountKind::volume;
  mount.type = mount.kind == MountKind::bind ? "bind" : "volume";
  if (parts.size() == 3) {
    for (const std::string_view option : split(parts[2], ',')) volume_option(mount, option);
  }
  return mount;
}

std::optional<Mount> mount_of(std::string_view text) {
  Mount mount;
  mount.type = "volume";
  for (const std::string& part : split_csv(text)) {
    KeyValue field = key_value(trim(part));
    field.key = to_lower(field.key) == "z" ? field.key : to_lower(field.key);
    if (!field.key.empty()) mount_field(mount, field, part.find('=') != std::string::npos);
  }
  mount.kind = kind_of(mount.type);
  look_behind(mount);
  if (mount.target.empty()) return std::nullopt;
  return mount;
}

Mount tmpfs_of(std::string_view text) {
  Mount mount;
  mount.kind = MountKind::tmpfs;
  mount.type = "tmpfs";
  const std::size_t colon = text.find(':');
  mount.target = text.substr(0, colon);
  if (colon == std::string_view::npos) return mount;
  for (const std::string_view option : split(text.substr(colon + 1), ',')) {
    if (option == "ro") mount.read_only = true;
    if (!option.empty()) mount.options.push_back(key_value(option));
  }
  return mount;
}

}  // namespace oakum::runcmd
