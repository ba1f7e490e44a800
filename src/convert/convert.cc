#include "convert/convert.h"

#include <algorithm>

#include "base/text.h"
#include "convert/emit.h"
#include "convert/item.h"
#include "convert/unmodelled.h"

namespace oakum::convert {

namespace {

const ComposeProject* project_of(const Subjects& subjects, std::size_t workload) {
  for (const ComposeProject& project : subjects.projects) {
    if (std::ranges::find(project.services, workload) != project.services.end()) return &project;
  }
  return nullptr;
}

const KubernetesObject* object_of(const Subjects& subjects, std::size_t workload) {
  for (const KubernetesObject& object : subjects.objects) {
    if (std::ranges::find(object.workloads, workload) != object.workloads.end()) return &object;
  }
  return nullptr;
}

std::vector<Item> items_of(const std::vector<const Subjects*>& from) {
  std::vector<Item> items;
  for (const Subjects* subjects : from) {
    for (std::size_t i = 0; i < subjects->workloads.size(); ++i) {
      if (items.size() > kMaxWorkloads) return items;
      const Workload& workload = subjects->workloads[i];
      items.push_back({&workload,
                       subjects,
                       workload.surface == Surface::compose ? project_of(*subjects, i) : nullptr,
                       workload.surface == Surface::kubernetes ? object_of(*subjects, i) : nullptr,
                       {}});
    }
  }
  return items;
}

}  // namespace

std::string_view to_string(Target target) {
  switch (target) {
    case Target::compose:
      return "Compose";
    case Target::kubernetes:
      return "Kubernetes";
    case Target::run:
      return "a run line";
  }
  return {};
}

Result<Conversion> convert(const std::vector<const Subjects*>& from, Target to, const Options& options) {
  std::vector<Item> items = items_of(from);
  if (items.empty())
    return fail(ErrorCode::unsupported, "convert", "no service, container or run line was found",
                "name a Compose file, a manifest, container:NAME, or -- docker run …");
  const auto is_there = [&](const Item& item) {
    return (to == Target::kubernetes && item.is(Surface::kubernetes)) ||
           (to == Target::compose && item.is(Surface::compose));
  };
  if (std::ranges::any_of(items, is_there))
    return fail(
        ErrorCode::usage, "convert",
        to == Target::compose ? "what is given is a Compose file already" : "what is given is a manifest already",
        "use oakum fix to harden it");
  if (items.size() > kMaxWorkloads)
    return fail(ErrorCode::limit, "convert", "more than " + with_thousands(kMaxWorkloads) + " containers",
                "name fewer files");
  Notes notes;
  Conversion result;
  switch (to) {
    case Target::compose:
      result.text = to_compose(items, notes);
      break;
    case Target::kubernetes:
      result.text = to_kubernetes(items, options, notes);
      break;
    case Target::run:
      result.text = to_run(items, notes);
      break;
  }
  for (const Subjects* subjects : from) {
    for (const ComposeProject& project : subjects->projects) note_unmodelled(project, to, notes);
  }
  if (to != Target::run && !is_valid_utf8(result.text))
    return fail(ErrorCode::invalid, "convert", "a text is not UTF-8, and YAML can say nothing else", {});
  result.notes = notes.take();
  return result;
}

}  // namespace oakum::convert
