// `docker run`, `docker create`, `podman run`, `podman create` (and `docker container run`, `nerdctl run`) command
// lines: every flag of docker 28 and podman 5, from an argument vector or found inside another kind of text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/subjects.h"

namespace oakum::runcmd {

enum class Carrier : std::uint8_t {
  shell,        // a shell script; also standard input and a bare line
  systemd,      // a unit: ExecStart=, ExecStartPre=, …; Podman quadlets (.container)
  yaml,         // CI files, cloud-config: strings anywhere in it that hold a command, and lists of its words;
                // package.json
  makefile,     // recipes
  markdown,     // fenced and indented code blocks
  jenkinsfile,  // sh steps
};

// Words of one command, program first: `docker run -d nginx`. Spans are those of `words`.
void read_words(std::span<const shell::Word> words, std::uint32_t source, Subjects& subjects);

// Appends one source and a workload for each run line found. A line that breaks off or has an unknown flag is one error
// with its place; what could be read of it is read.
void read(std::string_view name, std::string_view text, Carrier carrier, Subjects& subjects);

// argv as the shell handed it over; the source's text is the line put back together with quotes.
void read_argv(const std::vector<std::string>& argv, Subjects& subjects);

// Cheap: does the text hold a run line at all? And what carries it, by name and content.
bool mentions_run(std::string_view text);
bool lists_run(std::string_view yaml);  // as a list of words: [docker, run, nginx]
Carrier carrier_of(std::string_view file_name, std::string_view text);
bool is_package_manifest(std::string_view file_name);  // npm's package.json: its scripts are shell

}  // namespace oakum::runcmd
