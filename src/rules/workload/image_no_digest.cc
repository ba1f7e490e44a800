#include "rules/kit/judge.h"
#include "rules/workload/image_names.h"

namespace oakum::rules {

namespace {

bool has_no_digest(const ImageReference& image) { return image.digest.empty(); }

void judge_image(const NamedImage& named, Judge& judge) {
  Finding& finding = judge.found(named.origin, named.subject,
                                 join({"the image ", quoted(named.image.text), " is not pinned by a digest"}));
  name_aliases(finding, named.origin.surface, named.through_variable);
}

void check(const Workload& workload, Judge& judge) {
  for (const NamedImage& named : images_of(workload, has_no_digest)) judge_image(named, judge);
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  for (const NamedImage& named : bases_of(dockerfile, has_no_digest)) judge_image(named, judge);
}

}  // namespace

extern constinit const Rule image_no_digest{
    .info = checked({
        .id = "image-no-digest",
        .title = "the image is not pinned by its digest",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DCKRL",
        .aliases = "CKV_K8S_43 CL-0019 gatekeeper:K8sImageDigests",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "write name:tag@digest",
        .why = "A tag can be moved to other content at any time, by its owner or by whoever took over the account. "
               "A digest names one content for ever: what was reviewed and scanned is what runs.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
    }),
    .checks = {.workload = check, .dockerfile = check_dockerfile},
};

}  // namespace oakum::rules
