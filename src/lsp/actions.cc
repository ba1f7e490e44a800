#include "lsp/actions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "lsp/fix_all.h"
#include "lsp/ignore_comment.h"
#include "lsp/json.h"
#include "lsp/workspace_edit.h"

namespace oakum::lsp {

namespace {

constexpr std::size_t kMaxAtPlace = 40;  // findings at one place that something is offered for

// Kinds are words joined by dots; one stands for all below it. No list asks for everything.
bool asks_for(const Json& context, std::string_view kind) {
  const Json* only = find(context, {"only"});
  if (only == nullptr || !only->is_array()) return true;
  return std::ranges::any_of(*only, [kind](const Json& item) {
    if (!item.is_string()) return false;
    const auto& wanted = item.get_ref<const std::string&>();
    return wanted.empty() || kind == wanted || (kind.starts_with(wanted) && kind[wanted.size()] == '.');
  });
}

// Editors ask for "source.fixAll" whenever a file is saved: that must not change behaviour.
bool asks_for_unsafe(const Json& context) {
  const Json* only = find(context, {"only"});
  if (only == nullptr || !only->is_array()) return true;
  return std::ranges::any_of(*only, [](const Json& item) {
    if (!item.is_string()) return false;
    const auto& wanted = item.get_ref<const std::string&>();
    return wanted.empty() || wanted == "source" || wanted == kFixAllUnsafe;
  });
}

class AtPlace {
 public:
  AtPlace(const Document& document, const Workspace& workspace, const Client& client)
      : document_(document),
        workspace_(workspace),
        client_(client),
        lines_(document.text, client.encoding),
        comments_(document, workspace) {}

  Json list(const Range& range) {
    std::vector<Shown> here;
    for (const Shown& shown : workspace_.shown(document_)) {
      if (here.size() < kMaxAtPlace && meet(place_of(shown.finding->origin.span, lines_), range)) here.push_back(shown);
    }
    Json actions = Json::array();
    for (const Shown& shown : here) add_fix(shown, actions);
    for (const Shown& shown : here) add_comments(shown, actions);
    return actions;
  }

 private:
  Json action(const Shown& shown, std::string title, Json edit) const {
    return {{"title", std::move(title)},
            {"kind", "quickfix"},
            {"diagnostics", Json::array({diagnostic_of(shown, lines_, workspace_.documents, client_)})},
            {"edit", std::move(edit)}};
  }

  void add_fix(const Shown& shown, Json& actions) const {
    const FixAdvice& fix = shown.finding->fix;
    if (fix.plan == nullptr || !fix.plan->refused.empty() || fix.plan->edits.empty()) return;
    if (fix.safety != FixSafety::safe && fix.safety != FixSafety::unsafe) return;
    const auto files = file_edits(*fix.plan, *shown.analysis);
    auto edit = files ? workspace_edit(*files, workspace_.documents, client_) : std::nullopt;
    if (!edit) return;
    // Two limits of one place are both "set a limit …": the rule tells them apart.
    std::string title = "oakum: " + shown.finding->rule + ": " + (fix.summary.empty() ? "fix it" : fix.summary);
    if (fix.safety == FixSafety::unsafe) title += " (may change behaviour)";
    Json result = action(shown, std::move(title), std::move(*edit));
    if (client_.preferred && fix.safety == FixSafety::safe) result["isPreferred"] = true;
    actions.push_back(std::move(result));
  }

  void add_comments(const Shown& shown, Json& actions) {
    for (const Comment& comment : comments_.for_finding(*shown.finding)) {
      const auto edit =
          workspace_edit({{document_.name, false, document_.text, {comment.insertion}}}, workspace_.documents, client_);
      if (edit) actions.push_back(action(shown, comment.title, *edit));
    }
  }

  const Document& document_;
  const Workspace& workspace_;
  const Client& client_;
  TextLines lines_;
  Comments comments_;
};

bool is_fixable(const Shown& shown, bool unsafe) {
  const FixAdvice& fix = shown.finding->fix;
  return fix.plan != nullptr && !fix.plan->edits.empty() &&
         (fix.safety == FixSafety::safe || (unsafe && fix.safety == FixSafety::unsafe));
}

void add_fix_all(const Document& document, bool unsafe, const Workspace& workspace, const Client& client,
                 Json& actions) {
  const std::vector<Shown> shown = workspace.shown(document);
  if (std::ranges::none_of(shown, [&](const Shown& one) { return is_fixable(one, unsafe); })) return;
  const bool changes = unsafe || workspace.settings.unsafe;
  Json action = {{"title", std::string("oakum: fix all") + (changes ? " (may change behaviour)" : " that is safe")},
                 {"kind", unsafe ? kFixAllUnsafe : kFixAll},
                 {"data", {{"uri", document.uri}, {"unsafe", changes}}}};
  if (!client.resolves_edit) action = resolved(action, workspace, client);
  if (client.resolves_edit || action.contains("edit")) actions.push_back(std::move(action));
}

}  // namespace

Json code_actions(const Document& document, const Range& range, const Json& context, const Workspace& workspace,
                  const Client& client) {
  Json actions = Json::array();
  if (!client.action_literals) return actions;
  if (asks_for(context, "quickfix")) actions = AtPlace(document, workspace, client).list(range);
  if (asks_for(context, kFixAll)) add_fix_all(document, workspace.settings.unsafe, workspace, client, actions);
  if (!workspace.settings.unsafe && asks_for_unsafe(context)) add_fix_all(document, true, workspace, client, actions);
  return actions;
}

Json resolved(const Json& action, const Workspace& workspace, const Client& client) {
  Json result = action;
  const std::string* uri = text_at(action, {"data", "uri"});
  const Document* document = uri == nullptr ? nullptr : workspace.documents.find(*uri);
  if (document == nullptr) return result;
  const Json* unsafe = find(action, {"data", "unsafe"});
  const auto files = fix_all(*document, unsafe != nullptr && *unsafe == true, workspace);
  auto edit = files.empty() ? std::nullopt : workspace_edit(files, workspace.documents, client);
  if (edit) result["edit"] = std::move(*edit);
  return result;
}

}  // namespace oakum::lsp
