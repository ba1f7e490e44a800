#include "lsp/workspace.h"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

namespace oakum::lsp {

namespace {

// Findings are the same when the same rule says the same of the same bytes.
auto key_of(const Shown& shown) {
  const Finding& finding = *shown.finding;
  return std::tuple(finding.origin.span.begin, finding.origin.span.end, std::string_view(finding.rule),
                    std::string_view(finding.message));
}

void add_shown(const Analysis& analysis, const std::string& name, std::vector<Shown>& shown) {
  for (const Finding& finding : analysis.findings) {
    if (finding.path == name) shown.push_back({&finding, &analysis});
  }
}

}  // namespace

void Workspace::touch(const std::string& name, Change change) {
  for (const auto& [uri, document] : documents.all()) {
    const auto reads = reads_.find(uri);
    if (document.name == name || (reads != reads_.end() && reads->second.contains(name))) mark(uri, change);
  }
}

void Workspace::mark(const std::string& uri, Change change) {
  Change& now = dirty_.try_emplace(uri, change).first->second;
  now = std::max(now, change);
}

void Workspace::touch_all() {
  for (const auto& [uri, document] : documents.all()) mark(uri, Change::whole);
}

void Workspace::drop(const Document& document) {
  analyses_.erase(document.uri);
  reads_.erase(document.uri);
  dirty_.erase(document.uri);
  touch(document.name, Change::whole);
  for (const auto& [uri, analysis] : analyses_) {
    if (analysis.together) mark(uri, Change::whole);
  }
}

std::vector<const Document*> Workspace::readers_of(const Document& document) const {
  std::vector<const Document*> readers;
  for (const auto& [uri, other] : documents.all()) {
    const auto reads = reads_.find(uri);
    if (uri != document.uri && reads != reads_.end() && reads->second.contains(document.name))
      readers.push_back(&other);
  }
  return readers;
}

Analysis Workspace::analysis_of(const Document& document, const std::vector<const Document*>& readers,
                                const check::Texts& texts, Change change) const {
  auto setup = setup_for(document);
  if (setup)
    return analyse(document, readers, texts, *setup, change == Change::edited ? &analysis(document.uri) : nullptr);
  Analysis analysis;
  analysis.errors.push_back(std::move(setup.error()));
  return analysis;
}

std::vector<std::string> Workspace::settle() {
  if (dirty_.empty()) return {};
  const check::Texts texts = documents.texts();
  const std::map<std::string, Change> settled = std::exchange(dirty_, {});
  std::set<std::string> done;
  for (const auto& [uri, change] : settled) {
    const Document* document = documents.find(uri);
    if (document == nullptr) continue;
    analyses_[uri] = analysis_of(*document, {}, texts, change);
    std::set<std::string>& reads = reads_[uri];
    reads.clear();
    for (const auto& [number, source] : analysis(uri).sources) reads.insert(source.name);
    done.insert(uri);
  }
  for (const auto& [uri, document] : documents.all()) {
    if (judge_with_readers(document, settled, texts)) done.insert(uri);
  }
  return {done.begin(), done.end()};
}

// Once it is known who reads whom. What was said while it was judged alone holds no longer.
bool Workspace::judge_with_readers(const Document& document, const std::map<std::string, Change>& settled,
                                   const check::Texts& texts) {
  const auto readers = readers_of(document);
  const bool concerned = settled.contains(document.uri) || std::ranges::any_of(readers, [&](const Document* reader) {
                           return settled.contains(reader->uri);
                         });
  const bool left = analysis(document.uri).together && readers.empty();
  if (!left && (readers.empty() || !concerned)) return false;
  // ShellCheck was asked just now, or need not be.
  analyses_[document.uri] = analysis_of(document, readers, texts, Change::edited);
  return true;
}

const Analysis& Workspace::analysis(const std::string& uri) const {
  static const Analysis kNone;
  const auto found = analyses_.find(uri);
  return found == analyses_.end() ? kNone : found->second;
}

std::vector<Shown> Workspace::shown(const Document& document) const {
  std::vector<Shown> shown;
  const Analysis& own = analysis(document.uri);
  add_shown(own, document.name, shown);
  for (const auto& [uri, analysis] : analyses_) {
    if (uri != document.uri && !own.together) add_shown(analysis, document.name, shown);
  }
  // Of equal ones the document's own comes first, and stays.
  std::ranges::stable_sort(shown, {}, key_of);
  const auto rest = std::ranges::unique(shown, {}, key_of);
  shown.erase(rest.begin(), rest.end());
  return shown;
}

Result<Setup> Workspace::setup_for(const Document& document) const {
  if (document.is_file) return host_.prepare(std::filesystem::path(document.name).parent_path().string(), settings);
  return host_.prepare(roots.empty() ? "" : roots.front(), settings);
}

}  // namespace oakum::lsp
