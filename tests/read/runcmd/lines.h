// For tests of read/runcmd: one text read, and a workload's place in it.
#pragma once

#include <string>
#include <string_view>

#include "read/runcmd/runcmd.h"

namespace oakum::runcmd {

inline Subjects read_text(std::string_view text, Carrier carrier = Carrier::shell) {
  Subjects subjects;
  read("t", text, carrier, subjects);
  return subjects;
}

// "LINE:COLUMN text" of what an origin points at.
inline std::string pointed(const Subjects& subjects, const Origin& origin) {
  const Source* source = subjects.source(origin.source);
  if (source == nullptr) return "?";
  const Span& span = origin.span;
  return std::to_string(span.line) + ":" + std::to_string(span.column) + " " +
         source->text.substr(span.begin, span.end - span.begin);
}

inline std::string errors_of(const Subjects& subjects) {
  std::string text;
  for (const Error& error : subjects.errors) text += error.message() + "\n";
  return text;
}

// The images of the workloads, with the engine's initial.
inline std::string images(const Subjects& subjects) {
  std::string text;
  for (const Workload& workload : subjects.workloads) {
    text +=
        (text.empty() ? "" : " ") + std::string(workload.engine == Engine::podman ? "p:" : "d:") + workload.image->text;
  }
  return text;
}

}  // namespace oakum::runcmd
