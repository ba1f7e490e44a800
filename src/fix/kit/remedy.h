// A remedy: what closes the findings of one rule. One function each, one line in its folder's table. Remedies look at
// what was read and answer with edits; they touch nothing.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "fix/kit/change.h"
#include "fix/kit/parsed_texts.h"
#include "model/finding.h"
#include "model/image_reference.h"
#include "model/subjects.h"

namespace oakum::fix {

// What is known of a workload from outside its text: seen in a trial run, or said by the user.
struct Needs {
  std::set<std::string> capabilities;  // canonical names without CAP_: "CHOWN"
  std::set<std::string> written;       // paths that it writes and that are no volumes: want a tmpfs
  std::string user;                    // uid[:gid] that owns its data; "" not known
  bool root = false;                   // does not run otherwise
};

// What planning may do and knows.
struct Options {
  bool unsafe = false;                              // also fixes that may change behaviour
  std::map<std::string, Needs, std::less<>> needs;  // by Workload::subject
  // The digest ("sha256:…") that a reference has where images come from; null: nobody is asked. May take seconds.
  std::function<Result<std::string>(const ImageReference&)> digest_of;
  // For each rule that has several remedies for one finding: how many of them to pass over, by rule and subject.
  std::map<std::pair<std::string, std::string>, std::size_t> passed_over;
};

// One for all findings of what was read together, worked out one after another.
struct Context {
  const Subjects& subjects;
  const Options& options;
  std::unique_ptr<ParsedTexts> texts = std::make_unique<ParsedTexts>();
};

// Why nothing is edited: one sentence, what stands in the way and what to do by hand.
struct Refusal {
  std::string why;
};

struct Answer {
  std::vector<Change> changes;  // of the finding's workload
  std::vector<Edit> edits;      // of texts as they are: Dockerfiles, files beside
  // When this finding's fix is not of the safety that its rule has in general.
  std::optional<FixSafety> safety;
  std::string note;     // what is left to do by hand, or to know; "" nothing
  bool secret = false;  // an edit's text holds a secret that was found: reports leave it out
};
using Planned = std::expected<Answer, Refusal>;

struct Remedy {
  std::string_view rule;
  Planned (*plan)(const Finding& finding, const Context& context);
};

std::unexpected<Refusal> refuse(std::string why);

}  // namespace oakum::fix
