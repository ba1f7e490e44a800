#include "fix/workload/family.h"

#include <algorithm>

#include "base/text.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

const Stage* final_stage(const Dockerfile& file) {
  const auto found = std::ranges::find(file.stages, true, &Stage::is_final);
  return found != file.stages.end() ? &*found : file.final_stage();
}

// The image at the bottom of the stages that the final one is built on.
std::optional<ImageReference> base_of(const Dockerfile& file) {
  const Stage* stage = final_stage(file);
  while (stage != nullptr && stage->parent) {
    const auto here = static_cast<std::size_t>(stage - file.stages.data());
    if (*stage->parent >= here) return std::nullopt;  // a parent is an earlier stage, so this ends
    stage = &file.stages[*stage->parent];
  }
  if (stage == nullptr || !stage->image_known) return std::nullopt;
  return stage->image;
}

bool is_below(std::string_view path, std::string_view directory) {
  while (directory.size() > 1 && directory.ends_with('/')) directory.remove_suffix(1);
  return path == directory || (path.starts_with(directory) && path.substr(directory.size()).starts_with('/'));
}

template <class Visit>
bool any_text(const Workload& workload, const Visit& visit) {
  for (const auto* command : {&workload.entrypoint, &workload.command}) {
    if (command->known() && std::ranges::any_of((*command)->arguments, visit)) return true;
  }
  return false;
}

bool is_part_of_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.' || c == '/';
}

// As a whole, or with more behind a slash when `below`.
bool holds_word(std::string_view text, std::string_view word, bool below) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_part_of_path(text[at - 1]) || (!below && text[at - 1] == '/');
    const bool ends = end == text.size() || !is_part_of_path(text[end]) || (below && text[end] == '/');
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

std::optional<Refusal> is_for_its_host(const Workload& workload, const Subjects& subjects) {
  const ImageNeeds* needs = known_needs(workload, subjects);
  if (needs == nullptr || !needs->watches_host) return std::nullopt;
  return Refusal{
      "this image is there to watch its host: where that is wanted, say so with a reason in an ignore comment"};
}

bool speaks_of(const Workload& workload, std::string_view path) {
  const auto in_text = [&](const std::string& text) { return holds_word(text, path, true); };
  if (any_text(workload, in_text)) return true;
  return std::ranges::any_of(workload.environment, [&](const Stated<EnvironmentVariable>& variable) {
    return variable.value.value && in_text(*variable.value.value);
  });
}

bool calls(const Workload& workload, std::string_view program) {
  return any_text(workload, [&](const std::string& text) { return holds_word(text, program, false); });
}

std::expected<const Workload*, Refusal> subject_of(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload == nullptr) return refuse("what it is about is not among what was read");
  return workload;
}

std::size_t passed_over(const Finding& finding, const Context& context) {
  const auto found = context.options.passed_over.find({finding.rule, finding.subject});
  return found == context.options.passed_over.end() ? 0 : found->second;
}

Refusal no_other_way(std::string_view by_hand) {
  return {"what oakum knows to do did not let it run: " + std::string(by_hand)};
}

bool is_kubernetes(const Workload& workload) { return workload.surface == Surface::kubernetes; }
bool is_run_line(const Workload& workload) { return workload.surface == Surface::run_command; }

const Needs* found_needs(const Workload& workload, const Context& context) {
  const auto found = context.options.needs.find(workload.subject);
  return found == context.options.needs.end() ? nullptr : &found->second;
}

const Dockerfile* dockerfile_of(const Workload& workload, const Subjects& subjects) {
  if (!workload.build || !workload.build->read || *workload.build->read >= subjects.dockerfiles.size()) return nullptr;
  return &subjects.dockerfiles[*workload.build->read];
}

std::optional<ImageReference> image_of(const Workload& workload, const Subjects& subjects) {
  if (const Dockerfile* file = dockerfile_of(workload, subjects)) return base_of(*file);
  if (workload.build || !workload.image.known()) return std::nullopt;
  return *workload.image;
}

const ImageNeeds* known_needs(const Workload& workload, const Subjects& subjects) {
  const auto image = image_of(workload, subjects);
  return image ? needs_of_image(*image) : nullptr;
}

std::optional<std::string> users_choice(const Workload& workload, const Subjects& subjects) {
  if (const Dockerfile* file = dockerfile_of(workload, subjects)) {
    const Stage* stage = final_stage(*file);
    if (stage != nullptr && stage->end.user) return stage->end.user;
  }
  const auto image = image_of(workload, subjects);
  if (!image) return std::nullopt;
  if (const auto known = subjects.known_images.find(image->text); known != subjects.known_images.end())
    return known->second.image.config.user;
  const ImageNeeds* needs = needs_of_image(*image);
  return needs != nullptr && needs->root ? std::optional<std::string>("") : std::nullopt;
}

bool starts_as_root(const Workload& workload, const Subjects& subjects) {
  if (workload.user && !workload.user.known()) return false;  // somebody chose, with a variable
  if (const auto stated = stated_user(workload)) return is_root_user(*stated);
  if (const auto chosen = users_choice(workload, subjects)) return chosen->empty() || is_root_user(*chosen);
  const ImageNeeds* needs = known_needs(workload, subjects);
  return needs == nullptr || needs->root;
}

std::string known_user(const Workload& workload, const Context& context) {
  if (const Needs* found = found_needs(workload, context)) {
    if (found->root) return {};
    if (!found->user.empty()) return found->user;
  }
  const auto image = image_of(workload, context.subjects);
  const ImageNeeds* needs = image ? needs_of_image(*image) : nullptr;
  return needs == nullptr ? std::string() : std::string(needs->user_of(*image));
}

void start_as(const Workload& workload, std::string_view user, std::vector<Change>& changes) {
  std::optional<Origin> at;
  if (workload.user) at = workload.user.origin();
  changes.push_back(set(Key::user, std::string(user), at));
  // The kubelet gives volumes to the group, and never what is the node's.
  const auto is_volume = [](const Stated<Mount>& mount) { return mount.value.kind != MountKind::bind; };
  const bool any_volume = std::ranges::any_of(workload.mounts, is_volume);
  if (!is_kubernetes(workload) || !workload.pod || workload.pod->fs_group || !any_volume) return;
  std::string_view group = user;
  next_field(group, ':');
  if (const auto gid = parse_number<std::int64_t>(group)) changes.push_back(set(Key::fs_group, *gid));
}

bool is_mounted(const Workload& workload, std::string_view path) {
  const auto covers = [&](const Stated<Mount>& mount) {
    return !mount.value.target.empty() && is_below(path, mount.value.target);
  };
  return std::ranges::any_of(workload.mounts, covers);
}

}  // namespace oakum::fix::workload
