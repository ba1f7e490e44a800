// What a rule says of a subject: everything a reporter prints, nothing it has to look up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/edit.h"
#include "model/origin.h"
#include "model/practice.h"
#include "model/severity.h"
#include "model/vulnerability.h"

namespace oakum {

// safe: the workload cannot observe it. unsafe: may change behaviour. advice: oakum cannot know, so it edits nothing.
enum class FixSafety : std::uint8_t { none, safe, unsafe, advice };
std::string_view to_string(FixSafety safety);  // "safe", …; "none"

struct FixAdvice {
  FixSafety safety = FixSafety::none;
  std::string summary;                     // what to do, one line; "" when there is nothing to say
  std::shared_ptr<const PlannedFix> plan;  // once worked out: check::Plan::fix; nullptr before
};

struct RelatedPlace {
  Origin origin;
  std::string message;
};

inline constexpr std::uint32_t kNoWorkload = static_cast<std::uint32_t>(-1);

struct Finding {
  std::string rule;                  // id: "run-as-root"
  std::string title;                 // the rule's
  std::vector<std::string> aliases;  // of this very finding: what the peers call it, sorted
  Severity severity = Severity::medium;
  Practice practice = Practice::build_hygiene;
  std::string message;  // what is wrong here, one sentence, lower case, no full stop
  std::string subject;  // `service "web"`, `stage "build"`
  Origin origin;
  // Index of the workload it is about in the Subjects that were judged; kNoWorkload: about none.
  std::uint32_t workload = kNoWorkload;
  std::string evidence;  // the fact that decided it; "" when the message says it
  FixAdvice fix;
  std::vector<RelatedPlace> related;
  std::optional<Suppression> suppressed;

  // Set when the report is put together: what the place looks like.
  std::string path;
  std::string excerpt;  // the line, without its end
};

// A rule that could not judge a subject: never a pass.
struct NotEvaluated {
  std::string rule;
  std::string subject;
  std::string why;  // one sentence: what is missing, and how to give it
  Origin origin;
};

}  // namespace oakum
