#include "check/follow.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/text.h"
#include "check/follow_controls.h"

namespace oakum::check {

std::string place_of(const Subjects& subjects, const Origin& origin) {
  const Source* source = subjects.source(origin.source);
  std::string text = source == nullptr || source->name.empty() ? std::string(to_string(origin.surface)) : source->name;
  if (origin.surface == Surface::kernel) return "kernel";
  if (origin.surface == Surface::container) text = "engine";
  if (origin.span.line != 0) text += ":" + std::to_string(origin.span.line) + ":" + std::to_string(origin.span.column);
  return text;
}

std::string place_of(const Link& link, const Dockerfile& file, const Instruction& instruction) {
  return place_of(*link.subjects, {Surface::dockerfile, file.source, instruction.span, {}});
}

std::string yes_no(bool value) { return value ? "true" : "false"; }

const Dockerfile* built_from(const Link& link) {
  const Field<Build>& build = link.workload->build;
  const auto& files = link.subjects->dockerfiles;
  return build && build->read && *build->read < files.size() ? &files[*build->read] : nullptr;
}

const ImageFacts* facts_of(const ImageReference& image, const Subjects& subjects) {
  const auto found = subjects.known_images.find(image.text);
  return found == subjects.known_images.end() ? nullptr : &found->second;
}

const ImageFacts* image_of(const Link& link) {
  return link.workload->image ? facts_of(*link.workload->image, *link.subjects) : nullptr;
}

const Stage* bottom_of(const Dockerfile& file) {
  const Stage* stage = file.final_stage();
  while (stage != nullptr && stage->parent && *stage->parent < file.stages.size()) stage = &file.stages[*stage->parent];
  return stage;
}

const ImageFacts* image_under(const Link& link) {
  const Dockerfile* file = built_from(link);
  if (file == nullptr) return image_of(link);
  const Stage* bottom = bottom_of(*file);
  return bottom != nullptr && bottom->image_known ? facts_of(bottom->image, *link.subjects) : nullptr;
}

const Instruction* last_of(const Dockerfile& file, InstructionKind kind) {
  for (const Stage* stage = file.final_stage(); stage != nullptr;
       stage = stage->parent && *stage->parent < file.stages.size() ? &file.stages[*stage->parent] : nullptr) {
    for (std::size_t i = std::min(stage->last + 1, file.instructions.size()); i-- > stage->first;) {
      if (file.instructions[i].kind == kind) return &file.instructions[i];
    }
  }
  return nullptr;
}

namespace {

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

bool is_told(const std::vector<Step>& steps, const Step& step) {
  return std::ranges::any_of(steps,
                             [&](const Step& told) { return told.where == step.where && told.says == step.says; });
}

// Adds what a container says to what started it. Of what the two have in common, the image and the engine's default,
// the first has told.
void add(FollowOutcome& all, FollowOutcome next) {
  const std::size_t decider = next.decider.value_or(next.steps.empty() ? 0 : next.steps.size() - 1);
  const bool turns = next.held && next.held != all.held;
  for (std::size_t i = 0; i < next.steps.size(); ++i) {
    Step& step = next.steps[i];
    if (step.where == kDefault && turns && i == decider) step.where = "engine";
    if (step.where == kDefault || is_told(all.steps, step)) continue;
    all.steps.push_back(std::move(step));
    if (next.held && i == decider) all.decider = all.steps.size() - 1;
  }
  if (next.held) all.held = next.held;
  if (!next.outcome.empty()) all.outcome = next.outcome;
}

Trail trail_of(const ControlRow& row, const Link& first, const std::vector<Link>& rest) {
  FollowOutcome finding = row.follow(first);
  std::string subject = first.workload->subject;
  if (!finding.decider && !finding.steps.empty()) finding.decider = finding.steps.size() - 1;
  for (const Link& link : rest) {
    add(finding, row.follow(link));
    subject += ", running as " + link.workload->subject;
  }
  Trail trail{std::move(subject), std::move(finding.steps), finding.held.value_or(false), {}};
  if (trail.steps.empty()) trail.steps.push_back({"nowhere", "nothing is stated", false});
  if (!finding.held) {
    const std::string why =
        finding.outcome.empty() ? "the image decides, and is not here; pull it, or give --image-dir" : finding.outcome;
    trail.verdict = "not known: " + why;
    return trail;
  }
  Step& step = trail.steps[std::min(finding.decider.value_or(0), trail.steps.size() - 1)];
  step.decides = true;
  trail.verdict = std::string(trail.held ? "won" : "lost") + " at " + step.where + ": " + finding.outcome;
  return trail;
}

std::vector<const ControlRow*> rows() {
  std::vector<const ControlRow*> all;
  for (const auto& part : {identity_controls(), exposure_controls(), lifetime_controls()}) {
    for (const ControlRow& row : part) all.push_back(&row);
  }
  std::ranges::sort(all, {}, [](const ControlRow* row) { return row->control.name; });
  return all;
}

const ControlRow* row_of(std::string_view name) {
  const auto all = rows();
  const auto found = std::ranges::find(all, name, [](const ControlRow* row) { return row->control.name; });
  return found == all.end() ? nullptr : *found;
}

// Dockerfiles that no workload here builds, and images, as workloads that state nothing: what they say is what runs.
class Alone {
 public:
  explicit Alone(const std::vector<const Subjects*>& subjects) {
    for (const Subjects* each : subjects) {
      for (std::size_t i = 0; i < each->dockerfiles.size(); ++i) {
        if (!is_built(*each, i)) add_file(*each, i);
      }
      for (const ImageFacts& image : each->images) add_image(image);
    }
  }
  const std::vector<Link>& links() const { return links_; }

 private:
  static bool is_built(const Subjects& subjects, std::size_t file) {
    return std::ranges::any_of(
        subjects.workloads, [&](const Workload& workload) { return workload.build && workload.build->read == file; });
  }

  void add_file(const Subjects& subjects, std::size_t at) {
    const Source* source = subjects.source(subjects.dockerfiles[at].source);
    Workload& workload = workloads_.emplace_back();
    workload.surface = Surface::dockerfile;
    workload.subject = source == nullptr ? "Dockerfile" : source->name;
    Build build;
    build.read = at;
    workload.build.state(std::move(build), {});
    links_.push_back({&workload, &subjects});
  }

  void add_image(const ImageFacts& image) {
    Workload& workload = workloads_.emplace_back();
    workload.surface = Surface::image;
    workload.subject = "image " + image.name;
    workload.image.state(parse_image_reference(image.name), {});
    Subjects& own = own_.emplace_back();
    own.known_images.emplace(workload.image->text, image);
    links_.push_back({&workload, &own});
  }

  std::deque<Workload> workloads_;
  std::deque<Subjects> own_;
  std::vector<Link> links_;
};

}  // namespace

std::span<const Control> controls() {
  static const std::vector<Control> list = [] {
    std::vector<Control> made;
    for (const ControlRow* row : rows()) made.push_back(row->control);
    return made;
  }();
  return list;
}

std::vector<Trail> follow(std::string_view name, const std::vector<const Subjects*>& subjects) {
  const ControlRow* row = row_of(name);
  if (row == nullptr) return {};
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
  if (!row->of_image) return trails;
  const Alone alone(subjects);
  for (const Link& link : alone.links()) trails.push_back(trail_of(*row, link, {}));
  return trails;
}

}  // namespace oakum::check
