#include "check/follow.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>

#include "base/text.h"
#include "model/platform_defaults.h"

namespace oakum::check {

namespace {

// What one surface makes of a control.
struct Outcome {
  std::vector<Step> steps;
  std::optional<bool> held;  // nullopt: nothing said
  std::string outcome;       // "runs as 1000"
};

struct Link {
  const Workload* workload = nullptr;
  const Subjects* subjects = nullptr;
};

std::string place_of(const Subjects& subjects, const Origin& origin) {
  const Source* source = subjects.source(origin.source);
  std::string text = source == nullptr || source->name.empty() ? std::string(to_string(origin.surface)) : source->name;
  if (origin.surface == Surface::kernel) return "kernel";
  if (origin.surface == Surface::container) text = "engine";
  if (origin.span.line != 0) text += ":" + std::to_string(origin.span.line) + ":" + std::to_string(origin.span.column);
  return text;
}

template <class T, class Show>
void add_statements(const Field<T>& field, const Subjects& subjects, Show show, std::vector<Step>& steps) {
  for (const Stated<T>& stated : field.statements()) {
    steps.push_back(
        {place_of(subjects, stated.origin), stated.known ? show(stated.value) : "depends on a variable", false});
  }
}

std::string yes_no(bool value) { return value ? "true" : "false"; }

const ImageFacts* image_of(const Link& link) {
  if (!link.workload->image) return nullptr;
  const auto found = link.subjects->known_images.find(link.workload->image->text);
  return found == link.subjects->known_images.end() ? nullptr : &found->second;
}

// USER of the Dockerfile that the service builds, and of the base below it.
void add_build_users(const Link& link, Outcome& finding, std::string& user) {
  if (!link.workload->build || !link.workload->build->read) return;
  const Dockerfile& file = link.subjects->dockerfiles[*link.workload->build->read];
  const Stage* stage = file.final_stage();
  if (stage == nullptr) return;
  const Stage* bottom = stage;
  while (bottom->parent) bottom = &file.stages[*bottom->parent];
  if (const auto base = link.subjects->known_images.find(bottom->image.text);
      base != link.subjects->known_images.end()) {
    user = base->second.image.config.user;
    finding.steps.push_back({"image " + bottom->image.text, user.empty() ? "no USER: root" : "USER " + user, false});
  }
  for (const Instruction& instruction : file.instructions) {
    if (instruction.kind != InstructionKind::user || instruction.stage + 1 != file.stages.size()) continue;
    if (instruction.arguments.empty()) continue;
    user = instruction.arguments.front().value;
    finding.steps.push_back(
        {place_of(*link.subjects, {Surface::dockerfile, file.source, instruction.span, {}}), "USER " + user, false});
  }
}

void say_user(const std::string& user, Outcome& finding) {
  finding.held = !is_root_user(user);
  finding.outcome = *finding.held ? "runs as " + user : "runs as root";
}

Outcome follow_user(const Link& link) {
  Outcome finding;
  const Workload& workload = *link.workload;
  std::string user;
  add_build_users(link, finding, user);
  if (const ImageFacts* image = image_of(link)) {
    user = image->image.config.user;
    finding.steps.push_back({"image " + image->name, user.empty() ? "no USER: root" : "USER " + user, false});
  }
  if (!finding.steps.empty()) say_user(user.empty() ? "root" : user, finding);
  add_statements(
      workload.user, *link.subjects, [](const std::string& value) { return "user " + value; }, finding.steps);
  if (workload.user.known()) say_user(*workload.user, finding);
  if (workload.kernel && !workload.kernel->uids.empty()) {
    const std::uint32_t uid = workload.kernel->uids.size() > 1 ? workload.kernel->uids[1] : workload.kernel->uids[0];
    finding.steps.push_back({"kernel",
                             "uid " + std::to_string(uid) +
                                 (uid != workload.kernel->uid_in_container
                                      ? " (" + std::to_string(workload.kernel->uid_in_container) + " inside)"
                                      : ""),
                             false});
    finding.held = uid != 0;
    finding.outcome = uid == 0 ? "runs as root" : "runs as uid " + std::to_string(uid);
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

Outcome follow_capabilities(const Link& link) {
  Outcome finding;
  const Workload& workload = *link.workload;
  finding.steps.push_back({"the engine's default", capability_words(default_capabilities(workload.engine)), false});
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
Outcome follow_flag(const Link& link, const Field<bool>& field, bool fallback, bool wanted, std::string_view name,
                    std::optional<bool> kernel) {
  Outcome finding;
  finding.steps.push_back({"the engine's default", yes_no(fallback), false});
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

Outcome follow_no_new_privileges(const Link& link) {
  return follow_flag(link, link.workload->no_new_privileges, false, true, "no-new-privileges",
                     kernel_bit(*link.workload, &KernelFacts::no_new_privileges));
}

Outcome follow_read_only(const Link& link) {
  return follow_flag(link, link.workload->read_only, false, true, "read-only root",
                     kernel_bit(*link.workload, &KernelFacts::root_read_only));
}

Outcome follow_privileged(const Link& link) {
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

Outcome follow_seccomp(const Link& link) {
  Outcome finding;
  const Workload& workload = *link.workload;
  const bool kubernetes = workload.engine == Engine::kubernetes;
  finding.steps.push_back({"the engine's default", kubernetes ? "unconfined" : "the engine's profile", false});
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

template <class T>
Outcome follow_limit(const Link& link, const Field<T>& field, std::string_view unit, bool is_limited,
                     const std::optional<std::string>& kernel) {
  Outcome finding;
  finding.steps.push_back({"the engine's default", is_limited && !field ? "limited" : "unlimited", false});
  add_statements(
      field, *link.subjects,
      [unit](T value) { return (value > 0 ? std::to_string(value) : std::string("unlimited")) + std::string(unit); },
      finding.steps);
  finding.held = is_limited;
  if (link.workload->kernel) {
    finding.held = kernel.has_value();
    finding.steps.push_back({"kernel", kernel.value_or("unlimited"), false});
  }
  finding.outcome = *finding.held ? "limited" : "unlimited";
  return finding;
}

Outcome follow_memory(const Link& link) {
  std::optional<std::string> kernel;
  if (link.workload->kernel && link.workload->kernel->memory_limit)
    kernel = std::to_string(*link.workload->kernel->memory_limit) + " bytes";
  return follow_limit(link, link.workload->memory, " bytes", effective_memory(*link.workload).has_value(), kernel);
}

Outcome follow_pids(const Link& link) {
  std::optional<std::string> kernel;
  if (link.workload->kernel && link.workload->kernel->pids_limit)
    kernel = std::to_string(*link.workload->kernel->pids_limit);
  return follow_limit(link, link.workload->pids_limit, " processes", effective_pids(*link.workload).has_value(),
                      kernel);
}

struct Row {
  Control control;
  Outcome (*follow)(const Link& link);
};
constexpr Row kRows[] = {
    {{"capabilities", "fewer than the engine's default"}, follow_capabilities},
    {{"memory", "a limit"}, follow_memory},
    {{"no-new-privileges", "true"}, follow_no_new_privileges},
    {{"pids", "a limit"}, follow_pids},
    {{"privileged", "false"}, follow_privileged},
    {{"read-only", "true"}, follow_read_only},
    {{"seccomp", "a filter"}, follow_seccomp},
    {{"user", "not root"}, follow_user},
};
static_assert(std::ranges::is_sorted(kRows, {}, [](const Row& row) { return row.control.name; }));

const std::string* label(const Workload& workload, std::string_view key) {
  for (const auto& item : workload.labels) {
    if (item.value.key == key) return &item.value.value;
  }
  return nullptr;
}

// Did this service or run line start that container?
bool started(const Workload& statement, const Workload& container) {
  const std::string* service = label(container, "com.docker.compose.service");
  if (statement.surface == Surface::compose && service != nullptr) return *service == statement.name;
  return statement.container_name && container.container_name && *statement.container_name == *container.container_name;
}

Trail trail_of(const Row& row, const Link& first, const std::vector<Link>& rest) {
  Outcome finding = row.follow(first);
  std::string subject = first.workload->subject;
  for (const Link& link : rest) {
    Outcome next = row.follow(link);
    // The engine's default was the first link's to tell.
    for (Step& step : next.steps) {
      if (step.where != "the engine's default") finding.steps.push_back(std::move(step));
    }
    if (next.held) finding.held = next.held;
    if (!next.outcome.empty()) finding.outcome = next.outcome;
    subject += ", running as " + link.workload->subject;
  }
  Trail trail{std::move(subject), std::move(finding.steps), finding.held.value_or(false), {}};
  if (trail.steps.empty())
    trail.steps.push_back({"nowhere", "nothing is stated, and the image is not here to ask", false});
  if (!finding.held) {
    trail.verdict = "not known: the image decides; pull it, or give --image-dir";
    return trail;
  }
  trail.steps.back().decides = true;
  trail.verdict = std::string(trail.held ? "won" : "lost") + " at " + trail.steps.back().where + ": " + finding.outcome;
  return trail;
}

}  // namespace

std::span<const Control> controls() {
  static const std::vector<Control> list = [] {
    std::vector<Control> made;
    for (const Row& row : kRows) made.push_back(row.control);
    return made;
  }();
  return list;
}

std::vector<Trail> follow(std::string_view name, const std::vector<const Subjects*>& subjects) {
  const auto* row = std::ranges::find(kRows, name, [](const Row& r) { return r.control.name; });
  if (row == std::end(kRows)) return {};
  std::vector<Link> statements, containers;
  for (const Subjects* each : subjects) {
    for (const Workload& workload : each->workloads) {
      (workload.surface == Surface::container ? containers : statements).push_back({&workload, each});
    }
  }
  std::vector<Trail> trails;
  std::vector<bool> joined(containers.size());
  for (const Link& statement : statements) {
    std::vector<Link> rest;
    for (std::size_t i = 0; i < containers.size(); ++i) {
      if (joined[i] || !started(*statement.workload, *containers[i].workload)) continue;
      joined[i] = true;
      rest.push_back(containers[i]);
    }
    trails.push_back(trail_of(*row, statement, rest));
  }
  for (std::size_t i = 0; i < containers.size(); ++i) {
    if (!joined[i]) trails.push_back(trail_of(*row, containers[i], {}));
  }
  return trails;
}

}  // namespace oakum::check
