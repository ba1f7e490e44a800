// What a service says of whom it talks to.
#pragma once

#include <string_view>
#include <vector>

#include "model/subjects.h"

namespace oakum {

// The texts in which it may name other hosts: values, commands, health check, the contents of configs, and what its
// Dockerfile sets. Views into the subjects.
std::vector<std::string_view> spoken_texts(const Workload& service, const ComposeProject& project,
                                           const Subjects& subjects);

// Is the address of a back end in a value that is not here to read: a variable's, or an env_file's?
bool hides_an_address(const Workload& service);

}  // namespace oakum
