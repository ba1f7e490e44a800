// What is shown where the pointer rests: the rules behind the findings there, or the rule that a word names.
#pragma once

#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "lsp/client.h"
#include "lsp/host.h"
#include "lsp/position.h"
#include "lsp/workspace.h"

namespace oakum::lsp {

// A Hover, or null.
nlohmann::json hover(const Document& document, const Position& at, const Workspace& workspace, const Client& client,
                     const Host& host);

}  // namespace oakum::lsp
