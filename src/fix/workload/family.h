// What the remedies of workloads share: the workload, and what its image needs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/kit/answer.h"
#include "fix/kit/image_needs.h"
#include "fix/kit/lookup.h"
#include "fix/kit/remedy.h"
#include "model/workload.h"

namespace oakum::fix::workload {

// The workload that the finding is about. When it is not among the subjects nothing can be planned.
std::expected<const Workload*, Refusal> subject_of(const Finding& finding, const Context& context);

// How many remedies were tried already and did not do.
std::size_t passed_over(const Finding& finding, const Context& context);
Refusal no_other_way(std::string_view by_hand);

bool is_kubernetes(const Workload& workload);
bool is_run_line(const Workload& workload);

// Of a trial run, or of the user; nullptr: nothing was found.
const Needs* found_needs(const Workload& workload, const Context& context);
// Of the image it runs, or the one that its Dockerfile builds on; nullptr: not known.
const ImageNeeds* known_needs(const Workload& workload, const Subjects& subjects);
// Why its host is left to it: that is what its image is for. nullopt: nothing is known of the kind.
std::optional<Refusal> is_for_its_host(const Workload& workload, const Subjects& subjects);
// Do its command, its entrypoint or its variables name that path, or one below it?
bool speaks_of(const Workload& workload, std::string_view path);
// Does a word of its command or entrypoint, or of the script in them, call that program?
bool calls(const Workload& workload, std::string_view program);
// The image that known_needs() looks up.
std::optional<ImageReference> image_of(const Workload& workload, const Subjects& subjects);
// The Dockerfile it is built from, where that was read.
const Dockerfile* dockerfile_of(const Workload& workload, const Subjects& subjects);

// The user that its Dockerfile or its image chooses; "" none, so root; nullopt: not known.
std::optional<std::string> users_choice(const Workload& workload, const Subjects& subjects);
// Does it start as root, by what it states and what its image chooses? What is not known is taken for root.
bool starts_as_root(const Workload& workload, const Subjects& subjects);

// "uid:gid" that it can be started as: found, or of its image; "" not known.
std::string known_user(const Workload& workload, const Context& context);
// Changes that make it start as `user`, where the workload states another or none.
void start_as(const Workload& workload, std::string_view user, std::vector<Change>& changes);

// Does something that keeps its bytes stand at `path`, or above it?
bool is_mounted(const Workload& workload, std::string_view path);

}  // namespace oakum::fix::workload
