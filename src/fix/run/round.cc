#include "fix/run/round.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace oakum::fix {

namespace {

bool is_of_cluster(const Subjects& subjects) {
  const auto is_pod = [](const Workload& workload) { return workload.surface == Surface::kubernetes; };
  return !subjects.objects.empty() || std::ranges::any_of(subjects.workloads, is_pod);
}

}  // namespace

RoundPointer judge(const Request& request, const check::Texts& texts, const Planner& planner) {
  auto round = std::make_shared<Round>();
  std::mutex mutex;
  check::Plan plan = request.plan;
  plan.fix = [&](const Subjects& subjects, std::vector<Finding>& findings) {
    if (planner) planner(subjects, findings);
    const std::lock_guard lock(mutex);
    UnitTexts unit{
        .unit = subjects.first_source / check::kSourcesPerUnit, .names = {}, .cluster = is_of_cluster(subjects)};
    for (const Source& source : subjects.sources) {
      if (source.derived || source.name.empty()) continue;
      round->sources.emplace(source.name, source.text);
      unit.names.insert(source.name);
    }
    round->units.push_back(std::move(unit));
  };
  check::ReadOptions read = request.read;
  read.texts = &texts;
  std::vector<check::Pending> pending = request.pending;
  for (check::Pending& one : pending) {
    if (!one.unit.paths.empty()) continue;
    if (const auto text = texts.find(one.unit.name); text != texts.end()) one.unit.text = text->second;
  }
  round->targets = check::run(std::move(pending), read, plan);
  return round;
}

}  // namespace oakum::fix
