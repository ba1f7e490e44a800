// What a check says of one document, kept until the document or what it was read with changes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/context.h"
#include "lsp/documents.h"
#include "lsp/host.h"
#include "model/finding.h"
#include "model/origin.h"

namespace oakum::lsp {

struct Analysis {
  std::vector<Finding> findings;  // with their fixes; suppressed ones are left out; some are in other files
  std::vector<NotEvaluated> not_evaluated;
  std::vector<Error> errors;
  std::vector<std::string> notes;
  std::map<std::uint32_t, Source> sources;  // all texts that were read, by number
  // Of Dockerfiles, by source: the first and the last byte's end of each instruction.
  std::map<std::uint32_t, std::vector<std::pair<std::size_t, std::size_t>>> instructions;
  std::vector<Error> complaints;  // about configuration files
  bool together = false;          // judged with the documents that read it: what they say of it is among the findings

  // The text read under that name; nullptr: none was.
  const Source* named(std::string_view name) const;
};

// `texts` stands for the files of its paths. A document of no kind of ours has an empty analysis. `readers` are others
// that are read with it (Compose files that build a Dockerfile), so that what they say of it is told once, and what one
// reading refutes not at all.
// With `before`, ShellCheck is not asked, and what it said then of instructions that still stand is told again.
Analysis analyse(const Document& document, const std::vector<const Document*>& readers, const check::Texts& texts,
                 const Setup& setup, const Analysis* before = nullptr);

}  // namespace oakum::lsp
