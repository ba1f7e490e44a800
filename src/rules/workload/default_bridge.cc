#include <algorithm>
#include <string>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  const Field<std::string>& mode = workload.network_mode;
  const bool said = mode.is("bridge") || mode.is("default");
  const bool podman = workload.engine == Engine::podman;  // its own default is a network that resolves names, or pasta
  const bool by_default = workload.surface == Surface::run_command && !podman && !mode && workload.networks.empty();
  if (said && workload.surface != Surface::compose && !workload.networks.empty() &&
      std::ranges::none_of(workload.networks,
                           [](const Stated<NetworkAttachment>& network) { return network.value.name == "bridge"; }))
    return;
  if (said) judge.found(workload, mode.origin(), "is on the default bridge");
  if (by_default) judge.found(workload, "is on the default bridge: no network is named");
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
