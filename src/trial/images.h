// The images of a trial: built once for the same input, pulled when the engine has none of the name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "trial/client.h"
#include "trial/project.h"

namespace oakum::trial {

class Images {
 public:
  Images(const Client& client, std::string trial) : client_(client), trial_(std::move(trial)) {}

  // The id of the service's image. `notes` gets what was built otherwise than stated. Pulled images stay: the engine
  // would fetch them for the project itself.
  Result<std::string> image_of(const Project& project, const Service& service, const check::Texts& texts,
                               std::vector<std::string>& notes);
  double seconds() const { return seconds_; }  // spent on building and pulling

 private:
  Result<std::string> build(const Project& project, const Service& service, const check::Texts& texts,
                            std::vector<std::string>& notes);
  Result<std::string> find_or_pull(const std::string& name);

  const Client& client_;
  std::string trial_;
  std::map<std::string, std::string> built_;  // digest of the input → id
  double seconds_ = 0;
};

}  // namespace oakum::trial
