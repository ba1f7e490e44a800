#include "read/shell/list.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace oakum::shell {

void Reader::list(std::vector<Command>& out, Context context, bool substitution) {
  const Nesting nesting(*this);
  if (progress_.stopped) return;
  List(*this, out, context, substitution).read();
}

void List::read() {
  while (!done_ && !reader_.at_end()) step();
  if (reader_.progress().stopped) return;
  end_command();
  if (done_) return;
  if (blocks_.size() > 1) {
    reader_.problem(block().begin, block().begin + 1, "a compound command is not closed");
  } else if (substitution_) {
    reader_.problem(block().begin, block().begin + 1, "a substitution is not closed");
  }
}

void List::step() {
  reader_.skip_blanks();
  if (reader_.at_end()) return;
  const char c = reader_.peek();
  if (c == '\n') return newline();
  const bool substitutes = ((c == '<' || c == '>') && reader_.peek(1) == '(') || reader_.placeholder() > 0;
  if (block().kind == BlockKind::case_pattern && c != ')' && c != ';') return pattern_word();
  if (in_test_ || substitutes || std::string_view(";&|()<>").find(c) == std::string_view::npos) return word();
  operator_();
}

void List::newline() {
  if (!in_test_) end_command();
  after_block_ = false;
  reader_.advance(1);
  Block& current = block();
  if (!current.awaits && !in_test_) {
    if (current.joint != Joint::first || out_.size() > current.element) current.joint = Joint::semicolon;
    current.pipeline = 0;
    current.negate = false;
    current.element = out_.size();
  }
  if (reader_.pending() > first_pending_) reader_.here_bodies(out_, inside());
}

void List::operator_() {
  const auto is = [this](std::string_view text) { return reader_.looking_at(text); };
  if (is("(")) return open_parenthesis();
  if (is(")")) return close_parenthesis();
  if (is(";;&")) return case_end(3);
  if (is(";;") || is(";&")) return case_end(2);
  if (is(";")) return separate(Joint::semicolon, 1);
  if (is("&&")) return and_or(Joint::and_then);
  if (is("||")) return and_or(Joint::or_else);
  if (is("|&")) return pipe(2);
  if (is("|")) return pipe(1);
  if (is("<") || is(">") || is("&>")) return redirection(reader_.at(), reader_.at());
  separate(Joint::background, 1);
}

void List::separate(Joint joint, std::size_t length) {
  if (at_command_position()) unexpected(reader_.slice(reader_.at(), reader_.at() + length), reader_.at());
  end_command();
  after_block_ = false;
  reader_.advance(length);
  Block& current = block();
  current.joint = joint;
  current.pipeline = 0;
  current.negate = current.awaits = false;
  current.element = out_.size();
}

void List::and_or(Joint joint) {
  if (at_command_position()) unexpected(reader_.slice(reader_.at(), reader_.at() + 2), reader_.at());
  end_command();
  after_block_ = true;  // something stands before it, or it was told of
  std::for_each(out_.begin() + static_cast<std::ptrdiff_t>(block().element), out_.end(),
                [](Command& command) { command.checked = true; });
  separate(joint, 2);
  block().awaits = true;
}

void List::pipe(std::size_t length) {
  if (at_command_position()) unexpected("|", reader_.at());
  end_command();
  after_block_ = false;
  reader_.advance(length);
  block().joint = Joint::pipe;
  block().awaits = true;
}

void List::case_end(std::size_t length) {
  end_command();
  after_block_ = false;
  become({BlockKind::case_body}, BlockKind::case_pattern, ";;", reader_.at());
  reader_.advance(length);
}

void List::open_parenthesis() {
  const std::size_t at = reader_.at();
  const auto end = reader_.arithmetic_end(at);
  if (end && (at_command_position() || (current_.words.size() == 1 && current_.words.front().text == "for")))
    return arithmetic(*end);
  if (at_command_position()) {
    push(BlockKind::subshell, at);
    return reader_.advance(1);
  }
  reader_.advance(1);
  reader_.skip_blanks();
  if (current_.words.size() == 1 && current_.assignments.empty() && reader_.peek() == ')') {  // NAME (): a function
    reader_.advance(1);
    current_ = {};
    sources_.clear();
    open_ = false;
    return;
  }
  unexpected("(", at);
}

void List::close_parenthesis() {
  const std::size_t at = reader_.at();
  end_command();
  after_block_ = false;
  reader_.advance(1);
  if (block().kind == BlockKind::case_pattern) {
    block().kind = BlockKind::case_body;
  } else if (substitution_ && blocks_.size() == 1) {
    done_ = true;
  } else {
    pop({BlockKind::subshell}, ")", at);
  }
}

void List::arithmetic(std::size_t end) {
  const std::size_t at = reader_.at();
  WordRead word;
  word.begin = at;
  word.end = end;
  word.word = {.text = std::string(reader_.slice(at, end)), .span = reader_.span(at, end)};
  reader_.go_to(end);
  add(std::move(word));
}

void List::redirection(std::size_t begin, std::size_t operator_at) {
  constexpr std::string_view kOperators[] = {"&>>", "<<<", "<<-", "&>", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">"};
  const auto* op = std::ranges::find_if(kOperators, [this](std::string_view text) { return reader_.looking_at(text); });
  if (op == std::end(kOperators)) return reader_.advance(1);
  begin_command(begin);
  reader_.advance(op->size());
  const std::string spelled(reader_.slice(begin, operator_at + op->size()));
  reader_.skip_blanks();
  WordRead target = reader_.word(later_, inside());
  if (target.begin == target.end) unexpected(spelled, operator_at);
  if (*op == "<<" || *op == "<<-") here_document(*op, target);
  current_end_ = std::max(target.end, operator_at + op->size());
  current_.redirections.push_back({spelled, std::move(target.word)});
}

void List::here_document(std::string_view op, const WordRead& delimiter) {
  reader_.here_document({.delimiter = delimiter.word.text,
                         .strip_tabs = op == "<<-",
                         .expands = !delimiter.word.quoted,
                         .is_script = false,
                         .depth = depth()});
}

void List::push(BlockKind kind, std::size_t at) {
  if (depth() >= kMaxDepth) return reader_.stop("nested deeper than 64 levels");
  Block& outer = block();
  if (outer.pipeline == 0) outer.pipeline = ++reader_.progress().pipelines;
  outer.awaits = false;
  const Block inner{.kind = kind,
                    .joint = outer.joint,
                    .pipeline = outer.pipeline,
                    .element = out_.size(),
                    .outer_checked = outer.checked(),
                    .begin = at};
  blocks_.push_back(inner);
}

void List::pop(std::initializer_list<BlockKind> closes, std::string_view name, std::size_t at) {
  if (std::ranges::find(closes, block().kind) == closes.end()) return unexpected(name, at);
  blocks_.pop_back();
  after_block_ = true;
}

void List::become(std::initializer_list<BlockKind> from, BlockKind to, std::string_view name, std::size_t at) {
  if (std::ranges::find(from, block().kind) == from.end()) return unexpected(name, at);
  Block& current = block();
  current.kind = to;
  current.joint = Joint::semicolon;
  current.pipeline = 0;
  current.awaits = current.negate = false;
  current.element = out_.size();
}

void List::unexpected(std::string_view what, std::size_t at) {
  reader_.problem(at, at + 1, "unexpected \"" + std::string(what) + "\"");
}

}  // namespace oakum::shell
