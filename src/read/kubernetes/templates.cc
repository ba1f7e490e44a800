#include "read/kubernetes/templates.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

// What an action starts with (after "{{", an optional "-" and blanks) or names in Helm alone.
constexpr std::string_view kHelmWords[] = {".Values", ".Release",   ".Chart",     ".Capabilities",
                                           ".Files",  "include \"", "template \""};

bool is_helm_text(std::string_view text) {
  for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
    const std::string_view action = text.substr(at, text.find("}}", at) - at);
    for (const std::string_view word : kHelmWords) {
      if (action.find(word) != std::string_view::npos) return true;
    }
    at += action.size();
    if (at >= text.size()) break;
  }
  return false;
}

}  // namespace

bool holds_helm_actions(const yaml::Node& node) {
  using Style = yaml::Node::Style;
  if (node.kind == yaml::Node::Kind::scalar) {
    return node.style != Style::literal && node.style != Style::folded && is_helm_text(node.scalar);
  }
  return std::ranges::any_of(node.items, holds_helm_actions) ||
         std::ranges::any_of(node.members, [](const yaml::Member& member) {
           return is_helm_text(member.key) || holds_helm_actions(member.value);
         });
}

bool holds_actions(std::string_view text) {
  if (is_helm_text(text)) return true;
  while (const auto line = next_line(text)) {
    if (trim(*line).starts_with("{{")) return true;
  }
  return false;
}

}  // namespace oakum::kubernetes
