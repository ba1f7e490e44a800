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

void Workspace::touch(const std::string& name) {
  for (const auto& [uri, document] : documents.all()) {
    const auto reads = reads_.find(uri);
    if (document.name == name || (reads != reads_.end() && reads->second.contains(name))) dirty_.insert(uri);
  }
}

void Workspace::touch_all() {
  for (const auto& [uri, document] : documents.all()) dirty_.insert(uri);
}

void Workspace::drop(const Document& document) {
  analyses_.erase(document.uri);
  reads_.erase(document.uri);
  dirty_.erase(document.uri);
  touch(document.name);
  for (const auto& [uri, analysis] : analyses_) {
    if (analysis.together) dirty_.insert(uri);
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
                                const check::Texts& texts) const {
  auto setup = setup_for(document);
  if (setup) return analyse(document, readers, texts, *setup);
  Analysis analysis;
  analysis.errors.push_back(std::move(setup.error()));
  return analysis;
}

std::vector<std::string> Workspace::settle() {
  if (dirty_.empty()) return {};
  const check::Texts texts = documents.texts();
  std::set<std::string> settled;
  for (const std::string& uri : std::exchange(dirty_, {})) {
    const Document* document = documents.find(uri);
    if (document == nullptr) continue;
    Analysis& analysis = analyses_[uri];
    analysis = analysis_of(*document, {}, texts);
    std::set<std::string>& reads = reads_[uri];
    reads.clear();
    for (const auto& [number, source] : analysis.sources) reads.insert(source.name);
    settled.insert(uri);
  }
  // Now that it is known who reads whom.
  std::set<std::string> again;
  for (const auto& [uri, document] : documents.all()) {
    const auto readers = readers_of(document);
    const bool concerned = settled.contains(uri) || std::ranges::any_of(readers, [&](const Document* reader) {
                             return settled.contains(reader->uri);
                           });
    const bool left = analysis(uri).together && readers.empty();
    if ((readers.empty() || !concerned) && !left) continue;
    analyses_[uri] = analysis_of(document, readers, texts);
    again.insert(uri);
  }
  settled.merge(again);
  return {settled.begin(), settled.end()};
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
