// The open documents and what checks said of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lsp/analysis.h"
#include "lsp/diagnostics.h"
#include "lsp/documents.h"
#include "lsp/host.h"
#include "lsp/settings.h"

namespace oakum::lsp {

class Workspace {
 public:
  explicit Workspace(const Host& host) : host_(host) {}

  Documents documents;
  Settings settings;
  std::vector<std::string> roots;  // configuration of what is no file is looked for in the first

  // The text of that name changed: it and all that was read with it is to be checked again. While it is being edited
  // ShellCheck is not asked again (carry.h).
  enum class Change : std::uint8_t { edited, whole };
  void touch(const std::string& name, Change change);
  // Files on disk, or settings, may have changed.
  void touch_all();
  // The document is no longer open.
  void drop(const Document& document);

  // Checks what is to be checked; returns the addresses of those documents.
  std::vector<std::string> settle();

  // As of the last settle(); empty for what is not open.
  const Analysis& analysis(const std::string& uri) const;
  // The findings in this document, its own and those of others that read it, in the order of their places.
  std::vector<Shown> shown(const Document& document) const;

  // How this document is checked, or why it cannot be.
  Result<Setup> setup_for(const Document& document) const;

 private:
  const Host& host_;
  void mark(const std::string& uri, Change change);
  bool judge_with_readers(const Document& document, const std::map<std::string, Change>& settled,
                          const check::Texts& texts);
  // The other open documents that read this one.
  std::vector<const Document*> readers_of(const Document& document) const;
  Analysis analysis_of(const Document& document, const std::vector<const Document*>& readers, const check::Texts& texts,
                       Change change) const;

  std::map<std::string, Analysis> analyses_;            // by uri
  std::map<std::string, std::set<std::string>> reads_;  // by uri: the names of all texts that it alone is read with
  std::map<std::string, Change> dirty_;                 // by uri
};

}  // namespace oakum::lsp
