// What a rule writes its findings to, and where it finds its settings. Made per rule and set of subjects by evaluate().
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/subjects.h"
#include "rules/kit/rule.h"
#include "rules/kit/settings.h"

namespace oakum::rules {

struct Outcome {
  std::vector<Finding> findings;
  std::vector<NotEvaluated> not_evaluated;
};

class Judge {
 public:
  Judge(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome)
      : rule_(rule), subjects_(subjects), settings_(settings), outcome_(outcome) {}

  const Subjects& subjects() const { return subjects_; }
  const Settings& settings() const { return settings_; }

  // A finding at `where`, filled from the rule's metadata: severity, aliases, fix. The reference is good until the next
  // call; change what differs for this one (severity, evidence, fix, related).
  Finding& found(const Origin& where, std::string_view subject, std::string message);
  // The usual forms. At the workload itself: something is missing. Of an open one (is_open) that cannot be said, and
  // nothing is found; the reference is then to a finding that nobody sees.
  Finding& found(const Workload& workload, std::string message);
  Finding& found(const Workload& workload, const Origin& where, std::string message);  // at what is stated
  Finding& found(const Dockerfile& dockerfile, const Instruction& instruction, std::string message);
  Finding& found(const Dockerfile& dockerfile, const Instruction& instruction, const Span& where, std::string message);
  Finding& found(const KubernetesObject& object, const Origin& where, std::string message);
  Finding& found(const ImageFacts& image, std::string message);  // whole image

  // True, and told as not judged, when words of a command line are not known ($OPTS) and may state what is missing
  // here, or when a Compose service is only a part of one. Rules that find a part missing at a place of its own ask
  // this first.
  bool is_open(const Workload& workload);

  // This subject could not be judged by this rule, and why (what is missing, how to give it).
  void could_not(const Origin& where, std::string_view subject, std::string why);

 private:
  // Does it extend what could not be read, or is it of a file that adds to another?
  bool is_part(const Workload& workload);

  const Rule& rule_;
  const Subjects& subjects_;
  const Settings& settings_;
  Outcome& outcome_;
  std::optional<Finding> unsaid_;
};

// Only these of the rule's aliases belong to the finding ("DL3008", not "DL3013"): peers' suppressions go by them.
void only_aliases(Finding& finding, std::initializer_list<std::string_view> aliases);
void add_alias(Finding& finding, std::string_view alias);

// The parts after each other: cheap to compile, unlike a formatting library.
std::string join(std::initializer_list<std::string_view> parts);
// `"text"`, made printable and cut at 80 bytes: what messages quote.
std::string quoted(std::string_view text);

// `stage "build"` or `stage 2`; "before the first FROM".
std::string stage_name(const Dockerfile& dockerfile, std::size_t stage);
Origin origin_of(const Dockerfile& dockerfile, const Span& span, std::string node = {});

// What the functions below do where there is something to look at.
void look_at_each(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome);
void look_at_all(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome);

// Runs one rule over each subject by itself; findings come in the order of the subjects. Most rules have nothing to see
// in a file, which this tells at once.
inline void evaluate_each(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome) {
  if ((rule.sees & kinds_in(subjects)) != 0) look_at_each(rule, subjects, settings, outcome);
}
// Runs what a rule says of all subjects together (Checks::subjects).
inline void evaluate_together(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome) {
  if (rule.checks.subjects != nullptr) look_at_all(rule, subjects, settings, outcome);
}
// Both.
void evaluate(const Rule& rule, const Subjects& subjects, const Settings& settings, Outcome& outcome);

}  // namespace oakum::rules
