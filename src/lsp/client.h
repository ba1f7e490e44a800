// What the client at the other end can do: its answer decides the shape of ours. LSP 3.17, "ClientCapabilities".
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "lsp/position.h"

namespace oakum::lsp {

struct Client {
  Encoding encoding = Encoding::utf16;
  bool related = false;           // diagnostics: related places
  bool tags = false;              // … tags
  bool code_description = false;  // … an address behind the code
  bool data = false;              // … data
  bool markdown = false;          // hover
  bool action_literals = false;   // code actions; without that only commands, of which there are none
  bool preferred = false;
  bool resolves_edit = false;  // asks for an action's edit when it is chosen
  bool document_changes = false;
  bool creates_files = false;
  bool configuration = false;      // can be asked for settings
  bool watches = false;            // can be asked to watch files
  std::vector<std::string> roots;  // paths of its folders, the first being the main one
};

// From the parameters of `initialize`; what is missing cannot be done.
Client client_of(const nlohmann::json& params);

// "capabilities" and "serverInfo".
nlohmann::json initialize_result(const Client& client, const std::string& version);

}  // namespace oakum::lsp
