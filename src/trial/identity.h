// Whose trial it is: an id that tells whether the process that made something is still there.
#pragma once

#include <string>
#include <string_view>

namespace oakum::trial {

inline constexpr const char* kLabel = "oakum.trial";

// "BOOT-PIDNS-PID-START": the machine's boot, the pid namespace, the process and its start.
std::string own_trial_id();

// True when `id` was made on this machine (since its boot, in this pid namespace) by a process that has ended. False
// for what this machine cannot know.
bool is_abandoned(std::string_view id);

// Where directories of trials are made: TMPDIR or /tmp.
std::string trial_directory_root();
inline constexpr const char* kDirectoryPrefix = "oakum-trial-";

}  // namespace oakum::trial
