// libfyaml 0.7 misreads a block scalar without content, which YAML 1.2.2 (section 8.1.1.1) has:
//
//     description: |
//     privileged: true
//
// It takes the keys or items that follow at the same indentation for its text, which would hide them from whoever
// judges the file. With an indentation indicator it reads the same right.
#pragma once

#include <cstddef>
#include <string_view>

#include "yaml/events.h"

namespace oakum::yaml {

// Is the text of this block scalar (an event of EventReader) made of lines that are not its own? `holder` is the offset
// in `text` of the key whose value it is, or of the list that it is an item of.
bool is_misread_block(std::string_view text, const Event& event, std::size_t holder);

}  // namespace oakum::yaml
