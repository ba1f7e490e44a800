#include "lsp/analysis.h"

#include <algorithm>
#include <utility>

#include "check/check.h"
#include "fix/all/plan.h"
#include "lsp/carry.h"

namespace oakum::lsp {

namespace {

void keep_texts(const Subjects& subjects, Analysis& analysis) {
  for (const Source& source : subjects.sources) analysis.sources.emplace(source.number, source);
  for (const Dockerfile& file : subjects.dockerfiles) {
    auto& places = analysis.instructions[file.source];
    for (const Instruction& instruction : file.instructions)
      places.emplace_back(instruction.span.begin, instruction.span.end);
  }
}

// What is carried over is suppressed as everything else is.
void carry(const Analysis& before, check::Plan& plan) {
  plan.shellcheck = false;
  plan.suppress = [&before, suppress = std::move(plan.suppress)](
                      const Subjects& subjects, std::vector<Finding>& findings, std::vector<std::string>& notes) {
    carry_shellcheck(before, subjects, findings);
    if (suppress) suppress(subjects, findings, notes);
  };
}

}  // namespace

const Source* Analysis::named(std::string_view name) const {
  const auto found = std::ranges::find_if(sources, [&](const auto& entry) { return entry.second.name == name; });
  return found == sources.end() ? nullptr : &found->second;
}

Analysis analyse(const Document& document, const std::vector<const Document*>& readers, const check::Texts& texts,
                 const Setup& setup, const Analysis* before) {
  Analysis analysis;
  const check::FileKind kind = kind_of(document);
  if (kind == check::FileKind::none) return analysis;
  check::ReadOptions read = setup.read;
  read.texts = &texts;
  check::Plan plan = setup.plan;
  plan.fix = [&analysis](const Subjects& subjects, std::vector<Finding>& findings) {
    const fix::Options options;
    fix::plan_all(findings, {subjects, options});
    keep_texts(subjects, analysis);
  };
  plan.threads = 1;  // `fix` writes to one place
  if (before != nullptr) carry(*before, plan);
  std::vector<check::Pending> pending;
  pending.push_back(pending_of(document, kind));
  for (const Document* reader : readers) pending.push_back(pending_of(*reader, kind_of(*reader)));
  analysis.together = !readers.empty();
  for (Target& target : check::run(std::move(pending), read, plan)) {
    if (target.name != document.name) continue;
    std::erase_if(target.findings, [](const Finding& finding) { return finding.suppressed.has_value(); });
    std::ranges::move(target.findings, std::back_inserter(analysis.findings));
    std::ranges::move(target.not_evaluated, std::back_inserter(analysis.not_evaluated));
    std::ranges::move(target.errors, std::back_inserter(analysis.errors));
    std::ranges::move(target.notes, std::back_inserter(analysis.notes));
  }
  if (setup.complaints) analysis.complaints = setup.complaints();
  return analysis;
}

}  // namespace oakum::lsp
