#include "cli/prove_report.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "cli/prove_kernel.h"
#include "report/layout.h"

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

constexpr std::size_t kIndent = 13;  // the label and the blanks around it

// Lines with a label in front; text goes on below itself.
class Lines {
 public:
  explicit Lines(std::size_t width) : room_(std::max<std::size_t>(width, kIndent + 30) - kIndent - 2) {}

  void add(std::string_view label, const std::string& what) {
    std::string body = report::paragraph(what, room_);
    for (std::size_t at = body.find('\n'); at != std::string::npos; at = body.find('\n', at + 1))
      body.insert(at + 1, kIndent, ' ');
    text_ += "  " + padded(std::string(label), kIndent - 2) + body + "\n";
  }

  // What has lines of its own.
  void add_block(std::string_view block) { text_ += block; }
  // At its own width.
  void add_title(std::string_view text) { text_.append(text).append("\n"); }
  std::string take() { return std::move(text_); }

 private:
  std::size_t room_;
  std::string text_;
};

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
void add_broken(const Side& side, Lines& lines) {
  for (const Observation& seen : side.services) {
    const bool ended_well = seen.state == "exited" && seen.exit_code == 0;
    if (!seen.tried || seen.up() || ended_well) continue;
    const std::string how = !seen.failure.empty()     ? "does not start: " + printable(seen.failure, kMaxText)
                            : seen.state == "running" ? seen.health
                                                      : seen.state + ", status " + std::to_string(seen.exit_code);
    lines.add("", seen.service + " does not work as it is: " + how);
  }
  for (const Observation& seen : side.services) {
    for (const trial::ProbeResult& probe : seen.probes) {
      if (!probe.passed)
        lines.add("", "probe \"" + printable(probe.text, kMaxText) +
                          "\" does not pass as it is: " + printable(probe.said, kMaxText));
    }
  }
}

std::string regression_text(const Regression& regression, std::string_view told) {
  std::string what = regression.what;
  const auto known = told.empty() ? std::string::npos : what.find(told);
  if (known != std::string::npos) what.resize(known);
  while (what.ends_with(' ') || what.ends_with(':')) what.pop_back();
  std::string text = regression.service + " " + printable(what, kMaxText);
  const bool is_new = !regression.cause.empty() && regression.cause != told;
  if (is_new && what.find(regression.cause) == std::string::npos) text += ": " + printable(regression.cause, kMaxText);
  return text;
}

void add_attempt(const trial::Attempt& attempt, std::size_t number, Lines& lines) {
  const std::string label = "try " + std::to_string(number);
  const std::string line =
      count_text(attempt.fixes, "fix", "fixes") + " (" + attempt.why + ") · " + seconds_text(attempt.seconds);
  if (attempt.regressions.empty()) return lines.add(label, line + " · works as before");
  lines.add(label, line);
  const std::size_t shown = std::min(attempt.regressions.size(), kMaxRegressions);
  std::string_view told;  // a cause that the line before names already
  for (std::size_t i = 0; i < shown; ++i) {
    const Regression& regression = attempt.regressions[i];
    lines.add("", regression_text(regression, told));
    told = regression.cause;
  }
  if (shown < attempt.regressions.size())
    lines.add("", "and " + std::to_string(attempt.regressions.size() - shown) + " more");
}

std::string list_text(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + printable(item, kMaxText);
  return text;
}

void add_taken_back(const Proof& proof, Lines& lines) {
  for (const trial::TakenBack& taken : proof.taken_back) {
    const bool kept = !taken.tried.empty() && taken.tried.back().starts_with("kept as: ");
    std::string line = printable(taken.fix.id.subject) + ": " + taken.fix.id.rule;
    if (!taken.why.empty()) line += " (" + printable(taken.why, kMaxText) + ")";
    lines.add(kept ? "other form" : "taken back", line);
    if (!taken.tried.empty()) lines.add("", "tried: " + list_text(taken.tried));
  }
}

std::string needs_text(const fix::Needs& needs) {
  std::vector<std::string> parts;
  for (const std::string& name : needs.capabilities) parts.push_back("capability " + name);
  for (const std::string& path : needs.written) parts.push_back("tmpfs " + path);
  if (!needs.user.empty()) parts.push_back("data of user " + needs.user);
  if (needs.root) parts.emplace_back("root");
  return list_text(parts);
}

// What the proof does not cover: never taken for proven.
void add_not_tried(const Proof& proof, Lines& lines) {
  std::vector<std::string> told;
  const auto tell = [&](const std::string& what) {
    if (std::ranges::find(told, what) != told.end()) return;
    told.push_back(what);
    lines.add(told.size() == 1 ? "not tried" : "", printable(what, 2 * kMaxText));
  };
  for (const Side* side : {&proof.before, &proof.after}) {
    for (const Observation& seen : side->services) {
      if (!seen.tried && proof.verdict != Proof::Verdict::not_tried) tell(seen.service + ": " + seen.failure);
      for (const std::string& what : seen.not_as_stated) tell(seen.service + ": " + what);
    }
    for (const std::string& note : side->notes) tell(note);
  }
}

std::string verdict_text(const Proof& proof) {
  if (proof.verdict != Proof::Verdict::proven) return printable(proof.why, 4 * kMaxText);
  return count_text(proof.kept.size(), "fix", "fixes") + " kept, " + seconds_text(proof.seconds) + " in all";
}

void add_trial(const Proof& proof, Lines& lines) {
  lines.add("before", side_text(proof.before));
  if (proof.verdict != Proof::Verdict::not_tried) add_broken(proof.before, lines);  // else the verdict says it
  for (std::size_t i = 0; i < proof.attempts.size(); ++i) add_attempt(proof.attempts[i], i + 1, lines);
  add_taken_back(proof, lines);
  if (proof.verdict == Proof::Verdict::proven) lines.add("after", side_text(proof.after));
  for (const trial::Learned& learned : proof.learned) {
    if (const std::string needs = needs_text(learned.needs); !needs.empty())
      lines.add("needs", printable(learned.subject) + ": " + needs);
  }
  lines.add_block(kernel_table(proof.before, proof.after));
  add_not_tried(proof, lines);
  for (const std::string& left : proof.left) lines.add("left", printable(left, kMaxText));
}

}  // namespace

std::string prove_text(const Proof& proof, std::size_t width) {
  Lines lines(width);
  const bool asked = !proof.engine.empty();  // an engine; manifests are not for one
  lines.add_title((asked ? "proving " : "not proving ") + printable(proof.target) +
                  (asked ? " on " + proof.engine + " " + proof.engine_version : ""));
  if (proof.verdict == Proof::Verdict::nothing) {
    lines.add_title("  nothing to fix");
    return lines.take();
  }
  if (asked) add_trial(proof, lines);
  lines.add(std::string(to_string(proof.verdict)) + " ", verdict_text(proof));
  return lines.take();
}

}  // namespace oakum::cli
