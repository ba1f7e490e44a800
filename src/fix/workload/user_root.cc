#include "base/text.h"
#include "fix/workload/family.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// A number that no distribution gives to anybody, and that distroless images use for the same.
constexpr std::string_view kNobodyInParticular = "65532:65532";

// Images whose program has to start as root, and steps down by itself.
bool has_to_start_as_root(const ImageNeeds* needs) {
  return needs != nullptr && needs->root && needs->user.empty() && !needs->capabilities.empty();
}

bool is_number(std::string_view user) { return parse_number<std::uint32_t>(next_field(user, ':')).has_value(); }

Refusal root_needed(const Workload& workload, const Context& context) {
  const auto image = image_of(workload, context.subjects);
  const bool nginx = image && image->repository.ends_with("nginx");
  return {
      "this image's program starts as root and steps down by itself: keep it so with cap_drop ALL and what it needs, " +
      std::string(nginx ? "or use nginxinc/nginx-unprivileged" : "or use an image that starts as its own user")};
}

std::string note_for(const Workload& workload, std::string_view user) {
  if (workload.mounts.empty()) return {};
  return "what it writes on its mounts has to belong to " + std::string(user);
}

// On Kubernetes runAsNonRoot makes the kubelet refuse root, where a number alone only states it.
void refuse_root(const Workload& workload, std::vector<Change>& changes) {
  if (!is_kubernetes(workload) || workload.run_as_non_root.is(true)) return;
  const Field<bool>& field = workload.run_as_non_root;
  changes.push_back(set(Key::run_as_non_root, true, field ? std::optional(field.origin()) : std::nullopt));
}

std::string user_for(const Workload& workload, const Context& context) {
  std::string user = known_user(workload, context);
  return user.empty() ? std::string(kNobodyInParticular) : user;
}

// What is stated for the whole pod, where its containers say otherwise.
bool is_overridden(const Workload& workload, const Origin& place) {
  const auto among = [&](const auto& field) {
    for (const auto& statement : field.statements()) {
      if (statement.origin == place && &statement != &field.winner()) return true;
    }
    return false;
  };
  return among(workload.user) || among(workload.run_as_non_root);
}

// Of one that the pod, the container or the image makes root.
Planned another_user(const Workload& workload, const Finding& finding, const Context& context) {
  const Needs* found = found_needs(workload, context);
  if (found != nullptr && found->root) return refuse("it was seen not to run as another user than root");
  const auto chosen = users_choice(workload, context.subjects);
  const bool chose_other = chosen && !chosen->empty() && !is_root_user(*chosen);
  if (chose_other && !is_kubernetes(workload)) return answer({remove(Key::user, finding.origin)});
  if (passed_over(finding, context) > 0)
    return std::unexpected(
        no_other_way("build the image with a user that owns what it writes, and a USER instruction"));
  if (is_kubernetes(workload) && workload.pod && workload.pod->os.is("windows")) {  // numbers mean nothing there
    std::vector<Change> changes;
    refuse_root(workload, changes);
    return answer(std::move(changes), "ContainerAdministrator is refused now: its image has to choose another user");
  }
  if (!chose_other && has_to_start_as_root(known_needs(workload, context.subjects)))
    return std::unexpected(root_needed(workload, context));
  const std::string user = chose_other && is_number(*chosen) ? *chosen : user_for(workload, context);
  std::vector<Change> changes;
  start_as(workload, user, changes);
  refuse_root(workload, changes);
  return answer(std::move(changes), note_for(workload, user));
}

Planned plan(const Finding& finding, const Context& context) {
  const auto about = subject_of(finding, context);
  if (!about) return std::unexpected(about.error());
  const Workload& workload = **about;
  const bool privileged = is_kubernetes(workload) && effective_privileged(workload);
  if (privileged) return refuse("it is privileged, and so needs root for what it does: put that right first");
  if (is_overridden(workload, finding.origin)) {
    const bool user = workload.user && workload.user.statements().front().origin == finding.origin;
    return answer({remove(user ? Key::user : Key::run_as_non_root, finding.origin)});
  }
  const std::optional<std::string> stated = stated_user(workload);
  if (!stated || is_root_user(*stated)) return another_user(workload, finding, context);
  if (!is_kubernetes(workload))  // ContainerAdministrator
    return answer({set(Key::user, std::string("ContainerUser"), finding.origin)});
  std::vector<Change> changes;  // only runAsNonRoot is missing
  refuse_root(workload, changes);
  return answer(std::move(changes));
}

}  // namespace

extern constinit const Remedy user_root{"user-root", plan};

}  // namespace oakum::fix::workload
