#include "fix/build/list.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "base/text.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The heredoc that holds the script's last commands; nullptr when they stand in the instruction's own lines.
const Heredoc* script_heredoc(const Instruction& run) {
  for (const Heredoc& heredoc : run.heredocs) {
    for (const shell::Command& command : run.script->commands) {
      if (command.span.begin >= heredoc.body.begin && command.span.end <= heredoc.body.end) return &heredoc;
    }
  }
  return nullptr;
}

// Where the instruction's own lines end, and the heredocs begin.
std::size_t own_end(const Place& place, const Instruction& run) {
  if (run.heredocs.empty()) return run.span.end;
  return line_begin(place.source->text, run.heredocs.front().body.begin) - 1;
}

bool is_errexit(std::string_view word) {
  return word == "errexit" ||
         (word.size() > 1 && word[0] == '-' && word[1] != '-' && word.find('e') != std::string_view::npos);
}

// What stands behind the last word of a list: closing words, a semicolon, comments. The list itself ends behind the
// last of the closing words; nullopt when anything else is there.
class Tail {
 public:
  Tail(std::string_view text, std::size_t at, std::size_t stop, char escape, bool heredoc)
      : text_(text), stop_(stop), escape_(escape), heredoc_(heredoc), at_(at), end_(at) {}

  std::optional<std::size_t> end() {
    while (at_ < stop_) {
      if (!step()) return std::nullopt;
    }
    return end_;
  }

 private:
  bool step() {
    const char c = text_[at_];
    if (is_blank(c) || c == '\n' || c == ';') {
      ++at_;
    } else if (c == escape_ && trim(text_.substr(at_ + 1, line_end(text_, at_) - at_ - 1)).empty()) {
      at_ = line_end(text_, at_);
    } else if (c == '#') {
      comment();
    } else if (c == ')' || c == '}') {
      end_ = ++at_;
    } else {
      return closing_word();
    }
    return true;
  }

  // A line that is a comment vanishes; behind a command, one runs to the end of the joined line.
  void comment() {
    const std::size_t begin = line_begin(text_, at_);
    const bool whole = trim(text_.substr(begin, at_ - begin)).empty();
    at_ = whole || heredoc_ ? line_end(text_, at_) : stop_;
  }

  bool closing_word() {
    constexpr std::array<std::string_view, 3> kWords = {"done", "esac", "fi"};
    const auto* const found =
        std::ranges::find_if(kWords, [&](std::string_view word) { return text_.substr(at_).starts_with(word); });
    if (found == kWords.end()) return false;
    const std::size_t behind = at_ + found->size();
    if (behind < stop_ && !is_blank(text_[behind]) && text_[behind] != '\n' && text_[behind] != ';' &&
        text_[behind] != ')')
      return false;
    end_ = at_ = behind;
    return true;
  }

  std::string_view text_;
  std::size_t stop_;
  char escape_;
  bool heredoc_;
  std::size_t at_, end_;
};

// How a RUN of several lines joins its commands.
struct Manner {
  bool one_line = true;
  bool leading = true;  // "\" at the end of a line, && at the start of the next
  std::string_view indent;
};

Manner manner_of(std::string_view text, std::size_t begin, std::size_t end) {
  Manner manner;
  std::optional<std::string_view> leading;
  bool trailing = false;
  for (std::size_t at = line_end(text, begin); at < end; at = line_end(text, at)) {
    manner.one_line = false;
    manner.indent = indent_at(text, at);
    const std::string_view before = trim(text.substr(line_begin(text, at - 1), at - line_begin(text, at - 1)));
    if (text.substr(at + manner.indent.size()).starts_with("&&")) leading = manner.indent;
    trailing = trailing || (before.size() > 3 && trim(before.substr(0, before.size() - 1)).ends_with("&&"));
  }
  manner.leading = leading.has_value() || !trailing;
  if (leading) manner.indent = *leading;
  return manner;
}

// The last command that is not a part of a compound one.
const shell::Command* last_of(const Instruction& run) {
  const shell::Command* last = nullptr;
  for (const shell::Command& command : run.script->commands) {
    if (last == nullptr || command.span.end >= last->span.end) last = &command;
  }
  return last;
}

std::expected<const shell::Command*, Refusal> appendable(const Instruction& run) {
  if (run.json_form) return refuse("exec form runs one program: write the RUN in shell form first");
  if (!run.script || run.script->commands.empty()) return refuse("it is no script of a POSIX shell");
  if (!run.script->complete) return refuse("its script could not be read to the end: " + run.script->problem);
  const shell::Command* last = last_of(run);
  constexpr std::array<std::string_view, 3> kEnds = {"exec", "exit", "return"};
  const bool always = last->depth == 0 && last->joint != shell::Joint::or_else;
  if (always && std::ranges::find(kEnds, last->name()) != kEnds.end())
    return refuse("its last command is \"" + std::string(last->name()) + "\", behind which nothing runs");
  return last;
}

std::expected<std::size_t, Refusal> list_end(const Place& place, const Instruction& run, const Heredoc* heredoc) {
  if (const auto last = appendable(run); !last) return std::unexpected(last.error());
  std::size_t at = 0;
  for (const shell::Command& one : run.script->commands) at = std::max<std::size_t>(at, one.span.end);
  const std::size_t stop = heredoc != nullptr ? heredoc->body.end : own_end(place, run);
  const auto end =
      at > stop ? std::nullopt : Tail(place.source->text, at, stop, place.file->escape, heredoc != nullptr).end();
  if (!end) return refuse("what ends its list of commands cannot have another one behind it");
  return *end;
}

// `set -eux; \` and a semicolon at the end of each line: && is not this script's way.
std::optional<std::string_view> indent_behind_semicolons(std::string_view text, const Instruction& run,
                                                         std::size_t end) {
  const auto& commands = run.script->commands;
  const bool sets =
      std::ranges::any_of(commands, [](const shell::Command& one) { return one.depth == 0 && one.name() == "set"; });
  if (!sets || !stops_at_failure(run)) return std::nullopt;
  std::optional<std::string_view> indent;
  for (std::size_t at = line_end(text, run.span.begin); at < end; at = line_end(text, at)) {
    std::string_view before = trim(text.substr(line_begin(text, at - 1), at - line_begin(text, at - 1)));
    if (!before.empty()) before.remove_suffix(1);  // the escape character
    before = trim(before);
    if (before.ends_with("&&") || text.substr(at + indent_at(text, at).size()).starts_with("&&")) return std::nullopt;
    if (!indent && before.ends_with(';')) indent = indent_at(text, at);
  }
  return indent;
}

std::string joined(const Manner& manner, std::string_view line_end, char escape, std::string_view command) {
  if (manner.one_line) return " && " + std::string(command);
  std::string text = manner.leading ? " " : " && ";
  text += escape;
  text += line_end;
  text += manner.indent;
  if (manner.leading) text += "&& ";
  text += command;
  return text;
}

Edit into_heredoc(const Place& place, const Instruction& run, std::size_t at, std::string_view command) {
  const std::string_view text = place.source->text;
  if (!stops_at_failure(run)) return insert(*place.source, at, " && " + std::string(command));
  const std::string line = std::string(indent_at(text, at)) + std::string(command) + std::string(line_end_of(text));
  return insert(*place.source, line_end(text, at), line);
}

bool is_and(std::string_view gap, char escape) {
  std::string bare;
  for (const char c : gap) {
    if (!is_blank(c) && c != '\n' && c != escape) bare += c;
  }
  return bare == "&&";
}

}  // namespace

bool stops_at_failure(const Instruction& run) {
  if (std::ranges::any_of(run.before.shell, [](const std::string& word) { return is_errexit(word); })) return true;
  if (!run.script) return false;
  return std::ranges::any_of(run.script->commands, [](const shell::Command& command) {
    constexpr std::array<std::string_view, 5> kReaders = {"ash", "bash", "dash", "set", "sh"};
    return command.depth == 0 && std::ranges::find(kReaders, command.name()) != kReaders.end() &&
           std::ranges::any_of(command.words, [](const shell::Word& word) { return is_errexit(word.text); });
  });
}

bool runs_while_good(const Instruction& run) {
  if (!run.script || !run.script->complete || run.json_form) return false;
  if (script_heredoc(run) != nullptr) return stops_at_failure(run);
  return std::ranges::none_of(run.script->commands, [](const shell::Command& command) {
    return command.depth == 0 && command.joint != shell::Joint::first && command.joint != shell::Joint::and_then &&
           command.joint != shell::Joint::pipe;
  });
}

std::expected<Edit, Refusal> append_command(const Place& place, const Instruction& run, std::string_view command) {
  const Heredoc* heredoc = run.script ? script_heredoc(run) : nullptr;
  if (heredoc != nullptr && run.heredocs.size() > 1) return refuse("it has several here-documents");
  const auto end = list_end(place, run, heredoc);
  if (!end) return std::unexpected(end.error());
  if (heredoc != nullptr) return into_heredoc(place, run, *end, command);
  const std::string_view text = place.source->text;
  if (const auto indent = indent_behind_semicolons(text, run, *end))
    return insert(*place.source, *end,
                  std::string("; ") + place.file->escape + std::string(line_end_of(text)) + std::string(*indent) +
                      std::string(command));
  const Manner manner = manner_of(text, run.span.begin, *end);
  return insert(*place.source, *end, joined(manner, line_end_of(text), place.file->escape, command));
}

std::expected<LineJoint, Refusal> joint_behind(const Place& place, const Instruction& run) {
  const auto end = list_end(place, run, nullptr);
  if (!end) return std::unexpected(end.error());
  const std::string_view text = place.source->text;
  const Manner manner = manner_of(text, run.span.begin, *end);
  LineJoint joint{.at = *end, .line_end = manner.leading ? " " : " && ", .line_begin = std::string(manner.indent)};
  joint.line_end += place.file->escape;
  joint.line_end += line_end_of(text);
  if (manner.one_line) joint.line_begin = std::string(indent_at(text, run.span.begin)) + "    ";
  if (manner.leading) joint.line_begin += "&& ";
  return joint;
}

std::expected<Edit, Refusal> prepend_command(const Place& place, const Instruction& run, std::string_view command) {
  if (run.json_form) return refuse("exec form runs one program: write the RUN in shell form first");
  if (!run.script || run.script->commands.empty()) return refuse("it is no script of a POSIX shell");
  const std::string_view text = place.source->text;
  const Heredoc* heredoc = script_heredoc(run);
  if (heredoc == nullptr) return insert(*place.source, run.text_span.begin, std::string(command) + " && ");
  const std::string indent(indent_at(text, heredoc->body.begin));
  if (heredoc->content.starts_with("#!")) {  // behind the line that names the shell
    const std::size_t at = line_end(text, heredoc->body.begin);
    return insert(*place.source, at, indent + std::string(command) + std::string(line_end_of(text)));
  }
  return insert(*place.source, heredoc->body.begin, indent + std::string(command) + std::string(line_end_of(text)));
}

std::expected<Edit, Refusal> without_command(const Place& place, const Instruction& run,
                                             const shell::Command& command) {
  if (run.json_form || !run.script) return refuse("it is no list of commands");
  const auto& all = run.script->commands;
  const auto index = static_cast<std::size_t>(&command - all.data());
  const std::string_view text = place.source->text;
  const auto joins = [&](std::size_t begin, std::size_t end) {
    return begin <= end && is_and(text.substr(begin, end - begin), place.file->escape);
  };
  const bool last = index + 1 == all.size();
  if (index > 0 && joins(all[index - 1].span.end, command.span.begin) &&
      (last || all[index + 1].joint != shell::Joint::pipe))
    return remove(*place.source, all[index - 1].span.end, command.span.end);
  if (index == 0 && !last && joins(command.span.end, all[1].span.begin))
    return remove(*place.source, command.span.begin, all[1].span.begin);
  return refuse("\"" + std::string(command.name()) + "\" is not joined to the commands around it by && alone");
}

}  // namespace oakum::fix::build
