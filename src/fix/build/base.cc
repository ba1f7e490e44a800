#include "fix/build/base.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "model/image_facts.h"
#include "model/image_reference.h"
#include "model/platform_defaults.h"

namespace oakum::fix::build {

namespace {

// Official images (docker.io/library): what their plain tags are made on, and their working directory; "" where that
// differs from tag to tag. All run as root unless their own configuration is here and says otherwise.
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
    {"caddy", Family::alpine, "/srv"},
    {"centos", Family::red_hat, "/"},
    {"debian", Family::debian, "/"},
    {"eclipse-temurin", Family::debian, "/"},
    {"elixir", Family::debian, "/"},
    {"erlang", Family::debian, "/"},
    {"fedora", Family::red_hat, "/"},
    {"gcc", Family::debian, "/"},
    {"golang", Family::debian, "/go"},
    {"httpd", Family::debian, "/usr/local/apache2"},
    {"mariadb", Family::debian, "/"},
    {"maven", Family::debian, "/"},
    {"mongo", Family::debian, "/"},
    {"mysql", Family::red_hat, "/"},
    {"nginx", Family::debian, "/"},
    {"node", Family::debian, "/"},
    {"oraclelinux", Family::red_hat, "/"},
    {"php", Family::debian, ""},
    {"postgres", Family::debian, "/"},
    {"python", Family::debian, "/"},
    {"redis", Family::debian, "/data"},
    {"rockylinux", Family::red_hat, "/"},
    {"ruby", Family::debian, "/"},
    {"rust", Family::debian, "/"},
    {"tomcat", Family::debian, "/usr/local/tomcat"},
    {"traefik", Family::alpine, "/"},
    {"ubuntu", Family::debian, "/"},
};
static_assert(std::ranges::is_sorted(kOfficial, {}, &Official::name));

// Names elsewhere that say it, by how they begin.
struct Known {
  std::string_view prefix;
  Family family;
};
constexpr Known kKnown[] = {
    {"docker.io/opensuse/", Family::red_hat},
    {"mcr.microsoft.com/dotnet/", Family::debian},
    {"registry.access.redhat.com/ubi", Family::red_hat},
    {"registry.redhat.io/ubi", Family::red_hat},
};

// What a tag says of the variant; the first that it holds counts.
struct Variant {
  std::string_view part;
  Family family;
};
constexpr Variant kVariants[] = {
    {"alpine", Family::alpine},   {"chiseled", Family::unknown},   {"distroless", Family::unknown},
    {"bookworm", Family::debian}, {"bullseye", Family::debian},    {"debian", Family::debian},
    {"trixie", Family::debian},   {"azurelinux", Family::red_hat}, {"cbl-mariner", Family::red_hat},
    {"oracle", Family::red_hat},  {"ubi", Family::red_hat},
};

struct Distro {
  std::string_view id;  // of os-release
  Family family;
};
constexpr Distro kDistros[] = {
    {"almalinux", Family::red_hat}, {"alpine", Family::alpine},  {"amzn", Family::red_hat},
    {"arch", Family::red_hat},      {"centos", Family::red_hat}, {"debian", Family::debian},
    {"fedora", Family::red_hat},    {"ol", Family::red_hat},     {"opensuse-leap", Family::red_hat},
    {"rhel", Family::red_hat},      {"rocky", Family::red_hat},  {"sles", Family::red_hat},
    {"ubuntu", Family::debian},
};

const Official* official_of(const ImageReference& image) {
  constexpr std::string_view kLibrary = "docker.io/library/";
  const bool windows =
      image.tag.find("windows") != std::string::npos || image.tag.find("nanoserver") != std::string::npos;
  if (image.variable || windows) return nullptr;
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

Family family_by_name(const ImageReference& image) {
  Family plain = Family::unknown;
  if (const Official* official = official_of(image)) plain = official->family;
  const std::string name = image.canonical_name();
  const auto* known =
      std::ranges::find_if(kKnown, [&](const Known& row) { return std::string_view(name).starts_with(row.prefix); });
  if (known != std::end(kKnown) && !image.variable) plain = known->family;
  if (plain == Family::unknown) return plain;
  const auto* variant = std::ranges::find_if(
      kVariants, [&](const Variant& row) { return image.tag.find(row.part) != std::string::npos; });
  return variant == std::end(kVariants) ? plain : variant->family;
}

}  // namespace

Family family_of(const Place& place, const Context& context) {
  if (const ImageFacts* facts = base_facts(place, context); facts != nullptr && !facts->distribution.empty()) {
    const auto* found = std::ranges::find(kDistros, facts->distribution, &Distro::id);
    return found == std::end(kDistros) ? Family::unknown : found->family;
  }
  const Stage* root = root_stage(place);
  return root == nullptr || !root->image_known ? Family::unknown : family_by_name(root->image);
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
  if (official == nullptr || official->workdir.empty()) return std::nullopt;
  return std::string(official->workdir);
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
