// The steps of an image's history as rules about RUN look at them.
#pragma once

#include <string_view>
#include <vector>

#include "model/image_facts.h"

namespace oakum::image {

// ImageFacts::build of these steps. Scripts for other shells than POSIX's (cmd, PowerShell) are not read.
Dockerfile build_of(std::string_view image, const std::vector<HistoryStep>& history);

}  // namespace oakum::image
