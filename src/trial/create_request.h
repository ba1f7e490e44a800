// A workload as a request to create a container (POST /containers/create, API 1.41), for a trial: as it is stated, but
// that nothing of it reaches out. What differs from what is stated is told:
//   - no port is published, and networks lead nowhere;
//   - it is restarted three times at most, under whatever policy restarts it at all;
//   - health is asked for every second, as often as to last as long;
//   - logs go where the engine gives them back;
//   - container_name, scale, platform, GPUs and cgroup_parent are left out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/workload.h"
#include "net/json.h"

namespace oakum::trial {

struct NetworkPlace {
  std::string name;
  std::vector<std::string> aliases;
};

// Where the container is put.
struct Placement {
  std::string trial;                                            // id, for the label
  std::string service;                                          // its name
  std::string image;                                            // id, or name
  std::vector<NetworkPlace> networks;                           // it is created in the first one
  std::string network_mode;                                     // without any
  std::map<std::string, std::string, std::less<>> containers;   // ids of services that were started before
  net::Json mounts = net::Json::array();                        // of HostConfig.Mounts
  net::Json tmpfs = net::Json::object();                        // of HostConfig.Tmpfs
  std::map<std::string, std::string, std::less<>> environment;  // for variables that come from the shell
  bool image_has_check = false;                                 // its image states a health check
  std::string seccomp_profile;                                  // text of a custom profile
};

struct CreateRequest {
  net::Json body;
  std::vector<std::string> not_as_stated;
};

CreateRequest create_request(const Workload& workload, const Placement& placement);

// The parts of it.
net::Json security_options(const Workload& workload, const Placement& placement, std::vector<std::string>& notes);
void add_privilege(const Workload& workload, const Placement& placement, net::Json& host,
                   std::vector<std::string>& notes);
void add_limits(const Workload& workload, net::Json& host);
// Null when there is nothing to ask.
net::Json health_of(const Workload& workload, bool image_has_check);

}  // namespace oakum::trial
