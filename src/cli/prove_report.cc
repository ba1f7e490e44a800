#include "cli/prove_report.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "base/text.h"
#include "model/capabilities.h"

namespace oakum::cli {

namespace {

using trial::Observation;
using trial::Proof;
using trial::Regression;
using trial::Side;

constexpr std::size_t kMaxText = 160;
constexpr std::size_t kMaxRegressions = 4;  // of one attempt

std::string seconds_text(double seconds) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.1f s", seconds);
  return {text, static_cast<std::size_t>(length)};
}

std::string count_text(std::size_t number, const char* one, const char* more) {
  return std::to_string(number) + " " + (number == 1 ? one : more);
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

void add_line(std::string& text, std::string_view label, std::string_view what) {
  text += "  " + padded(std::string(label), 11) + std::string(what) + "\n";
}

std::string probes_text(const Side& side) {
  std::size_t all = 0, passed = 0;
  for (const Observation& seen : side.services) {
    all += seen.probes.size();
    passed += static_cast<std::size_t>(std::ranges::count(seen.probes, true, &trial::ProbeResult::passed));
  }
  return all == 0 ? "" : " · probes " + std::to_string(passed) + "/" + std::to_string(all);
}

std::string side_text(const Side& side) {
  const auto up = static_cast<std::size_t>(std::ranges::count_if(side.services, &Observation::up));
  std::string text = count_text(up, "service", "services") + " up";
  if (up > 0) text += " in " + seconds_text(side.seconds);
  return text + probes_text(side);
}

// A service that does not work before either: the proof says nothing of it.
void add_broken(const Side& side, std::string& text) {
  for (const Observation& seen : side.services) {
    const bool ended_well = seen.state == "exited" && seen.exit_code == 0;
    if (!seen.tried || seen.up() || ended_well) continue;
    const std::string how = !seen.failure.empty()     ? "does not start: " + printable(seen.failure, kMaxText)
                            : seen.state == "running" ? seen.health
                                                      : seen.state + ", status " + std::to_string(seen.exit_code);
    add_line(text, "", seen.service + " does not work as it is: " + how);
  }
  for (const Observation& seen : side.services) {
    for (const trial::ProbeResult& probe : seen.probes) {
      if (!probe.passed)
        add_line(text, "",
                 "probe \"" + printable(probe.text, kMaxText) +
                     "\" does not pass as it is: " + printable(probe.said, kMaxText));
    }
  }
}

std::string regression_text(const Regression& regression) {
  std::string text = regression.service + " " + printable(regression.what, kMaxText);
  if (!regression.cause.empty() && regression.what.find(regression.cause) == std::string::npos)
    text += ": " + printable(regression.cause, kMaxText);
  return text;
}

void add_attempt(const trial::Attempt& attempt, std::string& text) {
  std::string line =
      count_text(attempt.fixes, "fix", "fixes") + " (" + attempt.why + ") · " + seconds_text(attempt.seconds);
  if (attempt.regressions.empty()) {
    add_line(text, "after", line + " · works as before");
    return;
  }
  add_line(text, "after", line);
  std::size_t told = 0;
  for (const Regression& regression : attempt.regressions) {
    if (told++ == kMaxRegressions) break;
    add_line(text, "", regression_text(regression));
  }
  if (attempt.regressions.size() > kMaxRegressions)
    add_line(text, "", "and " + std::to_string(attempt.regressions.size() - kMaxRegressions) + " more");
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + printable(item, kMaxText);
  return text;
}

void add_taken_back(const Proof& proof, std::string& text) {
  for (const trial::TakenBack& taken : proof.taken_back) {
    const bool kept = !taken.tried.empty() && taken.tried.back().starts_with("kept as: ");
    std::string line = printable(taken.fix.id.subject) + ": " + taken.fix.id.rule;
    if (!taken.why.empty()) line += " (" + printable(taken.why, kMaxText) + ")";
    add_line(text, "", (kept ? "in another form: " : "taken back: ") + line);
    if (!taken.tried.empty()) add_line(text, "", "tried: " + list_text(taken.tried));
  }
}

std::string needs_text(const fix::Needs& needs) {
  std::vector<std::string> parts;
  for (const std::string& name : needs.capabilities) parts.push_back("capability " + name);
  for (const std::string& path : needs.written) parts.push_back("writes to " + path);
  if (!needs.user.empty()) parts.push_back("data of user " + needs.user);
  if (needs.root) parts.emplace_back("root");
  return list_text(parts);
}

std::string capabilities_text(const KernelFacts& facts) {
  const auto names = capability_names(facts.effective);
  if (names.empty()) return "no capabilities";
  if (names.size() > 6) return std::to_string(names.size()) + " capabilities";
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

std::string kernel_text(const KernelFacts& facts) {
  std::string text = "uid " + std::to_string(facts.uid_in_container) + " · " + capabilities_text(facts);
  text += facts.seccomp == 2 ? " · seccomp filter" : " · no seccomp";
  if (facts.no_new_privileges) text += " · no new privileges";
  text += facts.root_read_only ? " · root read-only" : " · root writable";
  if (facts.memory_limit) text += " · " + human_bytes(*facts.memory_limit);
  if (facts.pids_limit) text += " · " + std::to_string(*facts.pids_limit) + " processes";
  return text;
}

void add_kernel(const Side& side, std::string& text) {
  std::size_t width = 0;
  for (const Observation& seen : side.services) width = std::max(width, seen.service.size());
  bool first = true;
  for (const Observation& seen : side.services) {
    if (!seen.kernel) continue;
    add_line(text, first ? "kernel" : "", padded(seen.service, width + 1) + kernel_text(*seen.kernel));
    first = false;
  }
}

// What the proof does not cover: never taken for proven.
void add_not_tried(const Proof& proof, std::string& text) {
  std::vector<std::string> told;
  const auto tell = [&](const std::string& what) {
    if (std::ranges::find(told, what) != told.end()) return;
    told.push_back(what);
    add_line(text, told.size() == 1 ? "not tried" : "", printable(what, 2 * kMaxText));
  };
  for (const Side* side : {&proof.before, &proof.after}) {
    for (const Observation& seen : side->services) {
      if (!seen.tried) tell(seen.service + ": " + seen.failure);
      for (const std::string& what : seen.not_as_stated) tell(seen.service + ": " + what);
    }
    for (const std::string& note : side->notes) tell(note);
  }
}

}  // namespace

std::string prove_text(const Proof& proof) {
  std::string text = "proving " + printable(proof.target) + " on " + proof.engine + " " + proof.engine_version + "\n";
  if (proof.verdict == Proof::Verdict::nothing) return text + "  nothing to fix\n";
  add_line(text, "before", side_text(proof.before));
  add_broken(proof.before, text);
  for (const trial::Attempt& attempt : proof.attempts) add_attempt(attempt, text);
  add_taken_back(proof, text);
  if (proof.verdict == Proof::Verdict::proven) add_line(text, "after", side_text(proof.after));
  for (const trial::Learned& learned : proof.learned) {
    if (const std::string needs = needs_text(learned.needs); !needs.empty())
      add_line(text, "needs", printable(learned.subject) + ": " + needs);
  }
  add_kernel(proof.after, text);
  add_not_tried(proof, text);
  for (const std::string& left : proof.left) add_line(text, "left", printable(left, kMaxText));
  add_line(text, std::string(to_string(proof.verdict)) + " ",
           proof.verdict == Proof::Verdict::proven
               ? count_text(proof.kept.size(), "fix", "fixes") + " kept, " + seconds_text(proof.seconds) + " in all"
               : printable(proof.why, 4 * kMaxText));
  return text;
}

}  // namespace oakum::cli
