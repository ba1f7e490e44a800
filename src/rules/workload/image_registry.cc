#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/workload/image_names.h"

namespace oakum::rules {

namespace {

// "*", "*.example.org", "docker.io", with or without a path: "ghcr.io/acme".
bool fits(std::string_view pattern, const ImageReference& image) {
  const std::string registry = image.registry == "index.docker.io" ? "docker.io" : image.registry_or_default();
  if (pattern == "*") return true;
  if (pattern.starts_with("*.")) return registry.ends_with(pattern.substr(1));
  if (pattern == "index.docker.io" || pattern == "hub.docker.com") pattern = "docker.io";
  if (registry == pattern) return true;
  const std::string name = image.canonical_name();
  return pattern.find('/') != std::string_view::npos && name.starts_with(pattern) &&
         (name.size() == pattern.size() || name[pattern.size()] == '/' || pattern.ends_with('/'));
}

void judge_image(const NamedImage& named, Judge& judge) {
  const std::vector<std::string>& trusted = judge.settings().trusted_registries;
  if (std::ranges::any_of(trusted, [&](const std::string& pattern) { return fits(pattern, named.image); })) return;
  Finding& finding = judge.found(named.origin, named.subject,
                                 join({"the image ", quoted(named.image.text), " comes from ",
                                       quoted(named.image.registry_or_default()), ", which is not trusted"}));
  name_aliases(finding, named.origin.surface);
}

bool is_any(const ImageReference& /*image*/) { return true; }

void check(const Workload& workload, Judge& judge) {
  if (judge.settings().trusted_registries.empty()) return;
  for (const NamedImage& named : images_of(workload, is_any)) judge_image(named, judge);
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  if (judge.settings().trusted_registries.empty()) return;
  for (const NamedImage& named : bases_of(dockerfile, is_any)) judge_image(named, judge);
  for (const NamedImage& named : sources_of_files(dockerfile)) judge_image(named, judge);
}

}  // namespace

extern constinit const Rule image_registry{
    .info = checked({
        .id = "image-registry",
        .title = "the image comes from a registry that is not trusted",
        .severity = Severity::high,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DCKRL",
        .aliases = "C-0001 C-0078 CIS-4.2 CIS-DI-0002 DL3026 KSV-0125 gatekeeper:K8sAllowedRepos "
                   "gatekeeper:K8sDisallowedRepos",
        .fix = FixSafety::advice,
        .fix_summary = "use the copy in a registry that is trusted, or trust this one",
        .why = "Whoever runs a registry decides what its names hold. Images should come only from registries that "
               "were chosen, where it is known who can push.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: registry.invalid/nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
    }),
    .checks = {.workload = check, .dockerfile = check_dockerfile},
};

}  // namespace oakum::rules
