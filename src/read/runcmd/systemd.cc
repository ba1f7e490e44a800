// systemd.service(5), systemd.exec(5): command lines of a unit. They are no shell, but split and quote words alike.
#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "read/runcmd/line.h"
#include "read/runcmd/script.h"
#include "read/runcmd/unit_file.h"
#include "read/shell/anchors.h"

namespace oakum::runcmd {

namespace {

// Where the program begins behind "@", "-", ":", "+", "!", "!!" and "|".
std::size_t behind_prefixes(std::string_view value) {
  return std::min(value.find_first_not_of("@-:+!| \t"), value.size());
}

// %i, %n, …: what they become is the manager's to say. "%%" is a percent sign.
void resolve_specifiers(shell::Word& word) {
  std::string out;
  for (std::size_t i = 0; i < word.text.size(); ++i) {
    out += word.text[i];
    if (word.text[i] != '%' || i + 1 >= word.text.size()) continue;
    const char next = word.text[i + 1];
    if (next == '%') {
      ++i;
    } else if ((next | 0x20) >= 'a' && (next | 0x20) <= 'z') {
      word.expands = true;
    }
  }
  word.text = std::move(out);
}

void learn_environment(Carried& carried, const UnitEntry& entry) {
  const shell::Script script = shell::read(entry.value, entry.map, &carried.lines);
  for (const shell::Command& command : script.commands) {
    for (const shell::Assignment& assignment : command.assignments) carried.variables.assign(assignment, 0);
    for (const shell::Word& word : command.words) {  // "NAME=value" in quotes
      const std::size_t equals = word.text.find('=');
      if (equals == std::string::npos) continue;
      carried.variables.set(word.text.substr(0, equals), word.text.substr(equals + 1), word.span);
    }
  }
}

void read_command(Carried& carried, const UnitEntry& entry) {
  const std::size_t skip = behind_prefixes(entry.value);
  const bool names_itself = std::string_view(entry.value).substr(0, skip).find('@') != std::string_view::npos;
  // Blanks keep the map as it is.
  const std::string value = std::string(skip, ' ') + entry.value.substr(skip);
  shell::Script script = shell::read(value, entry.map, &carried.lines);
  for (shell::Command& command : script.commands) {
    std::ranges::for_each(command.words, resolve_specifiers);
    if (names_itself && command.depth == 0 && command.words.size() > 1) command.words.erase(command.words.begin() + 1);
    const auto words = carried.variables.expand(command.words, command.depth);
    if (const auto found = find_run(words)) read_line(words, *found, carried.source, carried.subjects);
  }
}

}  // namespace

void read_systemd(Carried& carried) { read_unit(carried, carried.text, {}); }

void read_unit(Carried& carried, std::string_view unit, const std::vector<shell::Anchor>& map) {
  for (UnitEntry& entry : read_unit_file(unit)) {
    if (!map.empty()) entry.map = shell::compose(entry.map, entry.value.size(), map);
    if (entry.key == "Environment") learn_environment(carried, entry);
    if (entry.key.starts_with("Exec")) read_command(carried, entry);
  }
}

}  // namespace oakum::runcmd
