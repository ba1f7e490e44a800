// Which files the client is asked to watch.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace oakum::lsp {

// Parameters of client/registerCapability.
nlohmann::json watch_registration();

}  // namespace oakum::lsp
