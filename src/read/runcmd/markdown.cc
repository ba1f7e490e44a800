// Markdown: fenced code blocks that hold shell, and indented ones (CommonMark 4.4, 4.5).
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/runcmd/line.h"
#include "read/runcmd/runcmd.h"
#include "read/runcmd/script.h"
#include "read/shell/anchors.h"

namespace oakum::runcmd {

namespace {

bool is_shell_language(std::string_view info) {
  constexpr std::string_view kLanguages[] = {
      "",    "bash", "cmd",   "console",       "fish",        "none",     "plain", "plaintext", "powershell",
      "ps1", "sh",   "shell", "shell-session", "shellscript", "terminal", "text",  "txt",       "zsh"};
  const std::string name = to_lower(info.substr(0, info.find_first_of(" \t{,:")));
  return std::ranges::find(kLanguages, name) != std::end(kLanguages);
}

std::size_t indent_of(std::string_view line) {
  const std::size_t found = line.find_first_not_of(" \t>");
  return found == std::string_view::npos ? line.size() : found;
}

// Length of a prompt before a command: "$ ", "> docker", "# docker", "user@host:~$ ".
std::size_t prompt_length(std::string_view text) {
  if (text.starts_with("$ ") || text.starts_with("% ")) return 2;
  if ((text.starts_with("# ") || text.starts_with("> ")) && mentions_run(text)) {
    const std::string_view rest = text.substr(2);
    for (const std::string_view program : {"docker ", "podman ", "sudo ", "nerdctl "}) {
      if (rest.starts_with(program)) return 2;
    }
  }
  const std::size_t dollar = text.find("$ ");
  const bool login = dollar != std::string_view::npos && text.substr(0, dollar).find('@') < text.find(' ');
  return login ? dollar + 2 : 0;
}

struct CodeLine {
  std::string_view text;
  std::size_t begin = 0;
};

class Markdown {
 public:
  explicit Markdown(Carried& carried) : carried_(carried) {}

  void read() {
    const std::vector<Line> lines = lines_of(carried_.text);
    bool blank_before = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string_view text = lines[i].text;
      if (fence(text) != 0) {
        i = fenced(lines, i);
        blank_before = true;
      } else if (blank_before && (text.starts_with("    ") || text.starts_with('\t'))) {
        i = indented(lines, i);
      } else {
        blank_before = trim(text).empty();
      }
    }
  }

 private:
  // Length of the fence that begins here; 0 none.
  static std::size_t fence(std::string_view line) {
    const std::string_view text = line.substr(indent_of(line));
    if (text.empty() || (text[0] != '`' && text[0] != '~')) return 0;
    const std::size_t length = std::min(text.find_first_not_of(text[0]), text.size());
    return length >= 3 ? length : 0;
  }

  // The index of the closing fence.
  std::size_t fenced(const std::vector<Line>& lines, std::size_t opening) {
    const std::string_view first = lines[opening].text.substr(indent_of(lines[opening].text));
    const std::size_t length = fence(lines[opening].text);
    const std::string_view info = trim(first.substr(length));
    std::vector<CodeLine> code;
    std::size_t i = opening + 1;
    for (; i < lines.size(); ++i) {
      const std::string_view text = lines[i].text.substr(indent_of(lines[i].text));
      if (fence(lines[i].text) >= length && text[0] == first[0] &&
          trim(text).find_first_not_of(first[0]) == std::string_view::npos)
        break;
      code.push_back({text, lines[i].begin + (lines[i].text.size() - text.size())});
    }
    if (is_shell_language(info)) block(code);
    return i;
  }

  std::size_t indented(const std::vector<Line>& lines, std::size_t first) {
    std::vector<CodeLine> code;
    std::size_t i = first;
    for (; i < lines.size(); ++i) {
      const std::string_view line = lines[i].text;
      if (!trim(line).empty() && !line.starts_with("    ") && !line.starts_with('\t')) break;
      const std::size_t indent = indent_of(line);
      code.push_back({line.substr(indent), lines[i].begin + indent});
    }
    block(code);
    return i - 1;
  }

  // Where some lines have a prompt, the others are output.
  void block(const std::vector<CodeLine>& code) {
    const bool wanted = std::ranges::any_of(code, [](const CodeLine& line) {
      return line.text.find("run") != std::string_view::npos || line.text.find("create") != std::string_view::npos;
    });
    if (!wanted) return;
    const bool prompts = std::ranges::any_of(code, [](const CodeLine& line) { return prompt_length(line.text) > 0; });
    for (std::size_t i = 0; i < code.size(); ++i) {
      const std::size_t prompt = prompt_length(code[i].text);
      if (!prompts || prompt > 0) i = command(code, i, prompt);
    }
  }

  // One command with the lines that continue it, by backslash, backquote (PowerShell) or caret (cmd).
  std::size_t command(const std::vector<CodeLine>& code, std::size_t first, std::size_t prompt) {
    std::string text;
    std::vector<shell::Anchor> map;
    std::size_t i = first;
    for (;; ++i) {
      std::string_view line = code[i].text;
      std::size_t begin = code[i].begin;
      // "> " of a shell that waits for more.
      const std::size_t skip = i == first ? prompt : prompt > 0 && line.starts_with("> ") ? 2 : 0;
      line.remove_prefix(skip);
      begin += skip;
      const bool continued =
          (line.ends_with(" \\") || line.ends_with(" `") || line.ends_with(" ^") || line.ends_with('\\')) &&
          i + 1 < code.size();
      if (continued) line.remove_suffix(1);
      shell::append_piece(text, map, line, begin);
      if (!continued) break;
      text += ' ';
    }
    if (text.find('=') != std::string::npos || mentions_run(text)) read_script(carried_, text, map, false);
    return i;
  }

  Carried& carried_;
};

}  // namespace

void read_markdown(Carried& carried) {
  carried.placeholders = true;
  Markdown(carried).read();
}

}  // namespace oakum::runcmd
