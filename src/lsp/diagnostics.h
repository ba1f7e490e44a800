// Findings as diagnostics. LSP 3.17, "Diagnostic".
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "lsp/analysis.h"
#include "lsp/client.h"
#include "lsp/documents.h"
#include "lsp/position.h"
#include "model/finding.h"

namespace oakum::lsp {

// What is shown at one document: its findings, and those that other open documents brought.
struct Shown {
  const Finding* finding = nullptr;
  const Analysis* analysis = nullptr;  // that it came from
};

// Where it is shown: its first line only, so that no half of a file is underlined.
Range place_of(const Span& span, const TextLines& lines);

// The same file under the same address as the client knows it by, where it is open.
std::string uri_of(const std::string& name, const Documents& documents);

nlohmann::json diagnostic_of(const Shown& shown, const TextLines& lines, const Documents& documents,
                             const Client& client);

// What could not be read, notes, and (`not_evaluated`) what could not be judged in this very document.
void add_others(const Document& document, const Analysis& analysis, const TextLines& lines, bool not_evaluated,
                nlohmann::json& diagnostics);

}  // namespace oakum::lsp
