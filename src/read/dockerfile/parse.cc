#include "read/dockerfile/parse.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/dockerfile/flags.h"
#include "read/dockerfile/grammar.h"
#include "read/dockerfile/words.h"

namespace oakum::dockerfile {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& byte : upper) {
    if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - 'a' + 'A');
  }
  return upper;
}

class Parser {
 public:
  Parser(const Logical& line, Range range, Context& context, bool trigger, Instruction& out)
      : line_(line),
        text_(line.text()),
        range_(trimmed(line.text(), range)),
        context_(context),
        trigger_(trigger),
        out_(out) {}

  void run() {
    take_name();
    const Grammar* grammar = grammar_of(out_.name);
    if (grammar != nullptr) out_.kind = grammar->kind;
    take_flags_off();
    out_.text = rest_.of(text_);
    out_.text_span = span(rest_);
    if (grammar == nullptr) {
      unknown();
    } else {
      split(grammar->form);
      count(*grammar);
    }
  }

 private:
  Span span(Range range) const { return context_.span(line_, range); }
  // The parser of the builder refuses the file.
  void refuse(Range range, std::string message) { context_.refuse(span(range), std::move(message)); }
  // The builder refuses the instruction when it runs it.
  void object(Range range, std::string message) {
    if (trigger_) {
      context_.warn(span(range), std::move(message));
    } else {
      context_.refuse(span(range), std::move(message));
    }
  }

  void take_name() {
    std::size_t end = range_.begin;
    while (end < range_.end && !is_blank(text_[end])) ++end;
    name_ = {range_.begin, end};
    out_.spelling = name_.of(text_);
    out_.name = to_upper(out_.spelling);
    out_.name_span = span(name_);
    out_.span = span(range_);
    rest_ = trimmed(text_, {end, range_.end});
  }

  void take_flags_off() {
    for (const RawFlag& raw : take_flags(text_, rest_)) {
      InstructionFlag flag = flag_of(raw);
      flag.span = span(raw.range);
      if (out_.kind != InstructionKind::unknown) {
        if (std::string why = flag_problem(out_, flag, out_.flag(flag.name) != nullptr); !why.empty()) {
          object(raw.range, std::move(why));
        }
      }
      out_.flags.push_back(std::move(flag));
    }
  }

  void unknown() {
    const std::string_view near = nearest_instruction(out_.name);
    object(name_, "instruction " + quoted(out_.spelling) + ": is not known" +
                      (near.empty() ? "" : "; did you mean " + std::string(near)));
  }

  void split(Form form) {
    switch (form) {
      case Form::words:
        return add_words(plain_words(text_, rest_));
      case Form::list:
        if (!take_json(rest_)) add_words(plain_words(text_, rest_));
        return;
      case Form::command:
        return command(rest_);
      case Form::whole:
        if (!rest_.empty()) add(rest_);
        return;
      case Form::assignments:
        return assignments();
      case Form::args:
        for (const Range word : quoted_words(text_, rest_, context_.file.escape)) assign(word);
        return;
      case Form::healthcheck:
        return healthcheck();
      case Form::onbuild:
        return onbuild();
      case Form::shell:
        if (!take_json(rest_) && !rest_.empty()) {
          object(rest_, "SHELL: is not in JSON form; write it like [\"/bin/bash\", \"-c\"]");
        }
        return;
    }
  }

  Argument argument(Range range) const {
    const std::string_view text = range.of(text_);
    return {.text = std::string(text), .value = std::string(text), .span = span(range)};
  }

  void add(Range range) {
    if (within_limit(range)) out_.arguments.push_back(argument(range));
  }

  bool within_limit(Range range) {
    if (context_.arguments_left > 0) {
      if (--context_.arguments_left == 0) context_.give_up(span(range), "Dockerfile: has more words than oakum reads");
      return true;
    }
    return false;
  }

  void add_words(const std::vector<Range>& words) {
    out_.arguments.reserve(words.size());
    for (const Range word : words) add(word);
  }

  void command(Range range) {
    if (!take_json(range) && !range.empty()) add(range);
  }

  bool take_json(Range range) {
    range = trimmed(text_, range);
    if (range.empty() || text_[range.begin] != '[') return false;
    JsonForm form = json_form(text_, range);
    if (form.kind == JsonForm::Kind::mixed) {
      refuse(range, out_.name + ": its JSON array holds something that is no string; quote each item");
    }
    if (form.kind != JsonForm::Kind::strings) {
      out_.broken_json = looks_like_json(range);
      return false;
    }
    out_.json_form = true;
    out_.arguments.reserve(form.items.size());
    for (std::size_t i = 0; i < form.items.size() && within_limit(form.ranges[i]); ++i) {
      const Range range_of_item = form.ranges[i];
      out_.arguments.push_back({.text = std::string(range_of_item.of(text_)),
                                .value = std::move(form.items[i]),
                                .quoted = true,
                                .span = span(range_of_item)});
    }
    return true;
  }

  // `[ -f x ] && …` and `[[ … ]]` are meant for the shell.
  bool looks_like_json(Range range) const {
    std::size_t at = range.begin + 1;
    const bool spaced = at < range.end && is_blank(text_[at]);
    while (at < range.end && is_blank(text_[at])) ++at;
    if (at >= range.end) return true;
    const bool quote = text_[at] == '"' || text_[at] == '\'';
    return quote ? !spaced || text_[range.end - 1] == ']' : !spaced && text_[at] != '[' && text_[range.end - 1] == ']';
  }

  void assignments() {
    const std::vector<Range> words = quoted_words(text_, rest_, context_.file.escape);
    if (words.empty()) return;
    if (!words.front().of(text_).contains('=')) return legacy(plain_words(text_, rest_).front());
    for (const Range word : words) {
      if (word.of(text_).contains('=')) {
        assign(word);
      } else {
        refuse(word, out_.name + ": " + quoted(word.of(text_)) +
                         " has no \"=\"; write name=value, in quotes if it has blanks");
      }
    }
  }

  void legacy(Range key) {
    const Range value = trimmed(text_, {key.end, rest_.end});
    if (value.empty()) refuse(rest_, out_.name + ": " + quoted(key.of(text_)) + " has no value; write name=value");
    if (!within_limit(rest_)) return;
    Assignment made;
    made.key = argument(key);
    made.value = argument(value);
    made.has_value = !value.empty();
    made.legacy = true;
    made.span = span(rest_);
    out_.assignments.push_back(std::move(made));
  }

  void assign(Range word) {
    const std::size_t equals = word.of(text_).find('=');
    const bool has_value = equals != std::string_view::npos;
    const std::size_t key_end = has_value ? word.begin + equals : word.end;
    if (has_value && equals == 0) object(word, out_.name + ": a name is empty; write name=value");
    if (!within_limit(word)) return;
    Assignment made;
    made.key = argument({word.begin, key_end});
    made.value = argument({has_value ? key_end + 1 : word.end, word.end});
    made.has_value = has_value;
    made.span = span(word);
    out_.assignments.push_back(std::move(made));
  }

  void healthcheck() {
    const std::vector<Range> words = plain_words(text_, rest_);
    if (words.empty()) return;
    out_.healthcheck_type = to_upper(words.front().of(text_));
    const Range behind = trimmed(text_, {words.front().end, rest_.end});
    if (out_.healthcheck_type == "CMD") {
      command(behind);
      if (out_.arguments.empty()) object(rest_, "HEALTHCHECK: CMD has no command; add one");
    } else if (out_.healthcheck_type != "NONE") {
      object(words.front(),
             "HEALTHCHECK: type " + quoted(words.front().of(text_)) + " is not known; write CMD or NONE");
    } else if (!behind.empty()) {
      object(behind, "HEALTHCHECK: NONE takes no arguments");
    }
  }

  void onbuild() {
    if (rest_.empty()) return;
    if (trigger_) {
      refuse(range_, "ONBUILD: stands inside of ONBUILD; name the instruction itself");
      return;
    }
    parse_instruction(line_, rest_, context_, out_.nested.emplace_back(), true);
    const Instruction& inner = out_.nested.back();
    if (inner.kind == InstructionKind::from || inner.kind == InstructionKind::maintainer) {
      refuse(rest_, "ONBUILD: takes no " + inner.name);
    }
  }

  void count(const Grammar& grammar) {
    const std::size_t given = out_.arguments.size() + out_.assignments.size() + out_.nested.size() +
                              (out_.healthcheck_type.empty() ? 0 : 1) +
                              (trigger_ && grammar.form == Form::onbuild ? 1 : 0);
    const bool told = grammar.form == Form::shell && !rest_.empty() && !out_.json_form;
    if (given < grammar.least && !told && context_.arguments_left > 0) {
      object(range_, out_.name + ": needs " + std::string(grammar.wanted));
    }
  }

  const Logical& line_;
  std::string_view text_;
  Range range_;
  Range name_;
  Range rest_;
  Context& context_;
  bool trigger_;
  Instruction& out_;
};

}  // namespace

void parse_instruction(const Logical& line, Range range, Context& context, Instruction& out, bool trigger) {
  Parser(line, range, context, trigger, out).run();
}

}  // namespace oakum::dockerfile
