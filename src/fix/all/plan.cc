#include "fix/all/plan.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "fix/build/table.h"
#include "fix/kit/diff.h"
#include "fix/kit/lookup.h"
#include "fix/kit/text.h"
#include "fix/kubernetes/table.h"
#include "fix/workload/table.h"
#include "fix/write/write.h"

namespace oakum::fix {

namespace {

const Remedy* find_in(std::span<const Remedy* const> table, std::string_view rule) {
  const auto found = std::ranges::lower_bound(table, rule, {}, [](const Remedy* remedy) { return remedy->rule; });
  return found != table.end() && (*found)->rule == rule ? *found : nullptr;
}

// Editors and reports count code points where spans count bytes.
std::uint32_t character_of(std::string_view text, std::size_t at) {
  std::uint32_t column = 1;
  for (std::size_t i = line_begin(text, at); i < at; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++column;
  }
  return column;
}

using Edits = std::expected<std::vector<Edit>, Refusal>;

Edits all_edits(const Finding& finding, const Context& context, Answer& answer) {
  std::vector<Edit> edits = std::move(answer.edits);
  if (!answer.changes.empty()) {
    const Workload* workload = workload_of(finding, context.subjects);
    if (workload == nullptr) return refuse("what it is about is not among what was read");
    Written written = write(context.subjects, *context.texts, *workload, answer.changes);
    if (!written) return std::unexpected(std::move(written.error()));
    std::ranges::move(*written, std::back_inserter(edits));
  }
  if (edits.empty()) return refuse("there is nothing to edit");
  for (Edit& edit : edits) {
    if (!edit.new_file.empty()) {
      edit.path = edit.new_file;
      continue;
    }
    const Source* source = context.subjects.source(edit.source);
    if (source == nullptr) return refuse("its text is not at hand");
    if (source->derived)
      return refuse("\"" + source->name + "\" was made by another program: change what it is made from");
    if (edit.span.end > source->text.size()) return refuse("its place is not in the text");
    edit.path = source->name;
    edit.span.column = character_of(source->text, edit.span.begin);
    edit.span.end_column = character_of(source->text, edit.span.end);
  }
  std::ranges::stable_sort(edits, {}, [](const Edit& edit) { return std::pair(edit.path, edit.span.begin); });
  return edits;
}

// One file's part of the patch.
std::expected<std::string, Refusal> patch_of(const Subjects& subjects, std::vector<Edit> edits) {
  const Edit& first = edits.front();
  if (!first.new_file.empty()) return unified_diff(first.path, {}, first.text, false);
  const std::string path = first.path;
  const std::string& before = subjects.source(first.source)->text;
  const auto after = apply_edits(before, std::move(edits));
  if (!after) return refuse(after.error().message());
  return unified_diff(path, before, *after);
}

std::expected<std::string, Refusal> whole_patch(const Subjects& subjects, const std::vector<Edit>& edits) {
  std::string patch;
  for (auto at = edits.begin(); at != edits.end();) {
    const auto end = std::find_if(at, edits.end(), [&](const Edit& edit) { return edit.path != at->path; });
    auto part = patch_of(subjects, {at, end});
    if (!part) return part;
    patch += *part;
    at = end;
  }
  if (patch.empty()) return refuse("it is so already");
  return patch;
}

PlannedFix work_out(const Remedy& remedy, Finding& finding, const Context& context) {
  PlannedFix fix;
  Planned answer = remedy.plan(finding, context);
  if (!answer) {
    fix.refused = std::move(answer.error().why);
    return fix;
  }
  if (answer->safety) finding.fix.safety = *answer->safety;
  fix.note = std::move(answer->note);
  fix.secret = answer->secret;
  Edits edits = all_edits(finding, context, *answer);
  auto patch = edits ? whole_patch(context.subjects, *edits) : std::unexpected(edits.error());
  if (!patch) {
    fix.refused = std::move(patch.error().why);
    return fix;
  }
  fix.edits = std::move(*edits);
  fix.patch = std::move(*patch);
  return fix;
}

}  // namespace

const Remedy* find_remedy(std::string_view rule, Surface surface) {
  if (surface == Surface::dockerfile) return find_in(build_remedies(), rule);
  const Remedy* remedy = find_in(workload_remedies(), rule);
  return remedy == nullptr && surface == Surface::kubernetes ? find_in(kubernetes_remedies(), rule) : remedy;
}

void plan(Finding& finding, const Context& context) {
  const Remedy* remedy = find_remedy(finding.rule, finding.origin.surface);
  if (remedy == nullptr) return;
  finding.fix.plan = std::make_shared<const PlannedFix>(work_out(*remedy, finding, context));
}

void plan_all(std::vector<Finding>& findings, const Context& context) {
  std::size_t budget = kMaxPlannedBytes;
  for (Finding& finding : findings) {
    if (finding.suppressed || find_remedy(finding.rule, finding.origin.surface) == nullptr) continue;
    const Source* source = context.subjects.source(finding.origin.source);
    const std::size_t cost = source == nullptr ? 0 : source->text.size();
    if (cost > budget) {
      PlannedFix late;
      late.refused = "it was not worked out: this text has too many findings for one pass";
      finding.fix.plan = std::make_shared<const PlannedFix>(std::move(late));
      continue;
    }
    budget -= cost;
    plan(finding, context);
  }
}

}  // namespace oakum::fix
