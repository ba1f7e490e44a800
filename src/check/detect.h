// What kind of thing a file is, told by its content; its name only helps where content is ambiguous.
#pragma once

#include <cstdint>
#include <string_view>

namespace oakum::check {

enum class FileKind : std::uint8_t {
  none,     // nothing that oakum reads
  unknown,  // a file that was found in a directory: its content tells, once it is read
  dockerfile,
  compose,
  kubernetes,
  kustomization,  // for a program to render
  helm_chart,
  run_lines,  // scripts, units, CI files, Makefiles, Markdown that hold run lines
  inspect,    // what `docker inspect` prints
};

// Could a file of this name hold anything for us? Directories are walked by it, so that nothing else is opened. No I/O.
bool worth_reading(std::string_view path);

// `text` may be empty. With `named` the user named the file: content that says nothing is then judged by the name, and
// a YAML or text file without any run line is still `none`.
FileKind detect(std::string_view path, std::string_view text, bool named);

// A file name that Dockerfiles have: Dockerfile, Dockerfile.dev, api.Dockerfile, Containerfile.
bool is_dockerfile_name(std::string_view path);
// compose.yaml, docker-compose.yml, docker-compose.override.yml, …
bool is_compose_name(std::string_view path);

}  // namespace oakum::check
