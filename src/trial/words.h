// Splitting text into words as Compose does with a command that is one string: quotes and backslashes as a shell reads
// them, nothing expanded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oakum::trial {

std::vector<std::string> split_words(std::string_view text);

}  // namespace oakum::trial
