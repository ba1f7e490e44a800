#include "read/dockerfile/dockerfile.h"

#include <algorithm>

#include "base/text.h"
#include "read/dockerfile/directives.h"
#include "read/dockerfile/heredocs.h"
#include "read/dockerfile/logical.h"
#include "read/dockerfile/parse.h"
#include "read/dockerfile/resolve.h"
#include "read/dockerfile/script.h"
#include "read/dockerfile/stages.h"
#include "read/dockerfile/words.h"

namespace oakum::dockerfile {

namespace {

constexpr std::size_t kLargestFile = 64UZ << 20;
constexpr std::size_t kMostInstructions = 100'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Why the text is none to read at all; "" when it is one.
std::string unreadable(std::string_view text) {
  if (text.size() > kLargestFile) return "Dockerfile: is larger than 64 MiB";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return "Dockerfile: is in UTF-16; save it as UTF-8";
  if (text.contains('\0')) return "Dockerfile: holds a NUL byte; it is no text, or in UTF-16";
  return is_valid_utf8(text) ? "" : "Dockerfile: is not in UTF-8; save it as UTF-8";
}

class Reader {
 public:
  Reader(std::string_view text, Dockerfile& file)
      : index_(text),
        context_{.text = text, .lines = index_, .file = file},
        stages_(context_),
        lines_(text, text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) {}

  // False: there are too many instructions.
  bool run() {
    constexpr std::size_t kUsual = 32;  // instructions are large: growing step by step would move each several times
    context_.file.instructions.reserve(std::min(kUsual, context_.text.size() / 16));
    Range line;
    while (lines_.next(line)) {
      const Range body = {trimmed(context_.text, line).begin, line.end};
      if (!fits(line)) continue;
      if (body.of(context_.text).starts_with('#')) {
        comment(body);
        continue;
      }
      directives_.end();
      if (body.empty()) continue;
      if (context_.file.instructions.size() >= kMostInstructions) return false;
      instruction(body);
    }
    stages_.finish(context_.file.target);
    if (context_.file.stages.empty()) {
      context_.give_up(context_.span({0, 0}), context_.file.instructions.empty()
                                                  ? "Dockerfile: holds no instructions; begin with FROM"
                                                  : "Dockerfile: has no stage; add a FROM");
    }
    return true;
  }

 private:
  bool fits(Range line) {
    if (line.end - line.begin <= kLongestLine) return true;
    context_.give_up(context_.span(line), "line: is longer than 65,535 bytes, which the builder does not read");
    return false;
  }

  void comment(Range body) {
    const std::string_view text = trimmed(context_.text, body).of(context_.text);
    const Span span = context_.span(trimmed(context_.text, body));
    std::string why;
    const auto taken = directives_.take(text, span, context_.file, why);
    if (taken == Directives::Taken::refused) context_.refuse(span, std::move(why));
    if (taken == Directives::Taken::no) context_.file.comments.push_back({std::string(trim(text.substr(1))), span});
  }

  // The first line and those it goes on in.
  Logical joined(Range line, std::optional<Range>& blank, std::size_t& end) {
    Logical logical(context_.text, line, context_.span(line));
    auto cut = continuation(context_.text, line, context_.file.escape);
    end = line.end;
    if (!cut) return logical;
    logical.append({line.begin, *cut});
    while (cut && lines_.next(line)) {
      if (!fits(line)) break;
      const Range body = trimmed(context_.text, line);
      if (body.empty()) {
        if (!blank) blank = line;
      } else if (context_.text[body.begin] == '#') {
        comment(body);
      } else {
        cut = continuation(context_.text, line, context_.file.escape);
        logical.append({line.begin, cut.value_or(line.end)});
        end = cut ? *cut + 1 : line.end;
      }
    }
    return logical;
  }

  void instruction(Range first) {
    std::optional<Range> blank;
    std::size_t end = first.end;
    const Logical line = joined(first, blank, end);
    Instruction& made = context_.file.instructions.emplace_back();  // large: made where it stays
    parse_instruction(line, {0, line.text().size()}, context_, made);
    const Range heredocs = read_heredocs(made, line);
    if (!heredocs.empty()) made.span = context_.span({first.begin, heredocs.end});
    if (blank) {
      made.has_empty_continuation = true;
      made.empty_continuation = context_.span(*blank);
    }
    place(made, line, heredocs);
  }

  static bool takes_heredocs(const Instruction& instruction) {
    return !instruction.json_form &&
           (instruction.kind == InstructionKind::run || instruction.kind == InstructionKind::copy ||
            instruction.kind == InstructionKind::add);
  }

  Range read_heredocs(Instruction& instruction, const Logical& line) {
    Instruction& owner = instruction.nested.empty() ? instruction : instruction.nested.front();
    if (!takes_heredocs(owner) || !line.text().contains("<<")) return {};
    const auto words = shell_words(line.text(), {0, line.text().size()});
    if (!words) return {};
    Range all;
    for (const Range word : *words) {
      auto heredoc = heredoc_of(word.of(line.text()));
      if (!heredoc) continue;
      heredoc->marker = context_.span(line, word);
      const HeredocBody body = heredoc_body(context_.text, lines_, *heredoc);
      if (!body.terminated) {
        context_.refuse(heredoc->marker, "heredoc \"" + printable(heredoc->name, 60) +
                                             "\": is not ended; put its name alone on a line behind its text");
      }
      heredoc->body = context_.span(body.body);
      const std::string_view content = body.body.of(context_.text);
      heredoc->content = heredoc->chomp ? without_tabs(content) : std::string(content);
      if (all.empty()) all.begin = body.body.begin;
      all.end = body.end;
      owner.heredocs.push_back(std::move(*heredoc));
    }
    return all;
  }

  // `made` is the last one.
  void place(Instruction& made, const Logical& line, Range heredocs) {
    Dockerfile& file = context_.file;
    const std::size_t index = file.instructions.size() - 1;
    const bool from = made.kind == InstructionKind::from;
    const bool before_from = file.stages.empty();
    resolve(made, from ? stages_.globals() : stages_.scope(), context_);
    if (from) {
      stages_.open(made, index);
    } else if (before_from && made.kind != InstructionKind::arg && made.kind != InstructionKind::unknown) {
      context_.refuse(made.name_span, made.name + ": stands before the first FROM; only ARG may");
    }
    made.stage = file.stages.empty() ? Instruction::kNoStage : file.stages.size() - 1;
    made.before = stages_.state();
    read_script(made, line, heredocs, made.before, context_);
    for (Instruction& nested : made.nested) {
      nested.stage = made.stage;
      nested.before = made.before;
      read_script(nested, line, heredocs, made.before, context_);
    }
    take_effect(made, stages_, before_from, context_);
    stages_.add(made, index);
  }

  LineIndex index_;
  Context context_;
  Stages stages_;
  Lines lines_;
  Directives directives_;
};

void empty_but_for(std::string problem, Dockerfile& file) {
  file.instructions.clear();
  file.stages.clear();
  file.comments.clear();
  file.directives.clear();
  file.problems = {{.message = std::move(problem), .span = Span{0, 0, 1, 1, 1, 1}, .unread = true}};
}

}  // namespace

Dockerfile read(std::string_view text, std::uint32_t source, const Options& options) {
  Dockerfile file;
  file.source = source;
  file.build_args = options.build_args;
  file.target = options.target;
  if (std::string problem = unreadable(text); !problem.empty()) {
    empty_but_for(std::move(problem), file);
  } else if (!Reader(text, file).run()) {
    empty_but_for("Dockerfile: holds more than 100,000 instructions", file);
  }
  return file;
}

}  // namespace oakum::dockerfile
