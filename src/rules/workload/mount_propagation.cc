#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  for (const Stated<Mount>& mount : workload.mounts) {
    const std::string& propagation = mount.value.propagation;
    if (!mount.known || (propagation != "shared" && propagation != "rshared")) continue;
    Finding& finding =
        judge.found(workload, mount.origin,
                    join({"the mount at ", quoted(mount.value.target), " is shared: mounts below it reach the host"}));
    for_surface(finding, workload);
  }
}

}  // namespace

extern constinit const Rule mount_propagation{
    .info = checked({
        .id = "mount-propagation",
        .title = "mounts made in the container appear on the host",
        .severity = Severity::medium,
        .practice = Practice::data_volumes,
        .surfaces = "CKRL",
        .aliases = "CIS-5.20 CL-0017 KICS-baa452f0",
        .fix = FixSafety::unsafe,
        .fix_summary = "use rprivate or rslave",
        .why = "With shared propagation a mount that is made inside the container appears on the host and in other "
               "containers: a way to cover the host's files with one's own.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    volumes:\n"
                "      - type: bind\n"
                "        source: /srv/data\n"
                "        target: /data\n"
                "        bind:\n"
                "          propagation: rshared\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    volumes:\n"
                 "      - type: bind\n"
                 "        source: /srv/data\n"
                 "        target: /data\n"
                 "        bind:\n"
                 "          propagation: rslave\n"},
        .references = "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation "
                      "https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
