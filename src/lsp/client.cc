#include "lsp/client.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include <nlohmann/json.hpp>

#include "lsp/json.h"
#include "lsp/uri.h"

namespace oakum::lsp {

namespace {

bool flag(const Json& from, std::initializer_list<std::string_view> path) {
  const Json* value = find(from, path);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

bool has(const Json& from, std::initializer_list<std::string_view> path) {
  const Json* value = find(from, path);
  return value != nullptr && !value->is_null();
}

bool lists(const Json& from, std::initializer_list<std::string_view> path, std::string_view word) {
  const Json* value = find(from, path);
  return value != nullptr && value->is_array() &&
         std::ranges::any_of(*value, [&](const Json& item) { return item.is_string() && item == word; });
}

void add_root(const Json* uri, Client& client) {
  if (uri == nullptr || !uri->is_string()) return;
  if (auto path = path_of_uri(uri->get_ref<const std::string&>())) client.roots.push_back(std::move(*path));
}

}  // namespace

Client client_of(const Json& params) {
  Client client;
  if (lists(params, {"capabilities", "general", "positionEncodings"}, "utf-8")) client.encoding = Encoding::utf8;
  const Json* document = find(params, {"capabilities", "textDocument"});
  if (document != nullptr) {
    client.related = flag(*document, {"publishDiagnostics", "relatedInformation"});
    client.tags = has(*document, {"publishDiagnostics", "tagSupport"});
    client.code_description = flag(*document, {"publishDiagnostics", "codeDescriptionSupport"});
    client.data = flag(*document, {"publishDiagnostics", "dataSupport"});
    client.markdown = lists(*document, {"hover", "contentFormat"}, "markdown");
    client.action_literals = has(*document, {"codeAction", "codeActionLiteralSupport"});
    client.preferred = flag(*document, {"codeAction", "isPreferredSupport"});
    client.resolves_edit = flag(*document, {"codeAction", "dataSupport"}) &&
                           lists(*document, {"codeAction", "resolveSupport", "properties"}, "edit");
  }
  const Json* workspace = find(params, {"capabilities", "workspace"});
  if (workspace != nullptr) {
    client.document_changes = flag(*workspace, {"workspaceEdit", "documentChanges"});
    client.creates_files =
        client.document_changes && lists(*workspace, {"workspaceEdit", "resourceOperations"}, "create");
    client.configuration = flag(*workspace, {"configuration"});
    client.watches = flag(*workspace, {"didChangeWatchedFiles", "dynamicRegistration"});
  }
  const Json* folders = find(params, {"workspaceFolders"});
  if (folders != nullptr && folders->is_array()) {
    for (const Json& folder : *folders) add_root(find(folder, {"uri"}), client);
  }
  if (client.roots.empty()) add_root(find(params, {"rootUri"}), client);
  return client;
}

Json initialize_result(const Client& client, const std::string& version) {
  Json capabilities = {
      {"positionEncoding", to_string(client.encoding)},
      // 2: changes come as edits.
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"codeActionProvider",
       {{"codeActionKinds", {"quickfix", "source.fixAll.oakum", "source.fixAll.oakum.unsafe"}},
        {"resolveProvider", true}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", false}}}}},
  };
  return {{"capabilities", std::move(capabilities)}, {"serverInfo", {{"name", "oakum"}, {"version", version}}}};
}

}  // namespace oakum::lsp
