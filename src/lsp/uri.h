// Addresses of documents (RFC 3986, RFC 8089) and paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oakum::lsp {

// The normal form of the absolute path that a file: address of this machine names; nullopt for all others.
std::optional<std::string> path_of_uri(std::string_view uri);
std::string uri_of_path(std::string_view path);

// What stands for the path of a document that is no file ("untitled:Untitled-1"): in a directory that is not there, so
// that nothing is looked for beside it.
std::string name_of_uri(std::string_view uri);

}  // namespace oakum::lsp
