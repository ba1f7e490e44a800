#include "check/pragma.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "check/pragma_syntax.h"
#include "check/selection.h"
#include "rules/all/all.h"

namespace oakum::check {

namespace {

struct Line {
  std::string_view text;
  std::size_t indent = 0;    // of the first character that is no blank; of blank lines: npos
  std::string_view comment;  // behind '#'; empty when there is none
  bool has_comment = false;
  bool own_line = false;  // nothing before the '#'
  bool blank() const { return indent == std::string_view::npos; }
};

// A '#' starts a comment at the start of a line or behind a blank. One inside a quoted string is taken for one too: it
// would have to spell out a pragma.
Line look_at(std::string_view text) {
  Line line{text, text.find_first_not_of(" \t"), {}, false, false};
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    if (at != 0 && text[at - 1] != ' ' && text[at - 1] != '\t') continue;
    const std::string_view comment = text.substr(at + 1);
    if (line.has_comment && !mentions_pragma(comment)) continue;
    line.comment = comment;
    line.has_comment = true;
    line.own_line = at == line.indent;
    if (mentions_pragma(comment)) break;
  }
  return line;
}

std::vector<Line> lines_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Line> lines;
  while (const auto line = next_line(text)) lines.push_back(look_at(*line));
  return lines;
}

class Finder {
 public:
  Finder(const Source& source, const Dockerfile* file) : lines_(lines_of(source.text)), file_(file) {}

  std::vector<Pragma> find() {
    std::vector<Pragma> pragmas;
    bool first_lines = true;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (!line.blank() && !line.own_line) first_lines = false;
      if (!line.has_comment) continue;
      if (file_ != nullptr && !line.own_line) continue;  // Dockerfiles have no comments behind instructions
      auto parsed = parse_pragma(line.comment, first_lines);
      if (!parsed) continue;
      Pragma& pragma = parsed->pragma;
      pragma.line = static_cast<std::uint32_t>(i + 1);
      cover(parsed->reach, i, pragma);
      pragmas.push_back(std::move(pragma));
    }
    return pragmas;
  }

 private:
  void cover(Reach reach, std::size_t at, Pragma& pragma) const {
    switch (reach) {
      case Reach::file:
        return set(pragma, 0, lines_.size());
      case Reach::object:
        return file_ != nullptr ? set(pragma, 0, lines_.size()) : cover_document(at, pragma);
      case Reach::line: {
        const std::size_t line = lines_[at].own_line ? below(at) : at;
        return set(pragma, line, line);
      }
      case Reach::stage:
        return cover_stage(at, pragma);
      case Reach::statement:
        return cover_statement(at, pragma);
    }
  }

  // Index 0 is line 1.
  static void set(Pragma& pragma, std::size_t first, std::size_t last) {
    pragma.first = static_cast<std::uint32_t>(first + 1);
    pragma.last = static_cast<std::uint32_t>(last + 1);
  }

  // The next line that says something.
  std::size_t below(std::size_t at) const {
    do {
      ++at;
    } while (at < lines_.size() && (lines_[at].blank() || lines_[at].own_line));
    return at;
  }

  const Instruction* instruction_at(std::size_t line) const {
    for (const Instruction& instruction : file_->instructions) {
      if (instruction.span.line <= line + 1 && line + 1 <= instruction.span.end_line) return &instruction;
      if (instruction.span.line > line + 1) break;
    }
    return nullptr;
  }

  void cover_statement(std::size_t at, Pragma& pragma) const {
    const std::size_t start = lines_[at].own_line ? below(at) : at;
    if (file_ == nullptr) return cover_block(start, pragma);
    const Instruction* instruction = instruction_at(start);
    set(pragma, start, instruction == nullptr ? start : std::max<std::size_t>(instruction->span.end_line, 1) - 1);
  }

  // A YAML entry and what is indented deeper; in a shell script a command and its continuations.
  void cover_block(std::size_t start, Pragma& pragma) const {
    std::size_t last = start;
    if (start >= lines_.size()) return set(pragma, start, start);
    const bool item = lines_[start].text.substr(lines_[start].indent).starts_with("- ");
    for (std::size_t i = start + 1; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (line.blank()) continue;
      const bool continues = lines_[i - 1].text.ends_with('\\');
      const bool deeper = line.indent > lines_[start].indent;
      // `key:` may have its list at its own indentation.
      const bool list_of_key = !item && line.indent == lines_[start].indent &&
                               line.text.substr(line.indent).starts_with("- ") &&
                               trim(lines_[start].text).ends_with(':');
      if (!deeper && !continues && !list_of_key) break;
      last = i;
    }
    set(pragma, start, last);
  }

  void cover_document(std::size_t at, Pragma& pragma) const {
    std::size_t first = at, last = at;
    while (first > 0 && !lines_[first - 1].text.starts_with("---")) --first;
    while (last + 1 < lines_.size() && !lines_[last + 1].text.starts_with("---")) ++last;
    set(pragma, first, last);
  }

  void cover_stage(std::size_t at, Pragma& pragma) const {
    if (file_ == nullptr) return set(pragma, at, at);
    const std::size_t start = below(at);
    std::size_t last = lines_.size();
    for (const Stage& stage : file_->stages) {
      const Span& from = file_->instructions[stage.first].span;
      if (from.line > start + 1) {
        last = from.line - 2;
        break;
      }
    }
    set(pragma, start + 1, last);
  }

  std::vector<Line> lines_;
  const Dockerfile* file_;
};

const Dockerfile* dockerfile_of(const Subjects& subjects, std::uint32_t source) {
  const auto found = std::ranges::find(subjects.dockerfiles, source, &Dockerfile::source);
  return found == subjects.dockerfiles.end() ? nullptr : &*found;
}

bool covers_line(const Pragma& pragma, std::uint32_t line) {
  return line == 0 ? pragma.first == 1 : pragma.first <= line && line <= pragma.last;
}

// Peers point at the one or the other of two instructions that exclude each other: related places count too.
bool covers_place(const Pragma& pragma, const Finding& finding) {
  return covers_line(pragma, finding.origin.span.line) ||
         std::ranges::any_of(finding.related, [&](const RelatedPlace& place) {
           return place.origin.source == finding.origin.source && covers_line(pragma, place.origin.span.line);
         });
}

bool covers(const Pragma& pragma, const Finding& finding) {
  if (!covers_place(pragma, finding)) return false;
  if (pragma.all) return is_of_tool(finding, pragma.tool);
  return std::ranges::any_of(pragma.names, [&finding](const std::string& name) { return is_called(finding, name); });
}

std::string place(const Source& source, const Pragma& pragma) {
  return source.name + ":" + std::to_string(pragma.line);
}

void tell_unknown(const Source& source, const Pragma& pragma, std::vector<std::string>& notes) {
  for (const std::string& name : pragma.names) {
    // ShellCheck's numbers are its own; of other peers' ids only our own pragma claims to know the rule.
    if (pragma.tool != "oakum" || name.starts_with("SC") || !rules::rules_named(name).empty()) continue;
    notes.push_back(place(source, pragma) + ": \"" + printable(name, 60) +
                    "\" is no rule and no alias of one; see oakum rules");
  }
  if (pragma.tool == "oakum" && pragma.names.empty())
    notes.push_back(place(source, pragma) + ": the pragma names no rule; write ignore=RULE -- reason");
}

void apply_one(const Source& source, const Pragma& pragma, const PragmaOptions& options, std::vector<Finding>& findings,
               std::vector<std::string>& notes) {
  tell_unknown(source, pragma, notes);
  if (!pragma.until.empty() && pragma.until < options.today) {
    notes.push_back(place(source, pragma) + ": the pragma ended on " + printable(pragma.until, 20));
    return;
  }
  for (Finding& finding : findings) {
    if (finding.suppressed || finding.origin.source != source.number || !covers(pragma, finding)) continue;
    finding.suppressed = Suppression{place(source, pragma), pragma.reason, pragma.until};
  }
}

}  // namespace

bool is_of_tool(const Finding& finding, std::string_view tool) {
  const auto is_one = [tool](const std::string& alias) {
    if (tool == "trivy") return alias.starts_with("DS-") || alias.starts_with("KSV-");
    if (tool == "checkov") return alias.starts_with("CKV");
    if (tool == "kics") return alias.starts_with("KICS-");
    if (tool == "hadolint") return alias.starts_with("DL") || alias.starts_with("SC");
    return alias.size() > tool.size() && alias.starts_with(tool) && alias[tool.size()] == ':';
  };
  return std::ranges::any_of(finding.aliases, is_one);
}

std::vector<Pragma> pragmas_of(const Source& source, const Dockerfile* file) {
  if (!may_hold_pragma(source.text)) return {};
  return Finder(source, file).find();
}

void apply_pragmas(const Subjects& subjects, const PragmaOptions& options, std::vector<Finding>& findings,
                   std::vector<std::string>& notes) {
  for (const Source& source : subjects.sources) {
    for (const Pragma& pragma : pragmas_of(source, dockerfile_of(subjects, source.number))) {
      if (pragma.tool == "hadolint" && !options.hadolint) continue;
      apply_one(source, pragma, options, findings, notes);
    }
  }
}

}  // namespace oakum::check
