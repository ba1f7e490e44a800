// Numbers and words as the surfaces write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/shell_words.h"
#include "model/units.h"
#include "model/workload.h"

namespace oakum::convert {

std::optional<std::int64_t> size_of(std::string_view text);  // "64m", "64Mi", "1000"; nullopt for what is no size

// "1m30s" in seconds, rounded up; nullopt for what is no duration.
std::optional<std::int64_t> seconds_of(std::string_view duration);

// Of an emptyDir in memory with a size at /dev/shm; "" when there is none.
std::string shared_memory_of_pod(const Workload& workload);

// "source:target:ro,Z" with these more modes; the target alone of an anonymous volume.
std::string short_mount(const Mount& mount, const std::vector<std::string_view>& more);

// "a=1,b" of options; a comma or quote in one is quoted as CSV.
std::string option_text(const KeyValue& option);

}  // namespace oakum::convert
