#include "rules/kit/base_user.h"

#include <algorithm>
#include <string_view>

#include "model/image_reference.h"
#include "model/platform_defaults.h"

namespace oakum::rules {

namespace {

// Official images (docker.io/library) whose configuration names no user in any supported version.
constexpr std::string_view kRootImages[] = {
    "almalinux", "alpine",      "amazoncorretto", "amazonlinux",
    "archlinux", "bash",        "buildpack-deps", "busybox",
    "caddy",     "cassandra",   "centos",         "clearlinux",
    "composer",  "debian",      "drupal",         "eclipse-temurin",
    "elixir",    "erlang",      "fedora",         "gcc",
    "ghost",     "golang",      "haskell",        "hello-world",
    "httpd",     "joomla",      "julia",          "mariadb",
    "matomo",    "maven",       "mongo",          "mysql",
    "nats",      "nextcloud",   "nginx",          "node",
    "openjdk",   "oraclelinux", "perl",           "photon",
    "php",       "phpmyadmin",  "postgres",       "pypy",
    "python",    "rabbitmq",    "redis",          "redmine",
    "registry",  "rockylinux",  "ruby",           "rust",
    "swift",     "tomcat",      "traefik",        "ubuntu",
    "wordpress", "zookeeper",
};

static_assert(std::ranges::is_sorted(kRootImages));

// Distroless images say in the tag whom they run as.
bool is_distroless_nonroot(const ImageReference& image) {
  return image.registry == "gcr.io" && image.repository.starts_with("distroless/") &&
         (image.tag.starts_with("nonroot") || image.tag.starts_with("debug-nonroot"));
}

bool is_known_root(const ImageReference& image) {
  constexpr std::string_view kLibrary = "docker.io/library/";
  const std::string name = image.canonical_name();
  return name.starts_with(kLibrary) &&
         std::ranges::binary_search(kRootImages, std::string_view(name).substr(kLibrary.size()));
}

}  // namespace

bool ImageUser::root() const { return user.empty() || user.starts_with(':') || is_root_user(user); }

std::optional<ImageUser> user_of_image(const ImageReference& image, const Subjects& subjects) {
  if (const auto known = subjects.known_images.find(image.text); known != subjects.known_images.end())
    return ImageUser{known->second.image.config.user};
  if (image.variable) return std::nullopt;
  if (is_distroless_nonroot(image)) return ImageUser{"65532", true};
  if (image.text == "scratch") return ImageUser{};
  if (is_known_root(image)) return ImageUser{{}, true};
  return std::nullopt;
}

const Stage* final_stage_of(const Dockerfile& dockerfile) {
  const auto found = std::ranges::find(dockerfile.stages, true, &Stage::is_final);
  return found != dockerfile.stages.end() ? &*found : dockerfile.final_stage();
}

const Instruction* last_user(const Dockerfile& dockerfile, const Stage& stage) {
  for (std::size_t i = stage.last + 1; i > stage.first; --i) {
    if (i > dockerfile.instructions.size()) continue;
    const Instruction& instruction = dockerfile.instructions[i - 1];
    if (instruction.kind == InstructionKind::user) return &instruction;
  }
  return nullptr;
}

bool on_windows(const Dockerfile& dockerfile, std::size_t stage) {
  if (dockerfile.escape == '`') return true;
  while (stage < dockerfile.stages.size()) {
    const std::optional<std::size_t> parent = dockerfile.stages[stage].parent;
    if (!parent || *parent >= stage) return is_windows_image(dockerfile.stages[stage].image);
    stage = *parent;
  }
  return false;
}

std::size_t user_stage(const Dockerfile& dockerfile) {
  const Stage* stage = final_stage_of(dockerfile);
  if (stage == nullptr) return 0;
  std::size_t index = static_cast<std::size_t>(stage - dockerfile.stages.data());
  // A parent is an earlier stage, so this ends.
  while (last_user(dockerfile, dockerfile.stages[index]) == nullptr) {
    const std::optional<std::size_t> parent = dockerfile.stages[index].parent;
    if (!parent || *parent >= index) break;
    index = *parent;
  }
  return index;
}

}  // namespace oakum::rules
