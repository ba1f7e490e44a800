#include "model/platform_defaults.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<bool>& field = workload.read_only;
  if (effective_read_only(workload) || (field && !field.known()) || !has_linux_controls(workload, judge)) return;
  const bool denied = field.is(true);
  Finding& finding =
      judge.found(workload, field ? field.origin() : workload.origin,
                  denied ? "the root file system is writable in the kernel's eyes, though read-only was asked for"
                         : "the root file system is writable");
  for_surface(finding, workload);
}

}  // namespace

extern constinit const Rule read_only_rootfs{
    .info = checked({
        .id = "read-only-rootfs",
        .title = "the root file system is writable",
        .severity = Severity::medium,
        .practice = Practice::read_only_rootfs,
        .surfaces = "CKRL",
        .aliases = "C-0017 CIS-5.13 CKV_K8S_22 CL-0007 KSV-0014 gatekeeper:K8sPSPReadOnlyRootFilesystem "
                   "kube-linter:no-read-only-root-fs kube-score:container-security-context-readonlyrootfilesystem "
                   "kubesec:ReadOnlyRootFilesystem polaris:notReadOnlyRootFilesystem",
        .fix = FixSafety::unsafe,
        .fix_summary = "make it read-only, with tmpfs for what is written",
        .why = "With a writable root an attacker can replace programs, leave tools behind and change configuration. "
               "A read-only root with small tmpfs mounts for what really is written stops all three.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    read_only: true\n"
                 "    tmpfs:\n"
                 "      - /tmp\n"},
        .references = "https://docs.docker.com/reference/cli/docker/container/run/#read-only "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
