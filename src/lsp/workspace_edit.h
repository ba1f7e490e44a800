// Changes of texts as a client takes them. LSP 3.17, "WorkspaceEdit".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "lsp/analysis.h"
#include "lsp/client.h"
#include "lsp/documents.h"
#include "model/edit.h"

namespace oakum::lsp {

// The bytes [begin, end) become `text`.
struct Replacement {
  std::size_t begin = 0, end = 0;
  std::string text;
  bool operator==(const Replacement&) const = default;
};

struct FileEdits {
  std::string name;                // path, or what stands for it
  bool create = false;             // is to be made; `edits` then is one insertion
  std::string before;              // the text that `edits` belong to
  std::vector<Replacement> edits;  // in the order of their places; none overlap
};

// Whole lines, as few as a diff finds, that make `before` into `after`.
std::vector<Replacement> line_edits(std::string_view before, std::string_view after);

// A planned fix, file by file; nullopt: a text is not at hand.
std::optional<std::vector<FileEdits>> file_edits(const PlannedFix& plan, const Analysis& analysis);

// nullopt: this client cannot do it (make files), or a file is to be made for a document that is none.
std::optional<nlohmann::json> workspace_edit(const std::vector<FileEdits>& files, const Documents& documents,
                                             const Client& client);

}  // namespace oakum::lsp
