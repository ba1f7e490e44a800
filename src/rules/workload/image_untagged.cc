#include "rules/kit/judge.h"
#include "rules/workload/image_names.h"

namespace oakum::rules {

namespace {

bool is_untagged(const ImageReference& image) { return image.tag.empty() && image.digest.empty(); }

void judge_image(const NamedImage& named, Judge& judge) {
  Finding& finding =
      judge.found(named.origin, named.subject, join({"the image ", quoted(named.image.text), " has no tag"}));
  name_aliases(finding, named.origin.surface, named.through_variable);
}

void check(const Workload& workload, Judge& judge) {
  for (const NamedImage& named : images_of(workload, is_untagged)) judge_image(named, judge);
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  for (const NamedImage& named : bases_of(dockerfile, is_untagged)) judge_image(named, judge);
}

}  // namespace

extern constinit const Rule image_untagged{
    .info = checked({
        .id = "image-untagged",
        .title = "the image is named without a tag",
        .severity = Severity::medium,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DCKRL",
        .aliases = "C-0075 CKV_DOCKER_7 CKV_K8S_14 CL-0004 DL3006 DS-0001 KICS-9efb0b2d KSV-0013 "
                   "dclint:service-image-require-explicit-tag gatekeeper:K8sDisallowedTags kube-linter:latest-tag "
                   "kube-score:container-image-tag polaris:tagNotSpecified",
        .fix = FixSafety::unsafe,
        .fix_summary = "name the version, and better its digest too",
        .why = "Without a tag an engine takes latest: whatever that is on the day of the pull. Two hosts run "
               "different programs under one name, and a broken or malicious release is picked up without anyone "
               "deciding so.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions "
                      "https://kubernetes.io/docs/concepts/containers/images/",
    }),
    .checks = {.workload = check, .dockerfile = check_dockerfile},
};

}  // namespace oakum::rules
