#include <string>

#include "model/back_end.h"
#include "model/tiers.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

std::string message_of(const Exposure& exposure, std::string_view kind) {
  const std::string& other = exposure.other->subject;
  if (exposure.stranger) {
    return join({kind, " shares the network ", quoted(exposure.network), " with ", other, ", which ",
                 exposure.published ? "publishes ports and " : "", "is not seen to talk to it"});
  }
  return join({kind, " is on the network ", quoted(exposure.network), " with ", other,
               ", which publishes ports, and the network is not internal"});
}

// The worst: a published service that has nothing to do with it, then any other that has not.
const Exposure& worst(const std::vector<Exposure>& exposures) {
  const Exposure* result = &exposures.front();
  for (const Exposure& one : exposures) {
    const bool worse = one.stranger && (!result->stranger || (one.published && !result->published));
    if (worse) result = &one;
  }
  return *result;
}

void look_at(const Workload& back_end, std::string_view kind, const Tiers& tiers, Judge& judge) {
  const auto exposures = tiers.exposures(back_end);
  if (exposures.empty()) {
    if (tiers.hides_users(back_end))
      judge.could_not(back_end.origin, back_end.subject,
                      "no service is seen to talk to it: who does may stand in a file that is mounted");
    return;
  }
  const Exposure& one = worst(exposures);
  const Origin& where = back_end.networks.stated ? back_end.networks.origin : back_end.origin;
  Finding& finding = judge.found(back_end, where, message_of(one, kind));
  finding.severity = one.stranger && one.published ? Severity::medium : Severity::low;
  finding.related.push_back({one.other->origin, "shares that network"});
}

void check(const ComposeProject& project, Judge& judge) {
  const Tiers tiers(project, judge.subjects());
  for (const std::size_t service : project.services) {
    if (service >= judge.subjects().workloads.size()) continue;
    const Workload& workload = judge.subjects().workloads[service];
    const std::string_view kind = back_end_kind(workload);
    if (!kind.empty()) look_at(workload, kind, tiers, judge);
  }
}

}  // namespace

extern constinit const Rule network_tiers{
    .info = checked({
        .id = "network-tiers",
        .title = "a database, cache or queue is not on an internal network of its own",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "C",
        .fix = FixSafety::unsafe,
        .fix_summary = "move it to an internal network with those that talk to it",
        .why = "On one network every service reaches every other, on any port. Who breaks into the web server that the "
               "world talks to then tries passwords at the database, and reads from the cache that asks for none. A "
               "network for each tier lets a back end be seen by those that use it, and `internal: true` keeps it from "
               "reaching outside: what is stolen does not leave that way.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ports:\n"
                "      - \"127.0.0.1:8080:80\"\n"
                "  api:\n"
                "    image: api:1.0\n"
                "    environment:\n"
                "      DATABASE_HOST: db\n"
                "  db:\n"
                "    image: postgres:16\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8080:80\"\n"
                 "  api:\n"
                 "    image: api:1.0\n"
                 "    environment:\n"
                 "      DATABASE_HOST: db\n"
                 "    networks:\n"
                 "      - default\n"
                 "      - backend\n"
                 "  db:\n"
                 "    image: postgres:16\n"
                 "    networks:\n"
                 "      - backend\n"
                 "networks:\n"
                 "  backend:\n"
                 "    internal: true\n"},
        .references = "https://docs.docker.com/reference/compose-file/networks/#internal "
                      "https://docs.docker.com/compose/how-tos/networking/",
    }),
    .checks = {.project = check},
};

}  // namespace oakum::rules
