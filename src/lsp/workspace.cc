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
    if (document.name == name || analysis(uri).named(name) != nullptr) dirty_.insert(uri);
  }
}

void Workspace::touch_all() {
  for (const auto& [uri, document] : documents.all()) dirty_.insert(uri);
}

void Workspace::drop(const Document& document) {
  analyses_.erase(document.uri);
  dirty_.erase(document.uri);
  touch(document.name);
}

std::vector<std::string> Workspace::settle() {
  std::vector<std::string> settled;
  if (dirty_.empty()) return settled;
  const check::Texts texts = documents.texts();
  for (const std::string& uri : std::exchange(dirty_, {})) {
    const Document* document = documents.find(uri);
    if (document == nullptr) continue;
    auto setup = setup_for(*document);
    Analysis& analysis = analyses_[uri];
    if (setup) {
      analysis = analyse(*document, texts, *setup);
    } else {
      analysis = {};
      analysis.errors.push_back(std::move(setup.error()));
    }
    settled.push_back(uri);
  }
  return settled;
}

const Analysis& Workspace::analysis(const std::string& uri) const {
  static const Analysis kNone;
  const auto found = analyses_.find(uri);
  return found == analyses_.end() ? kNone : found->second;
}

std::vector<Shown> Workspace::shown(const Document& document) const {
  std::vector<Shown> shown;
  add_shown(analysis(document.uri), document.name, shown);
  for (const auto& [uri, analysis] : analyses_) {
    if (uri != document.uri) add_shown(analysis, document.name, shown);
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
