#include "fix/build/base.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "model/image_facts.h"
#include "model/image_reference.h"
#include "model/platform_defaults.h"

namespace oakum::fix::build {

namespace {

// Official images (docker.io/library): what their plain tags are made on, and their working directory. All run as root
// unless they say otherwise, and those that do are not here.
struct Official {
  std::string_view name;
  Family family;
  std::string_view workdir;
};
constexpr Official kOfficial[] = {
    {"almalinux", Family::red_hat, "/"},
    {"alpine", Family::alpine, "/"},
    {"amazonlinux", Family::red_hat, "/"},
    {"archlinux", Family::red_hat, "/"},
    {"buildpack-deps", Family::debian, "/"},
    {"busybox", Family::alpine, "/"},
    {"centos", Family::red_hat, "/"},
    {"debian", Family::debian, "/"},
    {"fedora", Family::red_hat, "/"},
    {"gcc", Family::debian, "/"},
    {"golang", Family::debian, "/go"},
    {"httpd", Family::debian, "/usr/local/apache2"},
    {"mariadb", Family::debian, "/"},
    {"nginx", Family::debian, "/"},
    {"node", Family::debian, "/"},
    {"oraclelinux", Family::red_hat, "/"},
    {"php", Family::debian, "/var/www/html"},
    {"postgres", Family::debian, "/"},
    {"python", Family::debian, "/"},
    {"redis", Family::debian, "/data"},
    {"rockylinux", Family::red_hat, "/"},
    {"ruby", Family::debian, "/"},
    {"rust", Family::debian, "/"},
    {"ubuntu", Family::debian, "/"},
};
static_assert(std::ranges::is_sorted(kOfficial, {}, &Official::name));

struct Distro {
  std::string_view id;  // of os-release
  Family family;
};
constexpr Distro kDistros[] = {
    {"almalinux", Family::red_hat}, {"alpine", Family::alpine},     {"amzn", Family::red_hat},
    {"arch", Family::red_hat},      {"centos", Family::red_hat},    {"debian", Family::debian},
    {"fedora", Family::red_hat},    {"ol", Family::red_hat},        {"opensuse-leap", Family::red_hat},
    {"rhel", Family::red_hat},      {"rocky", Family::red_hat},     {"sles", Family::red_hat},
    {"ubuntu", Family::debian},
};

const Official* official_of(const ImageReference& image) {
  constexpr std::string_view kLibrary = "docker.io/library/";
  if (image.variable) return nullptr;
  const std::string name = image.canonical_name();
  if (!name.starts_with(kLibrary)) return nullptr;
  const auto* found = std::ranges::find(kOfficial, std::string_view(name).substr(kLibrary.size()), &Official::name);
  return found == std::end(kOfficial) ? nullptr : found;
}

const Stage* root_stage(const Place& place) {
  return place.stage == nullptr ? nullptr : root_of(*place.file, *place.stage);
}

const Official* official_base(const Place& place) {
  const Stage* root = root_stage(place);
  return root == nullptr || !root->image_known ? nullptr : official_of(root->image);
}

}  // namespace

Family family_of(const Place& place, const Context& context) {
  if (const ImageFacts* facts = base_facts(place, context); facts != nullptr && !facts->distribution.empty()) {
    const auto* found = std::ranges::find(kDistros, facts->distribution, &Distro::id);
    return found == std::end(kDistros) ? Family::unknown : found->family;
  }
  const Official* official = official_base(place);
  if (official == nullptr) return Family::unknown;
  const std::string& tag = root_stage(place)->image.tag;
  if (tag.find("alpine") != std::string::npos) return Family::alpine;
  return tag.find("windows") != std::string::npos || tag.find("nanoserver") != std::string::npos ? Family::unknown
                                                                                                 : official->family;
}

std::optional<std::string> workdir_before(const Place& place, const Context& context) {
  if (place.at->before.workdir) return place.at->before.workdir;
  if (place.at->before.workdir_set) return std::nullopt;
  const Stage* root = root_stage(place);
  if (root != nullptr && root->image.text == "scratch") return "/";
  if (const ImageFacts* facts = base_facts(place, context)) {
    const std::string& directory = facts->image.config.working_dir;
    return directory.empty() ? "/" : directory;
  }
  const Official* official = official_base(place);
  return official == nullptr ? std::nullopt : std::optional<std::string>(official->workdir);
}

std::optional<bool> root_before(const Place& place, const Context& context) {
  const auto is_root = [](std::string_view user) {
    return user.empty() || user.starts_with(':') || is_root_user(std::string(user));
  };
  if (place.at->before.user) return is_root(*place.at->before.user);
  if (const ImageFacts* facts = base_facts(place, context)) return is_root(facts->image.config.user);
  return official_base(place) == nullptr ? std::nullopt : std::optional(true);
}

}  // namespace oakum::fix::build
