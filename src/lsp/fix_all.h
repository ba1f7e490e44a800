// All fixes of a document at once, in passes, each judged again before it is taken: as `oakum fix` does.
#pragma once

#include <vector>

#include "lsp/workspace.h"
#include "lsp/workspace_edit.h"

namespace oakum::lsp {

// Empty: nothing can be fixed.
std::vector<FileEdits> fix_all(const Document& document, bool unsafe, const Workspace& workspace);

}  // namespace oakum::lsp
