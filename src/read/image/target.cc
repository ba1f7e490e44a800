#include "read/image/target.h"

#include <algorithm>

#include "base/fd.h"
#include "base/text.h"

namespace oakum::image {

namespace {

struct SchemeName {
  std::string_view name;
  Scheme scheme;
};
// Checked in order; "docker://" is skopeo's and Kubernetes' word for a registry, "docker:" everybody's for the daemon.
constexpr SchemeName kSchemes[] = {
    {"docker-archive:", Scheme::docker_archive},
    {"oci-archive:", Scheme::oci_archive},
    {"oci-dir:", Scheme::oci_directory},
    {"oci:", Scheme::oci_directory},
    {"archive:", Scheme::archive},
    {"rootfs:", Scheme::rootfs},
    {"dir:", Scheme::rootfs},
    {"fs:", Scheme::rootfs},
    {"docker://", Scheme::registry},
    {"registry:", Scheme::registry},
    {"remote:", Scheme::registry},
    {"docker-daemon:", Scheme::docker},
    {"docker:", Scheme::docker},
    {"podman:", Scheme::podman},
    {"containers-storage:", Scheme::containers_storage},
    {"overlay2:", Scheme::overlay2},
};
constexpr std::string_view kNameOnly[] = {"image://", "local://"};  // Scout's: no more than "an image"
constexpr std::string_view kUnread[] = {"containerd:", "singularity:", "sbom:", "snap:"};

}  // namespace

Result<Target> parse_target(std::string_view text) {
  if (text.empty()) return fail(ErrorCode::usage, "target", "empty", "name an image, an archive or a directory");
  if (text.find('\0') != std::string_view::npos) return fail(ErrorCode::usage, printable(text, 200), "has a NUL in it");
  for (const std::string_view prefix : kNameOnly) {
    if (text.starts_with(prefix)) return Target{Scheme::none, std::string(text.substr(prefix.size()))};
  }
  for (const std::string_view prefix : kUnread) {
    if (!text.starts_with(prefix)) continue;
    return fail(ErrorCode::unsupported, printable(text, 200),
                "the scheme \"" + std::string(prefix.substr(0, prefix.size() - 1)) + "\" is not read",
                "export the image as docker-archive or oci-archive");
  }
  for (const auto& [prefix, scheme] : kSchemes) {
    if (!text.starts_with(prefix)) continue;
    auto rest = text.substr(prefix.size());
    if (rest.starts_with("//")) rest.remove_prefix(2);
    if (rest.empty()) return fail(ErrorCode::usage, printable(text, 200), "nothing follows the scheme");
    return Target{scheme, std::string(rest)};
  }
  return Target{Scheme::none, std::string(text)};
}

PathTarget split_path(std::string_view text) {
  const std::string whole(text);
  if (path_exists(whole)) return {whole, {}};
  // From the left, so that tags with a name and a port ("app.tar:localhost:5000/app:1") stay whole.
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    const std::string path(text.substr(0, colon));
    if (!path.empty() && path_exists(path)) return {path, std::string(text.substr(colon + 1))};
  }
  return {whole, {}};
}

Result<StorageTarget> split_storage(std::string_view text) {
  if (!text.starts_with('[')) return StorageTarget{{}, std::string(text)};
  const auto close = text.find(']');
  if (close == std::string_view::npos) return fail(ErrorCode::usage, printable(text, 200), "a \"[\" without \"]\"");
  auto store = text.substr(1, close - 1);
  if (const auto at = store.find('@'); at != std::string_view::npos) store.remove_prefix(at + 1);
  store = store.substr(0, store.find_first_of("+:"));
  if (!store.starts_with('/'))
    return fail(ErrorCode::usage, printable(text, 200), "names no absolute path between the brackets");
  return StorageTarget{std::string(store), std::string(text.substr(close + 1))};
}

}  // namespace oakum::image
