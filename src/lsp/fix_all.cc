#include "lsp/fix_all.h"

#include <utility>

#include "fix/run/run.h"

namespace oakum::lsp {

std::vector<FileEdits> fix_all(const Document& document, bool unsafe, const Workspace& workspace) {
  std::vector<FileEdits> files;
  const check::FileKind kind = kind_of(document);
  auto setup = workspace.setup_for(document);
  if (!setup || kind == check::FileKind::none) return files;
  const check::Texts texts = workspace.documents.texts();
  fix::Request request;
  request.pending.push_back(pending_of(document, kind));
  request.read = setup->read;
  request.read.texts = &texts;
  request.plan = setup->plan;
  request.plan.shellcheck = false;  // it judges, and edits nothing
  request.options.unsafe = unsafe;
  request.wants = [&](const Finding& finding) { return finding.path == document.name; };
  for (fix::FileChange& file : fix::run(request).files) {
    FileEdits edits{file.path, !file.existed, file.before, {}};
    edits.edits = line_edits(file.before, file.after);
    files.push_back(std::move(edits));
  }
  return files;
}

}  // namespace oakum::lsp
