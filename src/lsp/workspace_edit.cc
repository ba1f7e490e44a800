#include "lsp/workspace_edit.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "fix/kit/diff.h"
#include "lsp/diagnostics.h"
#include "lsp/json.h"
#include "lsp/position.h"

namespace oakum::lsp {

namespace {

// Reads the hunks of a unified diff back as replacements of whole lines.
class Hunks {
 public:
  explicit Hunks(std::string_view before) : starts_{0} {
    for (std::size_t at = before.find('\n'); at != std::string_view::npos; at = before.find('\n', at + 1))
      starts_.push_back(at + 1);
    if (starts_.back() != before.size()) starts_.push_back(before.size());
  }

  std::vector<Replacement> read(std::string_view patch) {
    while (!patch.empty()) {
      const auto newline = patch.find('\n');
      take(patch.substr(0, newline == std::string_view::npos ? patch.size() : newline + 1));
      patch.remove_prefix(newline == std::string_view::npos ? patch.size() : newline + 1);
    }
    end_run();
    return std::move(edits_);
  }

 private:
  void take(std::string_view line) {
    if (line.starts_with("@@ -")) return start_hunk(line.substr(4));
    if (!in_hunk_ || line.empty()) return;
    const bool after_added = std::exchange(last_added_, line.front() == '+');
    switch (line.front()) {
      case '-':
        ++line_;
        run_ = true;
        break;
      case '+':
        added_ += line.substr(1);
        run_ = true;
        break;
      case '\\':  // "No newline at end of file", of the line before
        if (after_added && added_.ends_with('\n')) added_.pop_back();
        break;
      default:
        end_run();
        first_ = ++line_;
    }
  }

  // "12,3 +12,4 @@": with a count of 0 the number is that of the line before.
  void start_hunk(std::string_view numbers) {
    end_run();
    std::string_view old = next_field(numbers, ' ');
    const std::size_t first = parse_number<std::size_t>(next_field(old, ',')).value_or(1);
    line_ = old == "0" ? first : first - std::min<std::size_t>(first, 1);
    first_ = line_;
    in_hunk_ = true;
  }

  void end_run() {
    if (run_) edits_.push_back({begin_of(first_), begin_of(line_), std::move(added_)});
    added_.clear();
    run_ = false;
    first_ = line_;
  }

  std::size_t begin_of(std::size_t line) const { return starts_[std::min(line, starts_.size() - 1)]; }

  std::vector<std::size_t> starts_;
  std::vector<Replacement> edits_;
  std::string added_;
  std::size_t first_ = 0, line_ = 0;  // lines of the old text, from 0: of the run, and the one that comes next
  bool run_ = false, in_hunk_ = false, last_added_ = false;
};

std::string applied(std::string_view text, const std::vector<Replacement>& edits) {
  std::string result;
  std::size_t at = 0;
  for (const Replacement& edit : edits) {
    if (edit.begin < at || edit.end < edit.begin || edit.end > text.size()) return {};
    result += text.substr(at, edit.begin - at);
    result += edit.text;
    at = edit.end;
  }
  return result + std::string(text.substr(at));
}

Json text_edits(const FileEdits& file, const Client& client) {
  const TextLines lines(file.before, client.encoding);
  Json list = Json::array();
  for (const Replacement& edit : file.edits)
    list.push_back({{"range", to_json(lines.range(edit.begin, edit.end))}, {"newText", edit.text}});
  return list;
}

Json versioned(const std::string& uri, const Documents& documents) {
  const Document* document = documents.find(uri);
  return {{"uri", uri}, {"version", document == nullptr ? Json() : Json(document->version)}};
}

}  // namespace

std::vector<Replacement> line_edits(std::string_view before, std::string_view after) {
  std::vector<Replacement> edits = Hunks(before).read(fix::unified_diff("x", before, after));
  if (applied(before, edits) != after) return {{0, before.size(), std::string(after)}};
  return edits;
}

std::optional<std::vector<FileEdits>> file_edits(const PlannedFix& plan, const Analysis& analysis) {
  std::vector<FileEdits> files;
  for (const Edit& edit : plan.edits) {
    if (!edit.new_file.empty()) {
      files.push_back({edit.new_file, true, {}, {{0, 0, edit.text}}});
      continue;
    }
    const auto source = analysis.sources.find(edit.source);
    if (source == analysis.sources.end()) return std::nullopt;
    const std::string& name = source->second.name;
    auto file = std::ranges::find(files, name, &FileEdits::name);
    if (file == files.end()) file = files.insert(files.end(), {name, false, source->second.text, {}});
    file->edits.push_back({edit.span.begin, edit.span.end, edit.text});
  }
  return files;
}

std::optional<Json> workspace_edit(const std::vector<FileEdits>& files, const Documents& documents,
                                   const Client& client) {
  Json list = Json::array();
  Json by_uri = Json::object();
  for (const FileEdits& file : files) {
    if (file.create && (!client.creates_files || !file.name.starts_with('/'))) return std::nullopt;
    const std::string uri = uri_of(file.name, documents);
    if (file.create) list.push_back({{"kind", "create"}, {"uri", uri}});
    Json edits = text_edits(file, client);
    list.push_back({{"textDocument", versioned(uri, documents)}, {"edits", edits}});
    by_uri[uri] = std::move(edits);
  }
  Json result = Json::object();
  if (client.document_changes) {
    result["documentChanges"] = std::move(list);
  } else {
    result["changes"] = std::move(by_uri);
  }
  return result;
}

}  // namespace oakum::lsp
