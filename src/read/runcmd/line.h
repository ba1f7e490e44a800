// Inside read/runcmd: one run line, from its words to a workload.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/subjects.h"
#include "read/runcmd/flags.h"

namespace oakum::runcmd {

// Where the run line stands in a command's words.
struct RunLine {
  std::size_t program = 0;    // "docker"
  std::size_t arguments = 0;  // behind "run" or "create"
  Tool tool = Tool::docker;
  std::string verb;  // "docker run"
};

// Behind wrappers (sudo, env, ssh HOST, …) and the program's own global flags. nullopt: no run line.
std::optional<RunLine> find_run(std::span<const shell::Word> words);

// Appends a workload, and an error for each flag that is unknown or has a value that it does not take.
void read_line(std::span<const shell::Word> words, const RunLine& line, std::uint32_t source, Subjects& subjects);

// Only the flags of `words`, from `first` on, into a workload that something else describes (a quadlet's PodmanArgs=).
void read_flags(std::span<const shell::Word> words, std::size_t first, Tool tool, Draft& draft, std::uint32_t source,
                Subjects& subjects);

// "NAME:LINE:COLUMN" of a place in a source, as errors begin.
std::string place(const Subjects& subjects, std::uint32_t source, const Span& span);

// How a message calls a workload: `docker run nginx`.
std::string subject_of(std::string_view verb, std::string_view image);

}  // namespace oakum::runcmd
