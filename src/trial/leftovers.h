// What trials made, found by its label; and directories, by their name.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trial/client.h"

namespace oakum::trial {

struct Removed {
  std::vector<std::string> gone;  // "container 1f2e3d…"
  std::vector<std::string> left;  // with the engine's reason
};

// Containers (with their anonymous volumes), networks, volumes, images of the trials that `is_meant` says yes to.
Removed remove_labelled(const Client& client, const std::function<bool(std::string_view id)>& is_meant);

// Directories of trials whose process has ended.
void remove_abandoned_directories(Removed& removed);

}  // namespace oakum::trial
