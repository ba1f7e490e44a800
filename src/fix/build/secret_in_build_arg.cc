#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/chain.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/mounts.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// Programs that read such a variable although no line names it.
struct Reader {
  std::string_view prefix;
  std::string_view programs;
};
constexpr Reader kReaders[] = {
    {"AWS_", "aws"},
    {"BUNDLE_", "bundle gem"},
    {"CARGO_", "cargo"},
    {"COMPOSER_", "composer"},
    {"GH_", "gh go npm yarn pnpm bundle composer pip pip3"},
    {"GITHUB_", "gh go npm yarn pnpm bundle composer pip pip3"},
    {"GITLAB_", "go npm yarn pnpm bundle composer pip pip3"},
    {"HF_", "huggingface-cli pip pip3 python python3"},
    {"MAVEN_", "mvn mvnw"},
    {"NODE_AUTH_", "npm yarn pnpm"},
    {"NPM_", "npm yarn pnpm"},
    {"PIP_", "pip pip3"},
    {"POETRY_", "poetry"},
    {"UV_", "uv"},
    {"YARN_", "yarn"},
};

bool reads_unnamed(const Instruction& run, std::string_view name) {
  return std::ranges::any_of(kReaders, [&](const Reader& row) {
    return name.starts_with(row.prefix) && !program_in(run, row.programs).empty();
  });
}

// What runs in the container has its environment from there.
bool is_run_later(const Instruction& instruction) {
  return instruction.kind == InstructionKind::cmd || instruction.kind == InstructionKind::entrypoint ||
         instruction.kind == InstructionKind::healthcheck;
}

bool mentions(const Place& place, const Instruction& instruction, std::string_view name) {
  return mentions_variable(place.raw(instruction.span), name);
}

struct Uses {
  std::vector<const Instruction*> runs;
  const Instruction* other = nullptr;  // one that writes the value into the image by itself
};

Uses uses_of(const Place& place, std::string_view name) {
  Uses uses;
  const auto behind = instructions_behind(place);
  for (const Instruction* one : behind) {
    if (!mentions(place, *one, name) || is_run_later(*one)) continue;
    if (one->kind == InstructionKind::run) {
      uses.runs.push_back(one);
    } else if (uses.other == nullptr) {
      uses.other = one;
    }
  }
  if (!uses.runs.empty() || uses.other != nullptr) return uses;
  std::ranges::copy_if(behind, std::back_inserter(uses.runs), [&](const Instruction* one) {
    return one->kind == InstructionKind::run && reads_unnamed(*one, name);
  });
  return uses;
}

bool names(const shell::Command& command, std::string_view name) {
  return std::ranges::any_of(command.words,
                             [&](const shell::Word& word) { return mentions_variable(word.text, name); });
}

bool removes(const Instruction& run, std::string_view file) {
  return std::ranges::any_of(run.script->commands, [&](const shell::Command& command) {
    return command.name() == "rm" && command.has_word(file);
  });
}

// What a command keeps of the value in a file of the layer; "" nothing that shows.
std::string kept_in_file(const Instruction& run, std::string_view name) {
  if (!run.script) return {};
  for (const shell::Command& command : run.script->commands) {
    if (!names(command, name)) continue;
    const bool settings = command.has_word("config") || command.has_word("set") || command.has_word("clone");
    if (settings && program_in(run, "git npm yarn pnpm composer poetry pip pip3 aws") == command.name())
      return std::string(command.name());
    for (const shell::Redirection& redirection : command.redirections) {
      const std::string& file = redirection.target.text;
      if (redirection.op.find('>') != std::string::npos && redirection.op != ">&" && !file.starts_with("/dev/") &&
          !removes(run, file))
        return file;
    }
  }
  return {};
}

std::expected<void, Refusal> give_by_mount(const Place& place, const Instruction& run, std::string_view name,
                                           const Context& context, std::vector<Edit>& edits) {
  const std::string id = secret_id(name);
  if (has_secret(run, id)) return {};
  if (const std::string kept = kept_in_file(run, name); !kept.empty())
    return refuse("the RUN in line " + std::to_string(run.span.line) + " keeps it in the image (" +
                  printable(kept, 60) + "): let it use a file that a secret mount brings, by hand");
  const Place at = at_instruction(place, run);
  const std::string variable(name);
  auto reads = prepend_command(at, run, variable + "=\"$(cat /run/secrets/" + id + ")\" && export " + variable);
  if (!reads) return std::unexpected(std::move(reads.error()));
  edits.push_back(with_mount(at, "type=secret,id=" + id, context));
  edits.push_back(std::move(*reads));
  return {};
}

std::expected<Edit, Refusal> without_assignment(const Place& place, std::size_t index) {
  const auto& all = place.at->assignments;
  if (all.size() == 1) return without(place, *place.outer);
  const std::size_t begin = index > 0 ? all[index - 1].span.end : all[0].span.begin;
  const std::size_t end = index > 0 ? all[index].span.end : all[1].span.begin;
  const std::string_view between = std::string_view(place.source->text).substr(begin, all[index].span.begin - begin);
  if (index > 0 && between.find('#') != std::string_view::npos) return refuse("a comment stands in front of it");
  return remove(*place.source, begin, end);
}

// Before the first FROM: what only FROM sees.
Planned of_file(const Place& place, std::size_t index, std::string_view name) {
  for (const Instruction& instruction : place.file->instructions) {
    const bool sees = instruction.kind == InstructionKind::from || instruction.stage == Instruction::kNoStage;
    if (sees && &instruction != place.at && mentions(place, instruction, name))
      return refuse("the name of a base image depends on it: log in to the registry instead");
  }
  return answer(without_assignment(place, index));
}

std::string note_for(const Instruction& at, const Uses& uses, const std::string& name, bool has_value) {
  std::string note;
  if (!uses.runs.empty()) note = how_to_build(secret_id(name), "env=" + name);
  if (at.kind == InstructionKind::env) {
    note += note.empty() ? "" : "; ";
    note += "what the program needs of it, give it when it starts: as a file, or with --env-file";
  }
  if (has_value) note += std::string(note.empty() ? "" : "; ") + "the value is in this file's history: change it";
  if (note.empty()) note = "nothing behind it was seen to use it";
  return note;
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  if (place.at != place.outer) return refuse("what ONBUILD says is for images built on this: take it out by hand");
  const auto& all = place.at->assignments;
  const auto found =
      std::ranges::find_if(all, [&](const Assignment& one) { return one.key.span == finding.origin.span; });
  if (found == all.end()) return refuse("no variable stands at this place");
  const auto index = static_cast<std::size_t>(found - all.begin());
  const std::string& name = found->key.value;
  if (place.stage == nullptr) return of_file(place, index, name);
  const Uses uses = uses_of(place, name);
  if (uses.other != nullptr)
    return refuse(uses.other->name + " in line " + std::to_string(uses.other->span.line) +
                  " writes its value into the image: take it out there first");
  std::vector<Edit> edits;
  for (const Instruction* run : uses.runs) {
    if (auto done = give_by_mount(place, *run, name, context, edits); !done)
      return std::unexpected(std::move(done.error()));
  }
  auto gone = without_assignment(place, index);
  if (!gone) return std::unexpected(std::move(gone.error()));
  edits.push_back(std::move(*gone));
  return answer(std::move(edits), note_for(*place.at, uses, name, found->has_value && !found->value.value.empty()));
}

}  // namespace

extern constinit const Remedy secret_in_build_arg{"secret-in-build-arg", at_place<plan>};

}  // namespace oakum::fix::build
