// Makefiles: recipes go to the shell line by line, with make's own variables put in before.
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

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

// $(NAME) is ${NAME} to a shell, $$ is $; functions of make stay as they are and resolve to nothing.
struct Recipe {
  std::string text;
  std::vector<shell::Anchor> map;

  void take(std::string_view piece, std::size_t at) { shell::append_piece(text, map, piece, at); }

  void add(std::string_view line, std::size_t begin) {
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t dollar = std::min(line.find('$', at), line.size());
      take(line.substr(at, dollar - at), begin + at);
      at = dollar;
      if (at >= line.size()) break;
      if (line.substr(at, 2) == "$$") {
        take("$", begin + at + 1);
        at += 2;
      } else if (line.substr(at, 2) == "$(") {
        at = reference(line, at, begin);
      } else {
        take("$", begin + at++);
      }
    }
  }

  std::size_t reference(std::string_view line, std::size_t at, std::size_t begin) {
    std::size_t end = at + 2;
    while (end < line.size() && is_name_byte(line[end])) ++end;
    if (end == at + 2 || end >= line.size() || line[end] != ')') {
      take("$", begin + at);
      return at + 1;
    }
    take("$", begin + at);
    take("{", begin + at + 1);
    take(line.substr(at + 2, end - at - 2), begin + at + 2);
    take("}", begin + end);
    return end + 1;
  }
};

// NAME = value, :=, ::=, ?=, +=, with "export" or "override" before it.
struct Definition {
  std::string_view name;
  std::string_view value;
  std::size_t value_at = 0;  // in the line
  bool append = false;
  bool optional = false;
};

bool definition(std::string_view line, Definition& out) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  std::size_t end = equals;
  out.append = line[end - 1] == '+';
  out.optional = line[end - 1] == '?';
  while (end > 0 && std::string_view(":+?!").find(line[end - 1]) != std::string_view::npos) --end;
  out.name = trim(line.substr(0, end));
  for (const std::string_view word : {"export ", "override "}) {
    if (out.name.starts_with(word)) out.name = trim(out.name.substr(word.size()));
  }
  if (out.name.empty() || out.name.find_first_of(" \t:$(") != std::string_view::npos) return false;
  out.value_at = std::min(line.find_first_not_of(" \t", equals + 1), line.size());
  out.value = trim(line.substr(out.value_at));
  return true;
}

class Makefile {
 public:
  explicit Makefile(Carried& carried) : carried_(carried) {}

  void read() {
    const std::vector<Line> lines = lines_of(carried_.text);
    define(lines);  // recipes are expanded when everything is read
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (is_recipe(lines[i])) i = recipe(lines, i);
    }
  }

 private:
  // Justfiles indent with blanks.
  static bool is_recipe(const Line& line) { return line.text.starts_with('\t') || line.text.starts_with("  "); }

  void define(const std::vector<Line>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Definition found;
      if (is_recipe(lines[i]) || !definition(lines[i].text, found)) continue;
      Recipe value;
      std::string_view text = found.value;
      std::size_t begin = lines[i].begin + found.value_at;
      const std::size_t first = begin;
      while (text.ends_with('\\') && i + 1 < lines.size()) {
        value.add(text.substr(0, text.size() - 1), begin);
        ++i;
        text = lines[i].text;
        begin = lines[i].begin;
      }
      const std::size_t comment = text.find(" #");
      value.add(trim(text.substr(0, comment)), begin);
      const Span span = carried_.lines.span(first, begin + text.size());
      shell::Assignment assignment{.name = std::string(found.name), .value = {}, .append = found.append};
      assignment.value = {
          .text = unquoted(value.text), .span = span, .expands = value.text.find('$') != std::string::npos};
      carried_.variables.assign(assignment, 0);
    }
  }

  // A value is put into a recipe with its quotes, and the shell takes them off there.
  static std::string unquoted(const std::string& text) {
    if (text.find_first_of("'\"") == std::string::npos) return text;
    std::string out;
    for (const shell::Word& word : shell::split_words(text)) out += (out.empty() ? "" : " ") + word.text;
    return out;
  }

  // One recipe line with what continues it; the index of its last line.
  std::size_t recipe(const std::vector<Line>& lines, std::size_t first) {
    Recipe recipe;
    std::size_t i = first;
    for (;; ++i) {
      std::string_view text = lines[i].text;
      std::size_t skip = i == first ? std::min(text.find_first_not_of("\t @-+"), text.size())
                                    : std::min(text.find_first_not_of('\t'), text.size());
      recipe.add(text.substr(skip), lines[i].begin + skip);
      if (!text.ends_with('\\') || i + 1 >= lines.size()) break;
      recipe.take("\n", lines[i].begin + text.size());
    }
    if (recipe.text.find('=') != std::string::npos || mentions_run(recipe.text))
      read_script(carried_, recipe.text, recipe.map, false);
    return i;
  }

  Carried& carried_;
};

}  // namespace

void read_makefile(Carried& carried) { Makefile(carried).read(); }

}  // namespace oakum::runcmd
