#include "fix/build/run_as.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/owned.h"
#include "fix/build/owner.h"
#include "model/image_reference.h"

namespace oakum::fix::build {

namespace {

// The lines of a RUN of these commands.
std::string run_of(const std::vector<std::string>& commands, char escape) {
  std::string lines = "RUN ";
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (i > 0) lines += "\n&& ";
    lines += commands[i];
  }
  std::string result;
  for (const std::string_view line : split(lines, '\n')) {
    if (!result.empty()) result += std::string(" ") + escape + "\n    ";
    result += line;
  }
  return result;
}

std::string directories_command(const std::vector<std::string>& directories, std::string_view owner, bool all) {
  std::string paths;
  for (const std::string& path : directories) paths += " " + path;
  if (all) return "chown -R " + std::string(owner) + paths;
  std::string_view group = owner;
  const std::string_view uid = next_field(group, ':');
  return "install -d -o " + std::string(uid) + " -g " + std::string(group) + paths;
}

std::string join_notes(std::string a, std::string_view b) {
  if (!a.empty() && !b.empty()) a += "; ";
  return a + std::string(b);
}

struct Parts {
  std::vector<Edit> edits;
  std::string run;  // "" none
  std::string note;
  bool run_before_volume = false;
};

Parts parts_for(const Place& place, const Owner& owner, const Owned& owned, bool all, const Context& context) {
  Parts parts{.edits = owner.edits, .run = {}, .note = owner.note};
  for (const Instruction* copy : owned.copies)
    parts.edits.push_back(put_after(place, copy->name_span, " --chown=" + owner.files));
  std::vector<std::string> commands = owner.commands;
  if (!owned.directories.empty()) {
    if (has_shell(place, context)) {
      commands.push_back(directories_command(owned.directories, owner.files, all));
      parts.run_before_volume = owned.first_volume != nullptr;
    } else {
      parts.note = join_notes(parts.note, "\"" + owned.directories.front() +
                                              "\" belongs to root, and no shell is there to change it: what the "
                                              "program writes needs a volume that belongs to " +
                                              owner.user);
    }
  }
  if (!commands.empty()) parts.run = run_of(commands, place.file->escape);
  return parts;
}

bool has_posix_shell(const Instruction& at) {
  return at.before.shell.empty() || at.before.shell.front().find("sh") != std::string::npos;
}

// Lines where the last USER stood, or in front of CMD and ENTRYPOINT.
std::expected<Edit, Refusal> at_end(const Place& place, const Instruction* replaced, const std::string& lines) {
  if (replaced == nullptr) return put_last(place, *place.stage, lines);
  Edit edit = lines_before(place, *replaced, lines);
  const std::string_view text = place.source->text;
  std::string whole = std::move(edit.text);
  const Edit gone = without(place, *replaced);
  const bool ends_line = gone.span.end > 0 && text[gone.span.end - 1] == '\n';
  if (!ends_line && whole.ends_with('\n')) whole.erase(whole.find_last_not_of("\r\n") + 1);
  return put(place, gone.span, std::move(whole));
}

std::string note_on_ports(const Place& place) {
  for (const Instruction* step : steps_of(*place.file, *place.stage)) {
    if (step->kind != InstructionKind::expose) continue;
    for (const Argument& port : step->arguments) {
      const auto number = parse_number<unsigned>(std::string_view(port.value).substr(0, port.value.find('/')));
      if (number && *number < 1024)
        return "it exposes port " + std::to_string(*number) +
               ": Docker lets every user listen there, elsewhere a port above 1024 or NET_BIND_SERVICE is needed";
    }
  }
  return {};
}

// What is copied out of an image of Windows is of Windows too.
bool is_for_windows(const Dockerfile& file) {
  return std::ranges::any_of(file.stages, [](const Stage& stage) {
    return is_windows_image(stage.image) || stage.platform.starts_with("windows");
  });
}

}  // namespace

std::expected<Place, Refusal> shipped_place(const Place& place) {
  const Stage* stage = shipped_stage(*place.file);
  if (stage == nullptr || stage->first >= place.file->instructions.size()) return refuse("it has no stage");
  return at_instruction(place, place.file->instructions[stage->first]);
}

Planned run_as_owner(const Place& stage, const Finding& finding, const Context& context, const Instruction* replaced) {
  if (is_for_windows(*stage.file) || stage.file->escape == '`')
    return refuse("Windows has no numbers for users: write `USER ContainerUser` by hand");
  const auto owner = choose_owner(stage, finding, context);
  if (!owner) return std::unexpected(owner.error());
  const Stage& root = *root_of(*stage.file, *stage.stage);
  const Place base = at_instruction(stage, stage.file->instructions[root.first]);
  const Owned owned = owned_in(*stage.file, *stage.stage, workdir_before(base, context).value_or(""));
  Parts parts = parts_for(stage, *owner, owned, passed_over(finding, context) == 1, context);
  const Instruction& last = stage.file->instructions[stage.stage->last];
  if (!parts.run.empty() && !has_posix_shell(last)) return refuse("its SHELL is none that oakum writes commands for");
  std::string lines = "USER " + owner->user;
  const LastWords end = last_words(*stage.file, *stage.stage);
  const std::size_t at = replaced != nullptr     ? replaced->span.begin
                         : end.before != nullptr ? end.before->span.begin
                                                 : stage.source->text.size();
  if (parts.run_before_volume && owned.first_volume->span.begin < at) {
    parts.edits.push_back(lines_above(stage, *owned.first_volume, parts.run));
  } else if (!parts.run.empty()) {
    lines = parts.run + "\n" + lines;
  }
  auto user = at_end(stage, replaced, lines);
  if (!user) return std::unexpected(std::move(user.error()));
  parts.edits.push_back(std::move(*user));
  return answer(std::move(parts.edits), join_notes(parts.note, parts.note.empty() ? note_on_ports(stage) : ""));
}

}  // namespace oakum::fix::build
