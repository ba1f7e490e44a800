// The .dockerignore of a build context.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// Lines for what is to be left out: behind what stands in the file, or as a new one. Refused where the context is not
// known, or where it is a file that may be no .dockerignore of this Dockerfile alone.
std::expected<Edit, Refusal> ignore(const Place& place, const std::vector<std::string>& patterns,
                                    const Context& context);

// Does the Dockerfile copy exactly that path, or something below it, by name?
bool is_copied_by_name(const Dockerfile& file, std::string_view path);

}  // namespace oakum::fix::build
