#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// Directives that keep somebody out: without them more is open than before.
constexpr std::string_view kGuards[] = {"allow",      "auth_basic", "auth_request", "deny",      "internal",
                                        "limit_conn", "limit_req",  "modsecurity",  "return 40", "satisfy"};

std::string_view guard_in(std::string_view text) {
  for (std::string_view line : split(text, '\n')) {
    const auto* found = std::ranges::find_if(kGuards, [&](std::string_view guard) {
      const auto at = line.find(guard);
      return at != std::string_view::npos &&
             (at == 0 || line[at - 1] == ' ' || line[at - 1] == '{' || line[at - 1] == ';');
    });
    if (found != std::end(kGuards)) return *found;
  }
  return {};
}

Planned plan(const Finding& finding, const Context& context) {
  const auto object = open_object(finding, context);
  if (!object) return std::unexpected(object.error());
  const yaml::Node* snippet = object->manifest.yaml().find(object->place);
  const std::string_view guard = snippet == nullptr ? "" : guard_in(snippet->text());
  if (!guard.empty())
    return refuse("it keeps somebody out (" + std::string(guard) +
                  "): say that first by annotations that do it, as whitelist-source-range, auth-url or limit-rps");
  return take_out(finding, context, 1, "what it did has to be said by annotations that do one thing each");
}

}  // namespace

extern constinit const Remedy ingress_snippet{"ingress-snippet", plan};

}  // namespace oakum::fix::kubernetes
