// Code actions: what can be done about findings. LSP 3.17, "Code Action Request".
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "lsp/client.h"
#include "lsp/host.h"
#include "lsp/position.h"
#include "lsp/workspace.h"

namespace oakum::lsp {

inline constexpr const char* kFixAll = "source.fixAll.oakum";
inline constexpr const char* kFixAllUnsafe = "source.fixAll.oakum.unsafe";

// For the place: quick fixes and comments that suppress; for the document: fix all. `context` is the request's. What
// may change behaviour is never among what "source.fixAll" asks for.
nlohmann::json code_actions(const Document& document, const Range& range, const nlohmann::json& context,
                            const Workspace& workspace, const Client& client);

// The action with its edit, which took longer to work out; as it came, when there is nothing to change (any more).
nlohmann::json resolved(const nlohmann::json& action, const Workspace& workspace, const Client& client);

}  // namespace oakum::lsp
