// The user's own questions to the application: a command in a service's container, a URL.
#pragma once

#include <vector>

#include "trial/client.h"
#include "trial/project.h"
#include "trial/proof.h"
#include "trial/side.h"
#include "trial/trial.h"

namespace oakum::trial {

// The answers go to the observations of the services asked. One that does not pass is asked again for some seconds: an
// application may listen before it answers. Not so where `before` says that it did not pass there either.
void run_probes(const Client& client, const Project& project, const std::vector<Running>& running,
                const Options& options, const Side* before, Side& side);

// A URL as it is asked from this machine: a host that means the service itself becomes `address`, a published port the
// container's.
std::string url_at(const std::string& url, const Workload& workload, const std::string& address);

}  // namespace oakum::trial
