// Looking at the containers of a side: what the engine says, what the kernel says, what they logged.
#pragma once

#include <chrono>
#include <vector>

#include "trial/client.h"
#include "trial/project.h"
#include "trial/proof.h"
#include "trial/side.h"
#include "trial/trial.h"

namespace oakum::trial {

// Waits until every service is up (healthy, where it has a check; listening on what it listened on before), has ended
// for good, or time is over; then until nothing has changed for options.settle.
void await_ready(const Client& client, const std::vector<Running>& running, const Options& options, const Side* before,
                 Side& side);

// State, health, exit, ports: what may be asked again and again.
void look(const Client& client, const Running& container, Observation& seen);
// Log, kernel, and what its errors ask for.
void look_closely(const Client& client, const Running& container, Observation& seen);

}  // namespace oakum::trial
