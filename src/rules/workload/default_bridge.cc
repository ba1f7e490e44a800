#include <string>

#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<std::string>& mode = workload.network_mode;
  // The engine's data name no network for a container that is on the default one.
  const bool unsaid = workload.surface == Surface::run_command || workload.surface == Surface::container;
  const bool podman = workload.engine == Engine::podman;  // its default gives each container a network or a user's own
  if (mode.is("bridge") || mode.is("default")) {
    for_surface(judge.found(workload, mode.origin(), "is on the default bridge"), workload);
  } else if (unsaid && !podman && !mode && workload.networks.empty()) {
    for_surface(judge.found(workload, "is on the default bridge: no network is named"), workload);
  }
}

}  // namespace

extern constinit const Rule default_bridge{
    .info = checked({
        .id = "default-bridge",
        .title = "the container is on the default bridge",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "CRL",
        .aliases = "CIS-5.30 KICS-ce14a68b",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "give it a network of its own",
        .why = "Everything on the default bridge can talk to everything else on it, whatever project it belongs to, "
               "and finds others by address only. A network of its own separates what has nothing to do with each "
               "other.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    network_mode: bridge\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    networks: [front]\n"
                 "networks:\n"
                 "  front: {}\n"},
        .references = "https://docs.docker.com/engine/network/drivers/bridge/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
