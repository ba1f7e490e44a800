#include <algorithm>
#include <chrono>
#include <ctime>

#include "base/fd.h"
#include "trial/client.h"
#include "trial/compare.h"
#include "trial/identity.h"
#include "trial/images.h"
#include "trial/interrupt.h"
#include "trial/leftovers.h"
#include "trial/project.h"
#include "trial/search.h"
#include "trial/side.h"
#include "trial/trial.h"

namespace oakum::trial {

namespace {

using Clock = std::chrono::steady_clock;

std::string now_as_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text, length};
}

std::unexpected<Error> interrupted() { return fail(ErrorCode::io, "the trial", "was interrupted"); }

bool works(const Observation& seen) {
  return seen.up() || (seen.tried && seen.failure.empty() && seen.state == "exited" && seen.exit_code == 0);
}

// Where a probe went at first, it goes again.
void pin_probes(const Side& before, std::vector<ProbeWish>& probes) {
  for (ProbeWish& wish : probes) {
    if (!wish.service.empty()) continue;
    for (const Observation& seen : before.services) {
      for (const ProbeResult& result : seen.probes) {
        if (result.text == wish.text) wish.service = seen.service;
      }
    }
  }
}

// Everything that lives as long as one proof.
class Prover {
 public:
  Prover(const Client& client, const Target& target, const MakeFixes& fixes, Options options, std::string trial,
         std::string directory)
      : client_(client),
        target_(target),
        fixes_(fixes),
        options_(std::move(options)),
        trial_(std::move(trial)),
        directory_(std::move(directory)),
        images_(client_, trial_) {}

  Status run(Proven& proven) {
    Proof& proof = proven.proof;
    const auto began = Clock::now();
    OAKUM_TRY(const FixRun all, fixes_({}));
    if (all.texts.empty()) {
      proof.verdict = Proof::Verdict::nothing;
      return {};
    }
    OAKUM_TRY(before_project_, read_project(target_, options_.read, nothing_));
    OAKUM_TRY(proof.before, run_side(before_project_, nothing_, nullptr, "before"));
    before_ = &proof.before;
    pin_probes(proof.before, options_.probes);
    if (std::ranges::none_of(proof.before.services, works)) {
      proof.verdict = Proof::Verdict::not_tried;
      proof.why = why_nothing_works(proof.before);
      return {};
    }
    OAKUM_TRY(SearchResult found, search_fixes(began));
    fill(std::move(found), proven);
    return {};
  }

 private:
  static std::string why_nothing_works(const Side& before) {
    std::string why = "nothing of it works as it is";
    for (const Observation& seen : before.services) {
      why += "; " + seen.service + ": ";
      why += !seen.failure.empty() ? seen.failure
                                   : seen.state + (seen.health.empty() ? "" : ", " + seen.health) + ", status " +
                                         std::to_string(seen.exit_code);
    }
    return why;
  }

  Result<Side> run_side(const Project& project, const check::Texts& texts, const Side* before,
                        const std::string& name) {
    if (interrupt_flag()) return interrupted();
    const std::string directory = directory_ + "/" + name;
    OAKUM_CHECK(make_directories(directory));
    SideRun side(client_, images_, options_, trial_, name, directory);
    return side.run(project, texts, before);
  }

  Result<Outcome> try_run(const FixRun& run) {
    const auto began = Clock::now();
    OAKUM_TRY(const Project project, read_project(target_, options_.read, run.texts));
    OAKUM_TRY(Side after, run_side(project, run.texts, before_, "try-" + std::to_string(++attempts_)));
    Outcome outcome;
    outcome.regressions = compare(*before_, after);
    for (const Observation& was : before_->services) {
      const auto is = std::ranges::find(after.services, was.service, &Observation::service);
      if (is != after.services.end()) outcome.wants[was.subject] = wants_after(was, *is);
    }
    outcome.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    sides_[run.texts] = std::move(after);
    return outcome;
  }

  Result<SearchResult> search_fixes(Clock::time_point began) {
    const Concerns concerns = [this](const Applied& fix, const std::string& subject) {
      if (fix.id.subject == subject) return true;
      return std::ranges::any_of(before_project_.services, [&](const Service& service) {
        return service.workload.subject == subject && before_project_.dockerfile_of(service) == fix.id.path;
      });
    };
    SearchLimits limits;
    limits.attempts = options_.attempts;
    limits.is_over = [this, began] { return interrupt_flag() || Clock::now() - began > options_.total; };
    return search(fixes_, [this](const FixRun& run) { return try_run(run); }, concerns, limits);
  }

  void fill(SearchResult found, Proven& proven) {
    Proof& proof = proven.proof;
    proof.verdict = found.works ? Proof::Verdict::proven : Proof::Verdict::not_proven;
    proof.why = std::move(found.why);
    proof.after = std::move(sides_[found.run.texts]);
    proof.regressions = std::move(found.regressions);
    proof.attempts = std::move(found.attempts);
    proof.taken_back = std::move(found.taken_back);
    proof.kept = found.run.applied;
    for (const auto& [subject, needs] : found.choice.needs) proof.learned.push_back({subject, needs});
    proven.choice = std::move(found.choice);
    proven.run = std::move(found.run);
  }

  const Client& client_;
  const Target& target_;
  const MakeFixes& fixes_;
  Options options_;
  std::string trial_, directory_;
  Images images_;
  const check::Texts nothing_;
  Project before_project_;
  const Side* before_ = nullptr;
  std::map<check::Texts, Side> sides_;
  std::size_t attempts_ = 0;
};

void describe_engine(const Client& client, Proof& proof) {
  proof.engine = client.name();
  proof.engine_version = client.version();
  proof.kernel_version = client.kernel();
}

}  // namespace

std::string_view to_string(Proof::Verdict verdict) {
  switch (verdict) {
    case Proof::Verdict::proven:
      return "proven";
    case Proof::Verdict::nothing:
      return "nothing to fix";
    case Proof::Verdict::not_proven:
      return "not proven";
    case Proof::Verdict::not_tried:
      return "not tried";
  }
  return "";
}

Result<Proven> prove(const Target& target, const MakeFixes& fixes, const Options& options) {
  const InterruptGuard guard;
  const auto began = Clock::now();
  OAKUM_TRY(const Client client, Client::connect(options.docker_host, &interrupt_flag()));
  const Client cleaner = client.unstoppable();
  Removed abandoned = remove_labelled(cleaner, is_abandoned);
  remove_abandoned_directories(abandoned);
  const std::string trial = own_trial_id();
  OAKUM_TRY(const TemporaryDirectory directory,
            TemporaryDirectory::create(kDirectoryPrefix + trial, trial_directory_root()));
  Proven proven;
  proven.proof.target = target.unit.name;
  proven.proof.started = now_as_text();
  proven.proof.cleaned = std::move(abandoned.gone);
  describe_engine(client, proven.proof);
  Status status = Prover(client, target, fixes, options, trial, directory.path()).run(proven);
  proven.proof.left = remove_labelled(cleaner, [&](std::string_view id) { return id == trial; }).left;
  proven.proof.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  if (interrupt_flag()) return interrupted();
  if (!status) return std::unexpected(std::move(status.error()));
  return proven;
}

}  // namespace oakum::trial
