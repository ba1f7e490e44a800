#include <algorithm>
#include <string>
#include <vector>

#include "rules/build/options.h"
#include "rules/build/secret_names.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Copied {
  const Instruction* copy;
  const Argument* source;
  std::string path;  // in the image, as far as it is known
  bool told = false;
};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "~/x" and "$HOME/x" as root has them; a relative path from the directory in force.
std::string absolute(std::string_view path, const Instruction& at) {
  for (const std::string_view home : {"~/", "$HOME/", "${HOME}/"}) {
    if (path.starts_with(home)) return join({"root/", context_path(path.substr(home.size()))});
  }
  if (path.starts_with('/')) return context_path(path);
  return context_path(join({at.before.workdir.value_or(""), "/", path}));
}

bool covers(std::string_view removed, std::string_view path) {
  if (removed.ends_with("/*")) removed.remove_suffix(2);
  if (removed.empty() || !path.starts_with(removed)) return false;
  return path.size() == removed.size() || path[removed.size()] == '/';
}

class Check {
 public:
  Check(const Dockerfile& dockerfile, Judge& judge) : file_(dockerfile), judge_(judge) {}

  void run() {
    const std::vector<const Stage*> chain = final_chain(file_);
    for (auto stage = chain.rbegin(); stage != chain.rend(); ++stage) {
      for (const Instruction& instruction : instructions_of(file_, **stage)) {
        if (is_copy(instruction)) remember(instruction);
        if (instruction.kind == InstructionKind::run && instruction.script) look_at(instruction);
      }
    }
  }

 private:
  void remember(const Instruction& copy) {
    constexpr std::size_t kMost = 64;
    const Argument* target = target_of(copy);
    if (target == nullptr) return;
    const auto sources = sources_of(copy);
    for (const Argument& source : sources) {
      const bool renamed = is_secret_file(target->value);
      if (copied_.size() == kMost || (!is_secret_file(source.value) && !renamed)) continue;
      const bool below = target->value.ends_with('/') || target->value.ends_with('.') || sources.size() > 1;
      const std::string in_image =
          below ? join({target->value, "/", last_part(source.value)}) : std::string(target->value);
      copied_.push_back({&copy, &source, absolute(in_image, copy)});
    }
  }

  void look_at(const Instruction& run) {
    if (copied_.empty()) return;
    for (const shell::Command& command : run.script->commands) {
      if (!is_listed("rm shred unlink", program_of(command))) continue;
      for (const shell::Word& word : arguments_of(command)) {
        if (!word.text.starts_with('-')) removed(word, run);
      }
    }
  }

  void removed(const shell::Word& word, const Instruction& run) {
    const std::string path = absolute(word.text, run);
    for (Copied& copied : copied_) {
      // A target that is a directory takes the file below it.
      const bool same = covers(path, copied.path) || path == join({copied.path, "/", last_part(copied.source->value)});
      if (copied.told || !same) continue;
      copied.told = true;
      Finding& finding = judge_.found(file_, *copied.copy, copied.source->span,
                                      join({quoted(copied.source->value), " stays in the layer of this ",
                                            copied.copy->name, ": removing it later only hides it"}));
      finding.related.push_back({origin_of(file_, word.span, run.name), "hidden here"});
    }
  }

  const Dockerfile& file_;
  Judge& judge_;
  std::vector<Copied> copied_;
};

void check(const Dockerfile& dockerfile, Judge& judge) { Check(dockerfile, judge).run(); }

}  // namespace

extern constinit const Rule secret_copied_then_removed{
    .info = checked({
        .id = "secret-copied-then-removed",
        .title = "a secret is copied in and removed in a later layer",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "D",
        .aliases = "",
        .fix = FixSafety::unsafe,
        .fix_summary = "RUN --mount=type=secret,id=NAME and read /run/secrets/NAME; then replace the secret, it is out",
        .why = "Layers only add up: the file is hidden in the image, and anybody who pulls it reads it from the layer "
               "that "
               "brought it. A secret mount is there for one RUN and in no layer.",
        .bad = {Surface::dockerfile,
                "FROM node:22\nCOPY id_rsa /root/.ssh/id_rsa\nRUN npm ci\nRUN rm /root/.ssh/id_rsa\n"},
        .good = {Surface::dockerfile, "FROM node:22\nRUN --mount=type=ssh npm ci\n"},
        .references = "https://docs.docker.com/build/building/secrets/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
