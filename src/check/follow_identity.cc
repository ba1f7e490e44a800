// Who runs, and with what rights.
#include <algorithm>

#include "base/text.h"
#include "check/follow_controls.h"
#include "model/platform_defaults.h"
#include "rules/kit/base_user.h"

namespace oakum::check {

namespace {

void say_user(const std::string& user, FollowOutcome& finding) {
  const bool held = !is_root_user(user);
  finding.decide(held, held ? "runs as " + user : "runs as root");
}

// What an image says; of an official one that is not here, what is known by its name.
void add_image_user(const ImageReference& image, const Subjects& subjects, FollowOutcome& finding, std::string& user) {
  const auto known = rules::user_of_image(image, subjects);
  if (!known) return;
  user = known->user.empty() ? "root" : known->user;
  finding.add("image " + image.text, (known->user.empty() ? "no USER: root" : "USER " + known->user) +
                                         (known->by_name ? ", as official images of that name" : ""));
}

// USER of the Dockerfile that the service builds, and of the image below it.
void add_build_users(const Link& link, const Dockerfile& file, FollowOutcome& finding, std::string& user) {
  if (const Stage* bottom = bottom_of(file); bottom != nullptr && bottom->image_known)
    add_image_user(bottom->image, *link.subjects, finding, user);
  const Instruction* last = last_of(file, InstructionKind::user);
  if (last == nullptr || last->arguments.empty()) return;
  user = last->arguments.front().value;
  finding.add(place_of(link, file, *last), "USER " + user);
}

FollowOutcome follow_user(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  std::string user;
  if (const Dockerfile* file = built_from(link)) {
    add_build_users(link, *file, finding, user);
  } else if (workload.image.known()) {
    add_image_user(*workload.image, *link.subjects, finding, user);
  }
  if (!user.empty()) say_user(user, finding);
  add_statements(
      workload.run_as_non_root, *link.subjects, [](bool value) { return "runAsNonRoot " + yes_no(value); },
      finding.steps);
  if (workload.run_as_non_root.is(true)) finding.decide(true, "is not started as root");
  add_statements(
      workload.user, *link.subjects, [](const std::string& value) { return "user " + value; }, finding.steps);
  if (workload.user.known()) say_user(*workload.user, finding);
  if (workload.kernel && !workload.kernel->uids.empty()) {
    const auto& uids = workload.kernel->uids;
    const std::uint32_t uid = uids.size() > 1 ? uids[1] : uids[0];
    const std::uint32_t inside = workload.kernel->uid_in_container;
    finding.add("kernel",
                "uid " + std::to_string(uid) + (uid != inside ? " (" + std::to_string(inside) + " inside)" : ""));
    finding.decide(uid != 0, uid == 0 ? "runs as root" : "runs as uid " + std::to_string(uid));
  }
  return finding;
}

std::string capability_words(CapabilityMask mask) {
  const auto names = capability_names(mask);
  if (names.empty()) return "none";
  if (mask == kAllCapabilities) return "all";
  std::string text = std::to_string(names.size()) + ": ";
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 6); ++i)
    text += (i == 0 ? "" : ", ") + std::string(names[i]);
  return names.size() > 6 ? text + ", …" : text;
}

FollowOutcome follow_capabilities(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), capability_words(default_capabilities(workload.engine)));
  for (const auto& item : workload.cap_drop)
    finding.steps.push_back({place_of(*link.subjects, item.origin), "drops " + item.value, false});
  for (const auto& item : workload.cap_add)
    finding.steps.push_back({place_of(*link.subjects, item.origin), "adds " + item.value, false});
  if (workload.privileged.is(true))
    finding.steps.push_back({place_of(*link.subjects, workload.privileged.origin()), "privileged: all of them", false});
  CapabilityMask mask = effective_capabilities(workload);
  if (workload.kernel) {
    mask = workload.kernel->bounding;
    finding.steps.push_back({"kernel", "bounding set " + capability_words(mask), false});
  }
  finding.held = (mask & default_capabilities(workload.engine)) != default_capabilities(workload.engine);
  finding.outcome = "keeps " + capability_words(mask);
  return finding;
}

// Controls that are one boolean, a default, and one bit in the kernel.
FollowOutcome follow_flag(const Link& link, const Field<bool>& field, bool fallback, bool wanted, std::string_view name,
                          std::optional<bool> kernel) {
  FollowOutcome finding;
  finding.add(std::string(kDefault), yes_no(fallback));
  add_statements(
      field, *link.subjects, [name](bool value) { return std::string(name) + " " + yes_no(value); }, finding.steps);
  bool value = field.known() ? *field : fallback;
  if (kernel) {
    value = *kernel;
    finding.steps.push_back({"kernel", std::string(name) + " " + yes_no(value), false});
  }
  finding.held = value == wanted;
  finding.outcome = std::string(name) + " is " + yes_no(value);
  return finding;
}

std::optional<bool> kernel_bit(const Workload& workload, bool KernelFacts::* bit) {
  if (!workload.kernel) return std::nullopt;
  return (*workload.kernel).*bit;
}

FollowOutcome follow_no_new_privileges(const Link& link) {
  return follow_flag(link, link.workload->no_new_privileges, false, true, "no-new-privileges",
                     kernel_bit(*link.workload, &KernelFacts::no_new_privileges));
}

FollowOutcome follow_read_only(const Link& link) {
  return follow_flag(link, link.workload->read_only, false, true, "read-only root",
                     kernel_bit(*link.workload, &KernelFacts::root_read_only));
}

FollowOutcome follow_privileged(const Link& link) {
  return follow_flag(link, link.workload->privileged, false, false, "privileged", std::nullopt);
}

std::string profile_words(const ProfileChoice& choice) {
  switch (choice.kind) {
    case ProfileChoice::Kind::runtime_default:
      return "the engine's profile";
    case ProfileChoice::Kind::unconfined:
      return "unconfined";
    case ProfileChoice::Kind::custom:
      return "profile " + choice.name;
  }
  return "";
}

FollowOutcome follow_seccomp(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  const bool kubernetes = workload.engine == Engine::kubernetes;
  finding.add(std::string(kDefault), kubernetes ? "unconfined" : "the engine's profile");
  add_statements(workload.seccomp, *link.subjects, profile_words, finding.steps);
  finding.held = effective_seccomp(workload) != Confinement::none;
  if (workload.privileged.is(true))
    finding.steps.push_back({place_of(*link.subjects, workload.privileged.origin()), "privileged: unconfined", false});
  if (workload.kernel) {
    finding.held = workload.kernel->seccomp == 2;
    finding.steps.push_back({"kernel", *finding.held ? "filter in force" : "no filter", false});
  }
  finding.outcome = *finding.held ? "system calls are filtered" : "no filter on system calls";
  return finding;
}

FollowOutcome follow_apparmor(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), "the engine's profile, where the host has AppArmor");
  add_statements(workload.apparmor, *link.subjects, profile_words, finding.steps);
  const Confinement confinement = effective_apparmor(workload);
  if (confinement == Confinement::not_known) {
    finding.outcome = "a profile by a name that depends on the host";
    return finding;
  }
  finding.held = confinement != Confinement::none;
  if (workload.privileged.is(true))
    finding.add(place_of(*link.subjects, workload.privileged.origin()), "privileged: unconfined");
  if (workload.kernel && !workload.kernel->apparmor.empty()) {
    finding.held = !workload.kernel->apparmor.starts_with("unconfined");
    finding.add("kernel", workload.kernel->apparmor);
  }
  finding.outcome = *finding.held ? "confined by a profile" : "no profile confines it";
  return finding;
}

constexpr ControlRow kRows[] = {
    {{"apparmor", "a profile"}, follow_apparmor},
    {{"capabilities", "fewer than the engine's default"}, follow_capabilities},
    {{"no-new-privileges", "true"}, follow_no_new_privileges},
    {{"privileged", "false"}, follow_privileged},
    {{"read-only", "true"}, follow_read_only},
    {{"seccomp", "a filter"}, follow_seccomp},
    {{"user", "not root"}, follow_user, true},
};

}  // namespace

std::span<const ControlRow> identity_controls() { return kRows; }

}  // namespace oakum::check
