// One side of a trial: networks, volumes and containers of a project, made, watched and removed.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "trial/client.h"
#include "trial/create_request.h"
#include "trial/images.h"
#include "trial/mounts.h"
#include "trial/project.h"
#include "trial/proof.h"
#include "trial/trial.h"

namespace oakum::trial {

// A container that was made.
struct Running {
  std::string id;
  bool tty = false;
  bool started = false;
  std::string user;  // "uid:gid" or names, as it is told
  bool root = true;  // what it is told to run as; the kernel knows better once it runs
  std::vector<std::string> data_paths;
  std::string working_dir;
};

class SideRun {
 public:
  // `name` tells the sides apart in the engine; `directory` is private to this side and exists.
  SideRun(const Client& client, Images& images, const Options& options, std::string trial, std::string name,
          std::string directory);
  SideRun(const SideRun&) = delete;
  SideRun& operator=(const SideRun&) = delete;
  // Removes all that was made, interrupted or not.
  ~SideRun();

  // `before` is what the other side was seen to do, to know what to wait for; nullptr for the first side. The project
  // and the texts outlive the call. An error only when nothing can be said of the side; a service that does not start
  // is an observation.
  Result<Side> run(const Project& project, const check::Texts& texts, const Side* before);

 private:
  Status make_networks(const Project& project);
  Status start(const Project& project, const check::Texts& texts, std::size_t index);
  Result<std::string> volume(const Project& project, const std::string& name);
  Status create(const Project& project, const Service& service, const check::Texts& texts, const std::string& image,
                std::size_t index);
  Result<MountPlan> mounts_of(const Project& project, const Workload& workload, const check::Texts& texts);
  Result<Placement> placement_of(const Project& project, const Workload& workload, const std::string& image);
  // Without what this machine cannot do at all, if need be.
  Status start_relaxed(net::Json request, const std::vector<NetworkPlace>& networks, std::size_t index);
  Status create_once(const net::Json& request, const std::vector<NetworkPlace>& networks, std::size_t index);
  void await_dependencies(const Project& project, const Service& service);
  std::string network_name(const std::string& network) const { return "oakum-" + trial_ + "-" + name_ + "-" + network; }
  Status remove_all();

  const Client& client_;
  Images& images_;
  const Options& options_;
  std::string trial_, name_, directory_;
  std::vector<std::string> networks_, volumes_;
  std::vector<std::string> containers_;                  // all that were made
  std::map<std::string, std::string, std::less<>> ids_;  // by service
  Side side_;
  std::vector<Running> running_;  // as side_.services
};

}  // namespace oakum::trial
