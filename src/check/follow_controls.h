// Inside check/follow: what one surface (a service, a run line, a container, with the image under it) makes of a
// control.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "check/follow.h"
#include "model/subjects.h"

namespace oakum::check {

inline constexpr std::string_view kDefault = "the engine's default";

struct FollowOutcome {
  std::vector<Step> steps;
  std::optional<bool> held;            // nullopt: nothing said
  std::string outcome;                 // "runs as 1000"; what it depends on where `held` is unset
  std::optional<std::size_t> decider;  // the step that decides; unset: the last

  void add(std::string where, std::string says) { steps.push_back({std::move(where), std::move(says), false}); }
  // By the step added last.
  void decide(bool is_held, std::string what) {
    if (!steps.empty()) decider = steps.size() - 1;
    held = is_held;
    outcome = std::move(what);
  }
};

struct Link {
  const Workload* workload = nullptr;
  const Subjects* subjects = nullptr;
};

struct ControlRow {
  Control control;
  FollowOutcome (*follow)(const Link& link);
  bool of_image = false;  // an image, or the Dockerfile that makes it, answers alone
};
// Sorted by name.
std::span<const ControlRow> identity_controls();  // users, privileges
std::span<const ControlRow> exposure_controls();  // files, ports, namespaces
std::span<const ControlRow> lifetime_controls();  // resources, health, logs

// "compose.yaml:3:5", "engine", "kernel"
std::string place_of(const Subjects& subjects, const Origin& origin);
std::string yes_no(bool value);

template <class T, class Show>
void add_statements(const Field<T>& field, const Subjects& subjects, Show show, std::vector<Step>& steps) {
  for (const Stated<T>& stated : field.statements()) {
    steps.push_back(
        {place_of(subjects, stated.origin), stated.known ? show(stated.value) : "depends on a variable", false});
  }
}

// The Dockerfile that is built for the workload; nullptr when none was read.
const Dockerfile* built_from(const Link& link);
// The image that the workload runs and has no Dockerfile of its own here; nullptr when it is not here.
const ImageFacts* image_of(const Link& link);
// The external image under the Dockerfile's last stage; nullptr without stages.
const Stage* bottom_of(const Dockerfile& file);
const ImageFacts* facts_of(const ImageReference& image, const Subjects& subjects);
// The image under the workload: the one it runs, or the one that its Dockerfile starts from; nullptr when not here.
const ImageFacts* image_under(const Link& link);
// The last instruction of a kind that the final stage gets, from the stages under it too; nullptr without one.
const Instruction* last_of(const Dockerfile& file, InstructionKind kind);
std::string place_of(const Link& link, const Dockerfile& file, const Instruction& instruction);

}  // namespace oakum::check
