#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/workload/image_names.h"

namespace oakum::rules {

namespace {

bool has_tag_latest(const ImageReference& image) { return image.tag == "latest" && image.digest.empty(); }

void judge_image(const NamedImage& named, Judge& judge) {
  Finding& finding =
      judge.found(named.origin, named.subject, join({"the image ", quoted(named.image.text), " has the tag latest"}));
  name_aliases(finding, named.origin.surface, named.through_variable);
}

void check(const Workload& workload, Judge& judge) {
  for (const NamedImage& named : images_of(workload, has_tag_latest)) judge_image(named, judge);
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  for (const NamedImage& named : bases_of(dockerfile, has_tag_latest)) judge_image(named, judge);
}

bool is_latest(std::string_view name) { return has_tag_latest(parse_image_reference(name)); }

void check_image(const ImageFacts& image, Judge& judge) {
  const std::vector<std::string>& tags = image.image.tags;
  const auto latest = std::ranges::find_if(tags, [](const std::string& tag) { return is_latest(tag); });
  const bool only = latest != tags.end() && tags.size() == 1;
  if (!only && !is_latest(image.name)) return;
  Finding& finding = judge.found(image, join({"the image has the tag ", quoted(only ? *latest : image.name)}));
  name_aliases(finding, Surface::image);
}

}  // namespace

extern constinit const Rule image_latest{
    .info = checked({
        .id = "image-latest",
        .title = "the image is named by the tag latest",
        .severity = Severity::medium,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DCKRLI",
        .aliases = "C-0075 CIS-5.28 CKV_DOCKER_7 CKV_K8S_14 CL-0004 DKL-DI-0006 DL3007 DS-0001 KICS-f45ea400 KSV-0013 "
                   "dclint:service-image-require-explicit-tag gatekeeper:K8sDisallowedTags kube-linter:latest-tag "
                   "kube-score:container-image-tag polaris:tagNotSpecified",
        .fix = FixSafety::unsafe,
        .fix_summary = "name the version, and better its digest too",
        .why = "latest is whatever was pushed last. What is tested is not what runs next week, and nobody can say "
               "which version a host has.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:latest\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions "
                      "https://kubernetes.io/docs/concepts/containers/images/",
    }),
    .checks = {.workload = check, .dockerfile = check_dockerfile, .image = check_image},
};

}  // namespace oakum::rules
