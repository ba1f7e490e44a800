#include "rules/image/history.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::rules {

namespace {

constexpr std::size_t kMaxCommands = 1000;
constexpr std::string_view kBlank = " \t\r\n";

std::string_view unquoted(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'' || word.front() == '(')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'' || word.back() == ')')) word.remove_suffix(1);
  return word;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t start = text.find_first_not_of(kBlank);
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(kBlank), text.size());
    if (const std::string_view word = unquoted(text.substr(0, end)); !word.empty() && word != "\\")
      words.push_back(word);
    text.remove_prefix(end);
  }
}

// Words that come before a command and are none.
bool leads(std::string_view word) {
  constexpr std::string_view kWords[] = {"!", "do", "else", "exec", "if", "set", "then", "time", "while", "{"};
  const std::size_t equals = word.find('=');
  const bool assignment = equals != std::string_view::npos && equals > 0 && !word.starts_with('-');
  return assignment || word.starts_with("--mount=") || word.starts_with("--network=") ||
         std::ranges::find(kWords, word) != std::end(kWords);
}

bool make_command(std::string_view text, HistoryCommand& command) {
  command.text = trim(text);
  command.words = words_of(command.text);
  auto& words = command.words;
  while (!words.empty() && leads(words.front())) words.erase(words.begin());
  if (!words.empty() && (words.front() == "sudo" || words.front().ends_with("/sudo"))) {
    command.sudo = true;
    do words.erase(words.begin());
    while (!words.empty() && (words.front().starts_with('-') || leads(words.front())));
  }
  if (words.empty()) return command.sudo;
  command.program = words.front().substr(words.front().rfind('/') + 1);
  words.erase(words.begin());
  return true;
}

bool separates(char c) { return c == ';' || c == '&' || c == '|' || c == '\n'; }

}  // namespace

std::string_view HistoryCommand::verb() const {
  const auto found = std::ranges::find_if(words, [](std::string_view word) { return !word.starts_with('-'); });
  return found == words.end() ? std::string_view() : *found;
}

std::vector<std::string_view> HistoryCommand::operands_after(std::string_view verb) const {
  std::vector<std::string_view> operands;
  for (auto word = std::ranges::find(words, verb); word != words.end(); ++word) {
    if (*word != verb && !word->starts_with('-')) operands.push_back(*word);
  }
  return operands;
}

bool HistoryCommand::has(std::string_view flag) const {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return word.starts_with(flag) && (word.size() == flag.size() || word[flag.size()] == '=');
  });
}

bool HistoryCommand::has_short(char letter) const {
  return std::ranges::any_of(words, [&](std::string_view word) {
    return word.size() > 1 && word[0] == '-' && word[1] != '-' && word.find(letter) != std::string_view::npos;
  });
}

std::vector<HistoryCommand> commands_of(const HistoryStep& step) {
  std::vector<HistoryCommand> commands;
  std::string_view text = step.instruction;
  if (next_field(text, ' ') != "RUN") return commands;
  while (!text.empty() && commands.size() < kMaxCommands) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if(text, separates) - text.begin());
    if (HistoryCommand command; make_command(text.substr(0, end), command)) commands.push_back(std::move(command));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return commands;
}

}  // namespace oakum::rules
