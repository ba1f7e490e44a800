// The texts that are open in the editor: they stand for the files of their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "check/check.h"
#include "check/context.h"
#include "check/detect.h"
#include "lsp/position.h"

namespace oakum::lsp {

inline constexpr std::size_t kMaxDocuments = 4096;

struct Document {
  std::string uri;       // as the client writes it
  std::string language;  // its identifier of the language
  std::string name;      // path, or for what is no file what stands for one
  bool is_file = false;
  std::int64_t version = 0;
  std::string text;
};

// What it is to oakum; `none` for what is judged otherwise than from its text (kustomizations, charts) too.
check::FileKind kind_of(const Document& document);

// As one thing to check: a Compose file with the file that overrides it.
check::Pending pending_of(const Document& document, check::FileKind kind);

class Documents {
 public:
  // The parameters of the notifications. Return the document, or nullptr when there is nothing that could be done: the
  // parameters are malformed, the document is not open, or a limit (kMaxDocuments, check::kMaxFileBytes) is reached.
  Document* open(const nlohmann::json& params);
  // Changes that cannot be made close the document: what it is at the client is no longer known.
  Document* change(const nlohmann::json& params, Encoding encoding);
  // The document as it was.
  std::optional<Document> close(const nlohmann::json& params);

  const Document* find(const std::string& uri) const;
  const Document* named(const std::string& name) const;  // by path
  const std::map<std::string, Document>& all() const { return all_; }
  // Of all files among them, by path.
  check::Texts texts() const;

 private:
  std::map<std::string, Document> all_;  // by uri
};

}  // namespace oakum::lsp
