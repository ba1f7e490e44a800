// Base images that are on this machine already.
#include <algorithm>
#include <filesystem>

#include "base/fd.h"
#include "base/text.h"
#include "read/image/engine_address.h"
#include "read/image/facts.h"

namespace oakum::image {

namespace {

constexpr std::size_t kMaxArchives = 64;  // of all directories

constexpr std::string_view kEngines[] = {"docker:", "podman:", "containers-storage:", "overlay2:"};

bool is_archive_name(std::string_view name) {
  return name.ends_with(".tar") || name.ends_with(".tar.gz") || name.ends_with(".tgz") || name.ends_with(".tar.zst");
}

// Archives and layouts right below a directory, sorted.
std::vector<std::string> archives_in(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  if (path_exists(directory + "/oci-layout")) paths.push_back(directory);
  for (std::filesystem::directory_iterator entries(directory, error), end; !error && entries != end;
       entries.increment(error)) {
    const std::string path = entries->path().string();
    const bool layout = path_exists(path + "/oci-layout") && path_exists(path + "/index.json");
    if (layout || is_archive_name(path)) paths.push_back(path);
    if (paths.size() == kMaxArchives) break;
  }
  std::ranges::sort(paths);
  return paths;
}

// Is there anything to ask at all? A stat or two, where loading the HTTP library would cost more than a small check.
bool may_listen(const EngineAddress& address) {
  return address.unix_socket.empty() || path_exists(address.unix_socket);
}

bool may_answer(std::string_view engine, const LocalImages& local) {
  const EngineEnvironment environment = EngineEnvironment::of_process();
  if (engine == "docker:" && local.options.docker_host.empty()) {
    const auto address = docker_address(environment);
    return address && may_listen(*address);
  }
  if (engine == "podman:") {
    const auto addresses = podman_addresses(environment);
    return addresses && std::ranges::any_of(*addresses, may_listen);
  }
  return true;
}

// What a person would type for it, the places that are asked in order. Never a registry.
std::vector<std::string> targets_of(const ImageReference& reference, const LocalImages& local) {
  std::vector<std::string> targets;
  for (const std::string_view engine : kEngines) {
    if (may_answer(engine, local)) targets.push_back(std::string(engine) + reference.text);
  }
  for (const std::string& directory : local.directories) {
    for (const std::string& path : archives_in(directory)) {
      if (targets.size() < kMaxArchives) targets.push_back(path + ":" + reference.text);
    }
  }
  return targets;
}

}  // namespace

Result<ImageFacts> find_local_image(const ImageReference& reference, const LocalImages& local, bool with_files) {
  if (reference.variable || reference.repository.empty())
    return fail(ErrorCode::invalid, "image \"" + printable(reference.text, 200) + "\"", "no name of an image");
  std::string said;
  for (const std::string& target : targets_of(reference, local)) {
    auto source = open_source(target, local.options);
    if (source) return with_files ? image_facts(**source, reference.text, {}) : config_facts(**source, reference.text);
    said += (said.empty() ? "" : ", ") + printable(target.substr(0, target.size() - reference.text.size() - 1), 200) +
            " (" + source.error().message() + ")";
  }
  return fail(ErrorCode::not_found, "image \"" + printable(reference.text, 200) + "\"",
              "found in none of these: " + said, "pull it, or save it to an archive beside the file");
}

}  // namespace oakum::image
