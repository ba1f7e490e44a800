// What is handed to ShellCheck: the script of each RUN, with the way back to the file.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "check/shellcheck.h"
#include "read/shell/anchors.h"

namespace oakum::check {

namespace {

using Names = std::set<std::string, std::less<>>;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !text.empty() && letter(text[0]) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::string_view last_component(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

bool is_known_shell(std::string_view name) {
  constexpr std::array<std::string_view, 5> kKnown = {"ash", "bash", "dash", "ksh", "sh"};
  return std::ranges::find(kKnown, name) != kKnown.end();
}

// Behind a continuation that begins at `at`, and the comments and blank lines after it; `at` when there is none.
std::size_t behind_continuation(std::string_view file, std::size_t at, char escape) {
  if (file[at] != escape) return at;
  std::size_t end = at + 1;
  while (end < file.size() && is_blank(file[end])) ++end;
  if (end >= file.size() || file[end] != '\n') return at;
  for (std::size_t line = ++end; line < file.size();) {
    std::size_t first = line;
    while (first < file.size() && is_blank(file[first])) ++first;
    if (first < file.size() && file[first] != '#' && file[first] != '\n') break;
    line = end = std::min(file.find('\n', first), file.size() - 1) + 1;
  }
  return end;
}

// The joined text and the file side by side. What does not fit (it should) ends the map early.
std::vector<shell::Anchor> align(std::string_view joined, std::string_view file, std::size_t begin, char escape) {
  std::string walked;
  std::vector<shell::Anchor> map;
  std::size_t at = begin;
  for (const char c : joined) {
    while (at < file.size()) {
      const std::size_t next = behind_continuation(file, at, escape);
      if (next != at) {
        at = next;
      } else if (file[at] != c && (is_blank(file[at]) || file[at] == '\n')) {
        ++at;
      } else {
        break;
      }
    }
    if (at >= file.size()) break;
    shell::append_piece(walked, map, std::string_view(&c, 1), at++);
  }
  return map;
}

std::string head(std::string_view shell, const Names& names) {
  std::string text = "#!" + std::string(shell) + "\nexport";
  for (const std::string_view name :
       {"HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "ftp_proxy", "no_proxy"}) {
    text += " " + std::string(name) + "=1";
  }
  for (const std::string& name : names) text += " " + name + "=1";
  return text + "\n";
}

// The shell of a script: its shebang's, else the stage's. "" when ShellCheck does not know it.
std::string shell_of(const Instruction& run, std::string_view script) {
  std::string shell = run.before.shell.empty() ? "/bin/sh" : run.before.shell.front();
  if (script.starts_with("#!")) {
    std::string_view line = trim(script.substr(2, script.find('\n') - 2));
    std::string_view program = next_field(line, ' ');
    if (last_component(program) == "env") program = next_field(line, ' ');
    shell = program;
  }
  return is_known_shell(last_component(shell)) && shell.find_first_of(" \n") == std::string::npos ? shell
                                                                                                  : std::string();
}

class Scripts {
 public:
  Scripts(const Dockerfile& dockerfile, std::string_view text) : dockerfile_(dockerfile), text_(text) {}

  std::vector<ShellScript> read() {
    names_.resize(dockerfile_.stages.size());
    for (const Instruction& instruction : dockerfile_.instructions) take(instruction);
    return std::move(out_);
  }

 private:
  void take(const Instruction& instruction) {
    if (instruction.stage >= names_.size()) return;
    Names& names = names_[instruction.stage];
    if (instruction.kind == InstructionKind::from) {
      const auto parent = dockerfile_.stages[instruction.stage].parent;
      if (parent && *parent < instruction.stage) names = names_[*parent];
    }
    if (instruction.kind == InstructionKind::arg || instruction.kind == InstructionKind::env) {
      for (const oakum::Assignment& assignment : instruction.assignments) {
        if (is_name(assignment.key.value)) names.insert(assignment.key.value);
      }
    }
    if (instruction.kind == InstructionKind::run) run(instruction, names);
    for (const Instruction& nested : instruction.nested) {
      if (nested.kind == InstructionKind::run) run(nested, names);
    }
  }

  void run(const Instruction& run, const Names& names) {
    if (run.json_form || trim(run.text).empty()) return;
    std::string body = run.text;
    std::vector<shell::Anchor> map;
    if (!run.heredocs.empty() && run.text.starts_with("<<")) {
      if (run.text.find_first_of(" \t") != std::string::npos) return;  // `<<EOF program`: not this shell's script
      const Span& span = run.heredocs.front().body;
      body = text_.substr(span.begin, span.end - span.begin);
      map = {{0, span.begin}};
    } else {
      map = align(body, text_, run.text_span.begin, dockerfile_.escape);
      if (!run.heredocs.empty()) add_heredocs(run, body, map);
    }
    const std::string shell = shell_of(run, body);
    if (shell.empty()) return;
    ShellScript script{.text = head(shell, names), .map = std::move(map), .stage = run.stage};
    script.body = script.text.size();
    script.text += body + "\n";
    out_.push_back(std::move(script));
  }

  void add_heredocs(const Instruction& run, std::string& body, std::vector<shell::Anchor>& map) const {
    const std::size_t begin = run.heredocs.front().body.begin;
    std::size_t end = run.heredocs.back().body.end;
    end = std::min(text_.find('\n', end), text_.size());  // the terminator's line
    body += '\n';
    map.push_back({static_cast<std::uint32_t>(body.size()), static_cast<std::uint32_t>(begin)});
    body += text_.substr(begin, end - begin);
  }

  const Dockerfile& dockerfile_;
  std::string_view text_;
  std::vector<Names> names_;  // of ARG and ENV so far, by stage
  std::vector<ShellScript> out_;
};

}  // namespace

std::vector<ShellScript> shell_scripts(const Dockerfile& dockerfile, std::string_view text) {
  return Scripts(dockerfile, text).read();
}

}  // namespace oakum::check
