#include "lsp/ignore_comment.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"

namespace oakum::lsp {

namespace {

constexpr std::string_view kShellcheck = "shellcheck";

// ShellCheck's findings go by its numbers.
std::string_view name_of(const Finding& finding) {
  if (finding.rule != kShellcheck || finding.aliases.empty()) return finding.rule;
  return finding.aliases.front();
}

// Where the statement that holds the place begins: an instruction with all its lines, else the line itself.
std::size_t statement_begin(const Finding& finding, const Analysis& analysis) {
  const std::size_t at = finding.origin.span.begin;
  const auto places = analysis.instructions.find(finding.origin.source);
  if (places == analysis.instructions.end()) return at;
  for (const auto& [begin, end] : places->second) {
    if (begin <= at && at <= end) return begin;
  }
  return at;
}

Replacement above(std::string_view text, std::size_t at, const std::string& comment) {
  const std::size_t begin = fix::line_begin(text, at);
  return {begin, begin, std::string(fix::indent_at(text, at)) + comment + std::string(fix::line_end_of(text))};
}

// Behind a byte order mark, the program's line and what a builder wants to stand first: "# syntax=", "# escape=".
Replacement on_top(std::string_view text, const std::string& comment) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size() && text[at] == '#') {
    const std::size_t end = fix::line_end(text, at);
    const std::string_view line = text.substr(at, end - at);
    if (!line.starts_with("#!") && line.find('=') == std::string_view::npos) break;
    if (!line.ends_with('\n')) break;
    at = end;
  }
  return {at, at, comment + std::string(fix::line_end_of(text))};
}

// Of the finding's rule in its file, and of all.
struct Counts {
  std::size_t same = 0, all = 0;
};
Counts counts(const Analysis& analysis, const Finding& finding, bool shellcheck) {
  Counts counts;
  for (const Finding& other : analysis.findings) {
    if (other.rule == kShellcheck && !shellcheck) continue;
    ++counts.all;
    if (other.rule == finding.rule && other.path == finding.path) ++counts.same;
  }
  return counts;
}

}  // namespace

bool Comments::works(const Finding& finding, const Replacement& insertion) const {
  auto setup = workspace_.setup_for(document_);
  if (!setup) return false;
  Document changed = document_;
  changed.text.insert(insertion.begin, insertion.text);
  check::Texts texts = workspace_.documents.texts();
  if (changed.is_file) texts.insert_or_assign(changed.name, changed.text);
  // Asking the program takes longer than all the rest: only where it is its finding.
  const bool shellcheck = finding.rule == kShellcheck;
  if (!shellcheck) setup->plan.shellcheck = false;
  const Analysis& before = workspace_.analysis(document_.uri);
  const Analysis after = analyse(changed, {}, texts, *setup);
  const Counts old_counts = counts(before, finding, shellcheck), new_counts = counts(after, finding, shellcheck);
  return new_counts.same < old_counts.same && new_counts.all < old_counts.all &&
         after.errors.size() <= before.errors.size() && after.notes.size() <= before.notes.size();
}

std::vector<Comment> Comments::for_finding(const Finding& finding) const {
  const std::string name(name_of(finding));
  const std::string_view text = document_.text;
  std::vector<Comment> comments;
  Replacement here = above(text, statement_begin(finding, workspace_.analysis(document_.uri)),
                           "# oakum ignore=" + name + " -- reason");
  if (finding.origin.span.line != 0 && works(finding, here))
    comments.push_back({"oakum: ignore " + name + " here", std::move(here)});
  Replacement whole = on_top(text, "# oakum ignore-file=" + name + " -- reason");
  if (works(finding, whole)) comments.push_back({"oakum: ignore " + name + " in this file", std::move(whole)});
  return comments;
}

}  // namespace oakum::lsp
