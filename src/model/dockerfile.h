// A Dockerfile as BuildKit reads it (moby/buildkit frontend/dockerfile: parser and instructions), with byte offsets in
// the original file. Read by read/dockerfile. A plain value; ONBUILD's instruction is nested.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/image_reference.h"
#include "model/origin.h"
#include "model/shell.h"

namespace oakum {

enum class InstructionKind : std::uint8_t {
  add,
  arg,
  cmd,
  copy,
  entrypoint,
  env,
  expose,
  from,
  healthcheck,
  label,
  maintainer,
  onbuild,
  run,
  shell,
  stopsignal,
  user,
  volume,
  workdir,
  unknown,  // an error tells; kept so that nothing is lost
};
std::string_view to_string(InstructionKind kind);  // "ADD", …; "" for unknown

struct InstructionFlag {
  std::string name;   // "from", "mount", "platform", "chown", …, without dashes, lower case as BuildKit wants it
  std::string value;  // after '='; with variables expanded where BuildKit expands flags
  bool has_value = false;
  std::vector<std::pair<std::string, std::string>>
      options;  // of --mount: type=cache, target=…; a bare key has value ""
  Span span;
  const std::string* option(std::string_view key) const;
};

struct Argument {
  std::string text;   // as written, with line continuations taken out (quotes stay)
  std::string value;  // after quotes, escapes and ARG/ENV expansion
  bool known = true;  // false: `value` depends on a variable without a value here, or on a build argument's caller
  bool quoted = false;
  Span span;
  bool operator==(const Argument&) const = default;
};

// ENV, LABEL and ARG: one assignment.
struct Assignment {
  Argument key;
  Argument value;
  bool has_value = true;  // ARG NAME without default
  bool legacy = false;    // `ENV key value`
  Span span;
};

struct Heredoc {
  std::string name;
  bool expand = true;  // no quotes in the delimiter
  bool chomp = false;  // <<-
  int fd = 0;
  std::string content;  // as the builder sees it (tabs stripped for <<-)
  Span marker;          // <<EOF
  Span body;            // lines between, in the file
};

// What holds where an instruction stands. Values inherit along FROM stage; a stage on an external image starts unknown.
struct BuildState {
  std::optional<std::string> user;     // the last USER in force, expanded; nullopt: the base image's
  std::optional<std::string> workdir;  // absolute, resolved; nullopt: the base image's
  bool workdir_set = false;            // any WORKDIR so far in this chain of stages
  std::vector<std::string> shell;      // SHELL in force; empty: the platform's /bin/sh -c
};

struct Instruction {
  InstructionKind kind = InstructionKind::unknown;
  std::string name;      // upper case: "RUN"
  std::string spelling;  // as written: "Run"
  Span span;             // the whole, heredoc bodies included
  Span name_span;
  std::size_t stage = 0;  // index of its stage; kNoStage before the first FROM
  std::vector<InstructionFlag> flags;
  std::string text;  // the rest after name and flags, continuations joined, comments inside taken out
  Span text_span;
  bool json_form = false;           // ["…"] that BuildKit takes as such
  bool broken_json = false;         // looks like a JSON array but is taken for shell form
  std::vector<Argument> arguments;  // FROM: image [AS name]; RUN/CMD/ENTRYPOINT json form: the items, shell form: one,
                                    // the text; COPY/ADD: sources and target; EXPOSE, VOLUME, USER, WORKDIR, …: words
  std::vector<Assignment> assignments;  // ENV, LABEL, ARG
  std::vector<Heredoc> heredocs;
  std::optional<shell::Script>
      script;                       // RUN; CMD, ENTRYPOINT, HEALTHCHECK CMD in shell form; RUN heredocs that sh runs
  std::vector<Instruction> nested;  // ONBUILD: its instruction
  std::string healthcheck_type;     // HEALTHCHECK: "CMD" or "NONE"
  BuildState before;                // what holds when it runs
  bool has_empty_continuation = false;  // blank line inside a continuation
  std::optional<Span> empty_continuation;

  static constexpr std::size_t kNoStage = static_cast<std::size_t>(-1);
  const InstructionFlag* flag(std::string_view flag_name) const;  // the first of that name
};

struct Stage {
  std::string name;                   // AS name, as written; "" when unnamed
  ImageReference image;               // of FROM, expanded
  bool image_known = true;            // false: FROM depends on an ARG without default
  std::optional<std::size_t> parent;  // FROM names an earlier stage
  std::string platform;               // --platform as written; ""
  std::size_t first = 0, last = 0;    // instructions [first, last] of Dockerfile::instructions; `first` is its FROM
  BuildState end;                     // at its end
  bool is_final = false;              // the last one, or the requested target
  bool used = false;                  // the final one, or reached from it by FROM, COPY --from, --mount=from=
};

struct DockerfileComment {
  std::string text;  // without '#', trimmed
  Span span;
};

struct DockerfileDirective {
  std::string name;  // "syntax", "escape", "check"
  std::string value;
  Span span;
};

// A place that the builder refuses. Reading goes on behind it.
struct SyntaxProblem {
  std::string message;
  Span span;
  bool warning = false;  // the builder goes on too
  bool unread = false;   // what stands here (or the whole file) could not be read, so nothing judges it
};

// One pattern of .dockerignore.
struct IgnorePattern {
  std::string text;  // without '!'
  bool negated = false;
  std::uint32_t line = 0;
};

struct Dockerfile {
  std::uint32_t source = 0;  // number of the source: Subjects::source()
  std::string image;         // not "": no file, but the steps of this image (ImageFacts::build)
  std::vector<DockerfileDirective> directives;
  char escape = '\\';
  std::vector<Instruction> instructions;  // in file order
  std::vector<Stage> stages;
  std::vector<DockerfileComment> comments;
  std::vector<SyntaxProblem> problems;
  std::vector<std::pair<std::string, std::string>> build_args;  // given from outside (Compose build.args, --build-arg)
  std::string target;                                           // requested stage; "" the last

  // The build context, where there is one to look at: the directory and its .dockerignore.
  std::string context;                               // "" not known
  std::optional<std::vector<IgnorePattern>> ignore;  // unset: no .dockerignore there (or no context known)
  std::string ignore_file;                           // its path
  std::optional<std::uint32_t> ignore_source;        // number of the source that holds its text
  std::vector<std::string> context_entries;  // sensitive names found in the context: ".git", ".env", "id_rsa", …

  const Stage* final_stage() const { return stages.empty() ? nullptr : &stages.back(); }
};

}  // namespace oakum
