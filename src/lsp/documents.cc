#include "lsp/documents.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/fd.h"
#include "check/compose_override.h"
#include "lsp/json.h"
#include "lsp/uri.h"

namespace oakum::lsp {

namespace {

using check::FileKind;

// What editors call languages that may hold something of ours, and a file name of that kind.
struct Language {
  std::string_view identifier;
  std::string_view name;
};
constexpr auto kLanguages = std::to_array<Language>({
    {"bash", "x.sh"},
    {"docker-compose", "compose.yaml"},
    {"dockercompose", "compose.yaml"},
    {"dockerfile", "Dockerfile"},
    {"make", "Makefile"},
    {"makefile", "Makefile"},
    {"markdown", "x.md"},
    {"sh", "x.sh"},
    {"shellscript", "x.sh"},
    {"systemd", "x.service"},
    {"systemd-unit-file", "x.service"},
    {"yaml", "x.yaml"},
    {"yaml.docker-compose", "compose.yaml"},
    {"zsh", "x.sh"},
});
static_assert(std::ranges::is_sorted(kLanguages, {}, &Language::identifier));

std::string_view name_of_language(std::string_view identifier) {
  const auto* found = std::ranges::lower_bound(kLanguages, identifier, {}, &Language::identifier);
  return found != kLanguages.end() && found->identifier == identifier ? found->name : std::string_view();
}

// What is judged from its own text alone.
FileKind only_texts(FileKind kind) {
  switch (kind) {
    case FileKind::dockerfile:
    case FileKind::compose:
    case FileKind::kubernetes:
    case FileKind::run_lines:
      return kind;
    case FileKind::none:
    case FileKind::unknown:
    case FileKind::kustomization:
    case FileKind::helm_chart:
    case FileKind::inspect:
      break;
  }
  return FileKind::none;
}

bool is_chart_template(std::string_view path) {
  const auto at = path.find("/templates/");
  return at != std::string_view::npos && path_exists(std::string(path.substr(0, at)) + "/Chart.yaml");
}

// One change: an edit of a range, or the whole text.
bool apply(const Json& change, Encoding encoding, std::string& text) {
  const std::string* now = text_at(change, {"text"});
  if (now == nullptr) return false;
  const Json* where = find(change, {"range"});
  if (where == nullptr) {
    text = *now;
  } else {
    const auto range = range_of(where);
    if (!range) return false;
    const TextLines lines(text, encoding);
    const std::size_t begin = lines.offset(range->start);
    text.replace(begin, lines.offset(range->end) - begin, *now);
  }
  return text.size() <= check::kMaxFileBytes;
}

}  // namespace

FileKind kind_of(const Document& document) {
  const bool is_plain = document.language.empty() || document.language == "plaintext" || document.language == "text";
  const std::string_view name = name_of_language(document.language);
  if (document.language == "helm" || (document.is_file && is_chart_template(document.name))) return FileKind::none;
  if (name == "Dockerfile" || name == "compose.yaml") return check::detect(name, document.text, true);
  const FileKind kind = check::detect(document.name, document.text, is_plain);
  if (kind != FileKind::none || name.empty()) return only_texts(kind);
  return only_texts(check::detect(name, document.text, false));
}

check::Pending pending_of(const Document& document, FileKind kind) {
  check::Pending pending;
  pending.kind = kind;
  pending.unit.kind = check::target_kind(kind);
  pending.unit.name = document.name;
  if (!document.is_file) {
    pending.unit.text = document.text;
    return pending;
  }
  pending.unit.paths = {document.name};
  if (kind == FileKind::compose) {
    if (std::string base = check::overridden_by(document.name); !base.empty()) {
      pending.unit.paths = {std::move(base), document.name};
    } else if (std::string second = check::override_of(document.name); !second.empty()) {
      pending.unit.paths.push_back(std::move(second));
    }
  }
  return pending;
}

Document* Documents::open(const Json& params) {
  const std::string* uri = text_at(params, {"textDocument", "uri"});
  const std::string* text = text_at(params, {"textDocument", "text"});
  if (uri == nullptr || text == nullptr || text->size() > check::kMaxFileBytes) return nullptr;
  if (all_.size() >= kMaxDocuments && !all_.contains(*uri)) return nullptr;
  Document document;
  document.uri = *uri;
  document.text = *text;
  if (const std::string* language = text_at(params, {"textDocument", "languageId"})) document.language = *language;
  document.version = number_at(params, {"textDocument", "version"}).value_or(0);
  const auto path = path_of_uri(*uri);
  document.is_file = path.has_value();
  document.name = path ? *path : name_of_uri(*uri);
  return &(all_.insert_or_assign(*uri, std::move(document)).first->second);
}

Document* Documents::change(const Json& params, Encoding encoding) {
  const std::string* uri = text_at(params, {"textDocument", "uri"});
  const auto found = uri == nullptr ? all_.end() : all_.find(*uri);
  if (found == all_.end()) return nullptr;
  const Json* changes = lsp::find(params, {"contentChanges"});
  bool whole = changes != nullptr && changes->is_array();
  for (std::size_t i = 0; whole && i < changes->size(); ++i) whole = apply((*changes)[i], encoding, found->second.text);
  if (!whole) {
    all_.erase(found);
    return nullptr;
  }
  found->second.version = number_at(params, {"textDocument", "version"}).value_or(found->second.version + 1);
  return &found->second;
}

std::optional<Document> Documents::close(const Json& params) {
  const std::string* uri = text_at(params, {"textDocument", "uri"});
  const auto found = uri == nullptr ? all_.end() : all_.find(*uri);
  if (found == all_.end()) return std::nullopt;
  std::optional<Document> closed = std::move(found->second);
  all_.erase(found);
  return closed;
}

const Document* Documents::find(const std::string& uri) const {
  const auto found = all_.find(uri);
  return found == all_.end() ? nullptr : &found->second;
}

const Document* Documents::named(const std::string& name) const {
  const auto found = std::ranges::find_if(all_, [&](const auto& entry) { return entry.second.name == name; });
  return found == all_.end() ? nullptr : &found->second;
}

check::Texts Documents::texts() const {
  check::Texts texts;
  for (const auto& [uri, document] : all_) {
    if (document.is_file) texts.insert_or_assign(document.name, document.text);
  }
  return texts;
}

}  // namespace oakum::lsp
