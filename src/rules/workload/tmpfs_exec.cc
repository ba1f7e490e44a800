#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// Docker and Podman add noexec, nosuid and nodev themselves: only what is said takes it away.
void check(const Workload& workload, Judge& judge) {
  for (const Stated<Mount>& mount : workload.mounts) {
    if (!mount.known || mount.value.kind != MountKind::tmpfs || !mount.value.has_option("exec")) continue;
    Finding& finding = judge.found(workload, mount.origin,
                                   join({"the tmpfs at ", quoted(mount.value.target), " allows running programs"}));
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule tmpfs_exec{
    .info = checked({
        .id = "tmpfs-exec",
        .title = "a tmpfs allows programs to be run from it",
        .severity = Severity::low,
        .practice = Practice::read_only_rootfs,
        .surfaces = "CR",
        .aliases = "CL-0022",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove exec",
        .why = "Writable memory is where an attacker puts what was downloaded. With noexec the kernel does not run "
               "files from there. Engines set it on their own; an option that says exec takes it away.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    read_only: true\n"
                "    tmpfs:\n"
                "      - /tmp:exec\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    read_only: true\n"
                 "    tmpfs:\n"
                 "      - /tmp:noexec,nosuid,nodev\n"},
        .references = "https://docs.docker.com/engine/storage/tmpfs/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
