#include <algorithm>
#include <optional>

#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// An octal mode that lets everybody write, and has no sticky bit.
bool opens_all(unsigned mode) { return (mode & 02U) != 0 && (mode & 01000U) == 0; }

std::optional<unsigned> octal(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  unsigned mode = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return std::nullopt;
    mode = mode * 8 + static_cast<unsigned>(c - '0');
  }
  return mode;
}

// "o+w", "a=rwx", "u+x,go+rw": a clause that gives others the right to write.
bool clause_opens(std::string_view clause) {
  const std::size_t sign = clause.find_first_of("+=");
  if (sign == std::string_view::npos) return false;
  const std::string_view who = clause.substr(0, sign);
  const std::string_view rights = clause.substr(sign + 1);
  return who.find_first_of("oa") != std::string_view::npos && who.find_first_not_of("ugoa") == std::string_view::npos &&
         rights.find('w') != std::string_view::npos && rights.find('t') == std::string_view::npos;
}

bool opens(std::string_view mode) {
  if (const auto number = octal(mode)) return opens_all(*number);
  while (!mode.empty()) {
    const std::size_t comma = std::min(mode.find(','), mode.size());
    if (clause_opens(mode.substr(0, comma))) return true;
    mode.remove_prefix(std::min(comma + 1, mode.size()));
  }
  return false;
}

std::string message_of(std::string_view mode) {
  return join({"mode ", quoted(mode), " lets every user in the container write there"});
}

void check_command(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::string_view program = program_of(command);
  const auto words = arguments_of(command);
  if (program == "chmod") {
    const auto mode = std::ranges::find_if(words, [](const shell::Word& word) { return !word.text.starts_with('-'); });
    if (mode != words.end() && opens(mode->text))
      judge.found(view.dockerfile, view.instruction, mode->span, message_of(mode->text));
  }
  if (program != "mkdir" && program != "install") return;
  const Options options = parse_options(words, {.letters = "mogtS", .names = "mode owner group target-directory"});
  const Option* mode = options.find({"m", "mode"});
  if (mode != nullptr && opens(mode->value))
    judge.found(view.dockerfile, view.instruction, mode->value_word->span, message_of(mode->value));
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionFlag* mode = instruction.flag("chmod");
  if (mode != nullptr && opens(mode->value)) judge.found(dockerfile, instruction, mode->span, message_of(mode->value));
}

}  // namespace

extern constinit const Rule chmod_777{
    .info = checked({
        .id = "chmod-777",
        .title = "files are made writable for everybody",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "DI",
        .aliases = "",
        .fix = FixSafety::unsafe,
        .fix_summary = "give the files to the user that needs them: COPY --chown=app, chown app, chmod u+w",
        .why =
            "Whoever takes over the least process of the container can then replace the program, its libraries or its "
            "configuration, and is run by the next one that uses them. Mostly it papers over a missing chown.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN chmod -R 777 /srv\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN chown -R 65532:65532 /srv\n"},
        .references = "https://cwe.mitre.org/data/definitions/732.html",
    }),
    .checks = {.instruction = check_instruction,
               .instructions = {InstructionKind::add, InstructionKind::copy},
               .command = check_command,
               .history = true},
};

}  // namespace oakum::rules
