#include "trial/project.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"

namespace oakum::trial {

namespace {

std::string directory_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// Of an image alone: it is run as it is.
Service service_of(const Subjects& subjects, std::size_t dockerfile) {
  Service service;
  service.workload.name = "image";
  const Source* source = subjects.source(subjects.dockerfiles[dockerfile].source);
  service.workload.subject = source == nullptr ? "image" : "image of " + source->name;
  service.workload.surface = Surface::dockerfile;
  service.dockerfile = dockerfile;
  return service;
}

std::string why_not_tried(const Workload& workload, const Subjects& subjects) {
  if (!workload.profiles.empty())
    return "it is only in profile \"" + printable(workload.profiles.items.front().value, 100) + "\"";
  if (workload.build && !workload.build->read) return "its Dockerfile was not read";
  if (!workload.build && !workload.image) return "it names no image";
  if (!workload.build && !workload.image.known())
    return "its image \"" + printable(workload.image->text, 200) + "\" depends on a variable";
  if (workload.build && subjects.dockerfiles[*workload.build->read].context.empty())
    return "its build context is not here";
  return {};
}

std::vector<Service> services_of(const Subjects& subjects) {
  std::vector<Service> services;
  for (const Workload& workload : subjects.workloads) {
    Service service{workload, {}, why_not_tried(workload, subjects)};
    if (workload.build) service.dockerfile = workload.build->read;
    services.push_back(std::move(service));
  }
  if (!services.empty()) return services;
  for (std::size_t i = 0; i < subjects.dockerfiles.size(); ++i) services.push_back(service_of(subjects, i));
  return services;
}

// Behind what it depends on, else in the order of the file. Circles, which engines refuse, stay in that order.
std::vector<Service> in_start_order(std::vector<Service> services) {
  std::vector<Service> ordered;
  std::set<std::string> names, done;
  for (const Service& service : services) names.insert(service.workload.name);
  const auto is_ready = [&](const Service& service) {
    return std::ranges::all_of(service.workload.depends_on, [&](const Stated<std::string>& other) {
      return done.contains(other.value) || !names.contains(other.value);
    });
  };
  while (!services.empty()) {
    auto next = std::ranges::find_if(services, is_ready);
    if (next == services.end()) next = services.begin();
    done.insert(next->workload.name);
    ordered.push_back(std::move(*next));
    services.erase(next);
  }
  return ordered;
}

}  // namespace

std::string Project::dockerfile_of(const Service& service) const {
  if (!service.dockerfile) return {};
  const Source* source = subjects.source(subjects.dockerfiles[*service.dockerfile].source);
  return source == nullptr ? std::string() : source->name;
}

Result<Project> read_project(const Target& target, const check::ReadOptions& options, const check::Texts& texts) {
  check::Unit unit = target.unit;
  unit.subjects = Subjects{};
  check::ReadOptions read = options;
  read.texts = &texts;
  read.contexts = nullptr;
  read.context = true;
  if (const auto changed = texts.find(unit.name); unit.paths.empty() && changed != texts.end())
    unit.text = changed->second;
  const check::FileKind kind = check::read_unit(unit, target.kind, read);
  if (!unit.subjects.errors.empty()) return std::unexpected(std::move(unit.subjects.errors.front()));
  const bool runs =
      kind == check::FileKind::compose || kind == check::FileKind::dockerfile || kind == check::FileKind::run_lines;
  if (!runs) {
    return fail(ErrorCode::unsupported, unit.name,
                "only Dockerfiles, Compose files and run lines are started for a proof");
  }
  Project project;
  project.base = unit.paths.empty() ? "." : directory_of(unit.paths.front());
  project.subjects = std::move(unit.subjects);
  project.services = in_start_order(services_of(project.subjects));
  if (project.services.empty())
    return fail(ErrorCode::not_found, unit.name, "states no container that could be started");
  return project;
}

}  // namespace oakum::trial
