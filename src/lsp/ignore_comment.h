// Comments that suppress a finding, `# oakum ignore=rule -- reason`, where they can stand.
#pragma once

#include <string>
#include <vector>

#include "lsp/workspace.h"
#include "lsp/workspace_edit.h"

namespace oakum::lsp {

struct Comment {
  std::string title;
  Replacement insertion;
};

class Comments {
 public:
  // Borrows both.
  Comments(const Document& document, const Workspace& workspace) : document_(document), workspace_(workspace) {}

  // One above the statement, and one for the whole file. Each was tried out: with it in the text the finding is
  // suppressed and nothing else is told.
  std::vector<Comment> for_finding(const Finding& finding) const;

 private:
  bool works(const Finding& finding, const Replacement& insertion) const;

  const Document& document_;
  const Workspace& workspace_;
};

}  // namespace oakum::lsp
