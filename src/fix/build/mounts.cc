#include "fix/build/mounts.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "fix/build/accounts.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_joined(const Place& run, const shell::Command& command) {
  const bool first = &command == run.at->script->commands.data();
  return command.depth == 0 && command.joint == (first ? shell::Joint::first : shell::Joint::and_then);
}

}  // namespace

std::string secret_id(std::string_view name) {
  std::string id;
  for (const char c : to_lower(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      id += c;
    } else if (!id.empty() && id.back() != '_') {
      id += '_';
    }
  }
  return id.empty() ? "secret" : id;
}

bool has_secret(const Instruction& run, std::string_view id) {
  return std::ranges::any_of(run.flags, [&](const InstructionFlag& flag) {
    const std::string* is = flag.name == "mount" ? flag.option("id") : nullptr;
    return is != nullptr && *is == id;
  });
}

Edit with_mount(const Place& run, std::string options, const Context& context) {
  if (options.starts_with("type=secret") && root_before(run, context) == false) {
    const std::string user = run.at->before.user.value_or("");
    const std::string name = user.substr(0, user.find(':'));
    options += is_number(name) ? ",uid=" + name : ",mode=0444";
  }
  return put_after(run, run.at->name_span, " --mount=" + options);
}

std::expected<std::vector<Edit>, Refusal> without_commands(const Place& run, const std::vector<std::size_t>& indexes) {
  const auto& all = run.at->script->commands;
  if (indexes.size() == all.size()) return std::vector<Edit>{without(run, *run.outer)};
  if (!run.at->heredocs.empty() || run.at->json_form) return refuse("take it out of this RUN by hand");
  std::vector<Edit> edits;
  std::optional<std::size_t> kept;  // the last one that stays
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::find(indexes, i) == indexes.end()) {
      kept = i;
      continue;
    }
    std::size_t end = i;
    while (end + 1 < all.size() && std::ranges::find(indexes, end + 1) != indexes.end()) ++end;
    for (std::size_t at = i; at <= std::min(end + 1, all.size() - 1); ++at) {
      if (!is_joined(run, all[at]))
        return refuse("\"" + std::string(all[i].name()) + "\" is not joined to the commands around it by && alone");
    }
    edits.push_back(kept ? remove(*run.source, all[*kept].span.end, all[end].span.end)
                         : remove(*run.source, all[i].span.begin, all[end + 1].span.begin));
    i = end;
  }
  return edits;
}

std::vector<const Instruction*> instructions_behind(const Place& place) {
  std::vector<const Instruction*> found;
  for (const Stage& stage : place.file->stages) {
    const auto chain = chain_of(*place.file, stage);
    if (std::ranges::find(chain, place.stage) == chain.end()) continue;
    for (const Instruction& instruction : instructions_of(*place.file, stage)) {
      if (instruction.span.begin > place.outer->span.begin) found.push_back(&instruction);
    }
  }
  return found;
}

std::string_view program_in(const Instruction& run, std::string_view programs) {
  if (!run.script) return {};
  for (const shell::Command& command : run.script->commands) {
    const std::size_t at = shell::unwrapped(command);
    if (at >= command.words.size()) continue;
    const std::string_view program = base_name(command.words[at].text);
    std::string_view rest = programs;
    while (!rest.empty()) {
      if (next_field(rest, ' ') == program) return program;
    }
  }
  return {};
}

std::string how_to_build(std::string_view id, std::string_view from) {
  return "build it with `docker build --secret id=" + std::string(id) + "," + std::string(from) +
         " …` (BuildKit: the legacy builder knows no --mount)";
}

}  // namespace oakum::fix::build
