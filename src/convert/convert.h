// The model written out as another surface: run lines and containers as Compose services, Compose as Kubernetes and
// back, all of them as run lines. What the other side cannot say is told, never dropped unseen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/origin.h"
#include "model/subjects.h"

namespace oakum::convert {

enum class Target : std::uint8_t { compose, kubernetes, run };
std::string_view to_string(Target target);  // "Compose", "Kubernetes", "a run line"

struct Note {
  enum class Kind : std::uint8_t {
    not_said,  // the other side has no word for it
    assumed,   // was not said, or is said in another way there
  };
  Kind kind = Kind::not_said;
  Origin origin;
  std::string subject;  // `service "web"`
  std::string what;     // "pids_limit", "--rm"
  std::string why;
  bool operator==(const Note&) const = default;
};

struct Conversion {
  std::string text;         // ends in a line end
  std::vector<Note> notes;  // in the order of what they are about
};

struct Options {
  std::string directory;  // absolute: what relative paths of the host begin at; "" leaves them as they are
};

// All workloads of all subjects become one file. An error of code `unsupported` when there is none that could be
// written, `limit` for more than 1,000 workloads, `invalid` when a text is not UTF-8 and the other side is YAML.
inline constexpr std::size_t kMaxWorkloads = 1000;
Result<Conversion> convert(const std::vector<const Subjects*>& from, Target to, const Options& options = {});

}  // namespace oakum::convert
