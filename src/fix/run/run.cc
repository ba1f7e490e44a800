#include "fix/run/run.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "base/parallel.h"
#include "fix/run/groups.h"
#include "fix/run/passes.h"
#include "fix/run/round.h"

namespace oakum::fix {

namespace {

using check::Texts;

// One group's share of the whole request. Groups run side by side, mostly small ones; of a whole cluster's manifests
// the files do.
Request share_of(const Request& request, const std::vector<std::size_t>& group) {
  constexpr std::size_t kMany = 64;
  Request share = request;
  share.pending.clear();
  for (const std::size_t unit : group) share.pending.push_back(request.pending[unit]);
  if (group.size() < kMany) share.plan.threads = 1;
  return share;
}

// Units that have texts which can be edited. Charts and kustomizations have none: their programs would run in each
// pass.
std::vector<UnitTexts> editable(const Request& request, const std::vector<UnitTexts>& units) {
  std::vector<UnitTexts> all;
  for (const UnitTexts& unit : units) {
    const bool was_read =
        unit.unit < request.pending.size() && request.pending[unit.unit].kind != check::FileKind::none;
    if (was_read && !unit.names.empty()) all.push_back(unit);
  }
  return all;
}

std::set<std::string, std::less<>> texts_without_file(const Request& request) {
  std::set<std::string, std::less<>> names;
  for (const check::Pending& pending : request.pending) {
    if (pending.unit.paths.empty()) names.insert(pending.unit.name);
  }
  return names;
}

void append(std::vector<Finding>& all, std::vector<Finding>& more) { std::ranges::move(more, std::back_inserter(all)); }

}  // namespace

FixId id_of(const Finding& finding) { return {finding.rule, finding.path, finding.subject, finding.message}; }

Outcome run(const Request& request) {
  Texts texts = request.read.texts == nullptr ? Texts() : *request.read.texts;
  const RoundPointer first = judge(request, texts, {});
  const auto groups = groups_of(editable(request, first->units));
  std::vector<std::unique_ptr<Passes>> runners(groups.size());
  std::vector<Request> shares(groups.size());
  const std::size_t threads = request.plan.threads == 0 ? hardware_threads() : request.plan.threads;
  parallel_for(groups.size(), threads, [&](std::size_t i) {
    shares[i] = share_of(request, groups[i]);
    runners[i] = std::make_unique<Passes>(shares[i], texts);
    runners[i]->run();
  });
  const auto without_file = texts_without_file(request);
  Outcome whole;
  whole.before = first->targets;
  for (const auto& runner : runners) {
    Outcome& outcome = runner->outcome();
    append(whole.fixed, outcome.fixed);
    append(whole.refused, outcome.refused);
    append(whole.unsafe, outcome.unsafe);
    whole.passes = std::max(whole.passes, outcome.passes);
    for (const auto& [path, before] : runner->originals()) {
      // Two groups may want to make one file (a .dockerignore): the first does, and the next run completes it.
      if (!before && texts.contains(path)) continue;
      const std::string& after = runner->texts().find(path)->second;
      texts[path] = after;
      if (!before || *before != after)
        whole.files.push_back({path, before.value_or(""), after, before.has_value(), !without_file.contains(path)});
    }
  }
  std::ranges::sort(whole.files, {}, &FileChange::path);
  whole.after = whole.files.empty() ? whole.before : judge(request, texts, {})->targets;
  return whole;
}

}  // namespace oakum::fix
