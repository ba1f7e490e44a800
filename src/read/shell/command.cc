// Simple commands: words, reserved words, assignments, and the scripts that words hold.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "read/shell/list.h"

namespace oakum::shell {

namespace {

enum class Reserved : std::uint8_t {
  bang,
  open_brace,
  close_brace,
  test,
  case_,
  do_,
  done,
  elif,
  else_,
  esac,
  fi,
  for_,
  function,
  if_,
  then,
  loop
};

struct ReservedWord {
  std::string_view text;
  Reserved meaning;
};
constexpr ReservedWord kReserved[] = {
    {"!", Reserved::bang},      {"[[", Reserved::test},           {"case", Reserved::case_},
    {"do", Reserved::do_},      {"done", Reserved::done},         {"elif", Reserved::elif},
    {"else", Reserved::else_},  {"esac", Reserved::esac},         {"fi", Reserved::fi},
    {"for", Reserved::for_},    {"function", Reserved::function}, {"if", Reserved::if_},
    {"select", Reserved::for_}, {"then", Reserved::then},         {"until", Reserved::loop},
    {"while", Reserved::loop},  {"{", Reserved::open_brace},      {"}", Reserved::close_brace},
};
static_assert(std::ranges::is_sorted(kReserved, {}, &ReservedWord::text));

const ReservedWord* reserved_word(std::string_view text) {
  const auto* found = std::ranges::lower_bound(kReserved, text, {}, &ReservedWord::text);
  return found != std::end(kReserved) && found->text == text ? found : nullptr;
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

bool is_shell(std::string_view name) {
  if (!name.ends_with("sh")) return false;  // as most
  constexpr std::array<std::string_view, 7> kShells = {"ash", "bash", "dash", "ksh", "mksh", "sh", "zsh"};
  return std::ranges::binary_search(kShells, name);
}

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "bash -s": a shell in one word that is given its script otherwise.
bool reads_input(std::string_view command) {
  const std::size_t blank = std::min(command.find(' '), command.size());
  return is_shell(last_component(command.substr(0, blank))) &&
         command.substr(blank).find_first_not_of(" -elsux") == std::string_view::npos;
}

// Where the command begins that `ssh` (at `program`) runs on its host: behind options and the host.
std::size_t behind_host(const std::vector<Word>& words, std::size_t program) {
  constexpr std::string_view kValued = "BbcDEeFIiJLlmOopQRSWw";
  std::size_t at = program + 1;
  for (; at < words.size() && words[at].text.starts_with('-'); ++at) {
    const std::string_view option = words[at].text;
    if (option.size() == 2 && kValued.find(option[1]) != std::string_view::npos) ++at;
  }
  return at + 1;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void List::word() {
  WordRead read = reader_.word(later_, inside());
  if (read.begin == read.end) {  // an operator between [[ and ]], or a byte that fits nowhere
    const std::size_t length = in_test_ && (reader_.looking_at("&&") || reader_.looking_at("||")) ? 2 : 1;
    read.end = read.begin + length;
    read.word.text = std::string(reader_.slice(read.begin, read.end));
    read.word.span = reader_.span(read.begin, read.end);
    reader_.advance(length);
    return add(std::move(read));
  }
  if (in_test_) {
    if (read.plain && read.word.text == "]]") in_test_ = false;
    return add(std::move(read));
  }
  if (read.plain && all_digits(read.word.text) && (reader_.peek() == '<' || reader_.peek() == '>'))
    return redirection(read.begin, read.end);
  if (read.plain && reserved(read)) return;
  if (add_assignment(read)) return;
  if (after_block_) unexpected(read.word.text, read.begin);
  add(std::move(read));
}

void List::pattern_word() {
  const std::size_t before = reader_.at();
  if (reader_.peek() == '(' || reader_.peek() == '|') return reader_.advance(1);
  const WordRead read = reader_.word(later_, inside());
  if (read.plain && read.word.text == "esac") return pop({BlockKind::case_pattern}, "esac", read.begin);
  if (reader_.at() == before) reader_.advance(1);
}

bool List::reserved(const WordRead& read) {
  // Inside a command only what ends the head of a loop or of a case is any.
  const bool in_head = block().kind == BlockKind::case_header || block().kind == BlockKind::loop_header;
  if (open_ && !in_head) return false;
  const ReservedWord* found = reserved_word(read.word.text);
  const std::size_t at = read.begin;
  if (found == nullptr) {
    const bool header_ends =
        block().kind == BlockKind::case_header && (current_.words.size() == 2 || !open_) && read.word.text == "in";
    if (!header_ends) return false;
    end_command();
    become({BlockKind::case_header}, BlockKind::case_pattern, "in", at);
    return true;
  }
  if (found->meaning == Reserved::do_ && block().kind == BlockKind::loop_header && current_.words.size() == 2)
    end_command();
  if (open_) return false;
  const bool closes = found->meaning != Reserved::bang && found->meaning != Reserved::test;
  if (after_block_ && !closes) return false;
  switch (found->meaning) {
    case Reserved::bang:
      block().negate = !block().negate;
      break;
    case Reserved::test:
      add(WordRead(read));
      in_test_ = true;
      break;
    case Reserved::open_brace:
      push(BlockKind::group, at);
      break;
    case Reserved::close_brace:
      pop({BlockKind::group}, "}", at);
      break;
    case Reserved::if_:
      push(BlockKind::if_condition, at);
      break;
    case Reserved::then:
      become({BlockKind::if_condition}, BlockKind::if_body, "then", at);
      after_block_ = false;
      break;
    case Reserved::elif:
      become({BlockKind::if_body}, BlockKind::if_condition, "elif", at);
      after_block_ = false;
      break;
    case Reserved::else_:
      become({BlockKind::if_body}, BlockKind::if_body, "else", at);
      after_block_ = false;
      break;
    case Reserved::fi:
      pop({BlockKind::if_body}, "fi", at);
      break;
    case Reserved::loop:
      push(BlockKind::loop_condition, at);
      break;
    case Reserved::for_:
      add(WordRead(read));
      push(BlockKind::loop_header, at);
      break;
    case Reserved::do_:
      become({BlockKind::loop_header, BlockKind::loop_condition}, BlockKind::loop_body, "do", at);
      after_block_ = false;
      break;
    case Reserved::done:
      pop({BlockKind::loop_body}, "done", at);
      break;
    case Reserved::case_:
      add(WordRead(read));
      push(BlockKind::case_header, at);
      break;
    case Reserved::esac:
      pop({BlockKind::case_body, BlockKind::case_pattern}, "esac", at);
      break;
    case Reserved::function:
      reader_.skip_blanks();
      reader_.word(later_, inside());
      reader_.skip_blanks();
      if (reader_.looking_at("()")) reader_.advance(2);
      break;
  }
  return true;
}

bool List::add_assignment(WordRead& read) {
  if (!current_.words.empty() || after_block_) return false;
  const std::size_t equals = read.word.text.find('=');
  if (equals == std::string::npos || equals == 0) return false;
  std::string_view name = std::string_view(read.word.text).substr(0, equals);
  const bool append = name.ends_with('+');
  if (append) name.remove_suffix(1);
  std::string_view base = name.substr(0, name.find('['));  // an item of an array
  if (!is_name(base) || (base.size() != name.size() && !name.ends_with(']'))) return false;
  // The name must stand unquoted at the begin of the text.
  if (reader_.slice(read.begin, read.begin + equals) != std::string_view(read.word.text).substr(0, equals))
    return false;
  begin_command(read.begin);
  current_end_ = read.end;
  Assignment assignment{.name = std::string(name), .value = {}, .append = append};
  assignment.value = {.text = read.word.text.substr(equals + 1),
                      .span = reader_.span(read.begin + equals + 1, read.end),
                      .quoted = read.word.quoted,
                      .expands = read.word.expands};
  current_.assignments.push_back(std::move(assignment));
  return true;
}

void List::add(WordRead&& read) {
  begin_command(read.begin);
  current_end_ = read.end;
  constexpr std::size_t kUsual = 4;
  if (current_.words.empty()) {
    current_.words.reserve(kUsual);
    sources_.reserve(kUsual);
  }
  current_.words.push_back(std::move(read.word));
  sources_.push_back({std::move(read.pieces), read.begin, read.substitutes});
}

void List::begin_command(std::size_t at) {
  if (open_) return;
  open_ = true;
  current_begin_ = current_end_ = at;
  Block& current = block();
  if (current.pipeline == 0) current.pipeline = ++reader_.progress().pipelines;
  current_.joint = after_block_ ? Joint::semicolon : current.joint;
  current_.pipeline = current.pipeline;
  current_.depth = depth();
  current_.negated = current.negate && current.joint != Joint::pipe;
  current_.checked = current.checked();
  current.awaits = false;
}

void List::end_command() {
  if (!open_) {
    if (reader_.lists_substitutions()) std::ranges::move(later_, std::back_inserter(out_));
    later_.clear();
    in_test_ = false;
    return;
  }
  open_ = in_test_ = false;
  Block& current = block();
  current.joint = Joint::semicolon;
  current_.span = reader_.span(current_begin_, current_end_);
  if (++reader_.progress().commands > kMaxCommands) reader_.stop("more than 100,000 commands");
  const Context context{current_.depth + 1, current_.checked};
  current_.program = unwrapped(current_);
  std::vector<Command> inner;
  std::size_t script = 0;
  if (runs_shell(script)) {
    if (script < sources_.size()) {
      const WordSource& held = sources_[script];
      const std::vector<Anchor> whole = {{0, static_cast<std::uint32_t>(held.begin)}};
      reader_.inner_script(current_.words[script].text, held.pieces.empty() ? whole : held.pieces, !held.substitutes,
                           inner, context);
    } else {
      for (std::size_t i = first_pending_; i < reader_.pending(); ++i) reader_.pending(i).is_script = true;
    }
  }
  out_.push_back(std::move(current_));
  if (reader_.lists_substitutions()) std::ranges::move(later_, std::back_inserter(out_));
  std::ranges::move(inner, std::back_inserter(out_));
  current_ = {};
  sources_.clear();
  later_.clear();
}

// Is this a shell that reads a script from an argument (`script` is its index) or from standard input (none)?
bool List::runs_shell(std::size_t& script) const {
  script = current_.words.size();
  return shell_at(current_.program, script) ||
         (reader_.progress().dialect.remote && runs_remotely(current_.program, script));
}

bool List::shell_at(std::size_t program, std::size_t& script) const {
  const std::vector<Word>& words = current_.words;
  if (program >= words.size()) return false;
  if (!is_shell(last_component(words[program].text))) return false;
  bool has_script = false;
  std::size_t at = program + 1;
  for (; at < words.size(); ++at) {
    const std::string_view option = words[at].text;
    if (option.size() < 2 || (option.front() != '-' && option.front() != '+')) break;
    if (option == "--") {
      ++at;
      break;
    }
    if (option.starts_with("--")) continue;
    has_script = has_script || (option.front() == '-' && option.find('c') != std::string_view::npos);
    if (option == "-s") return true;  // what follows are arguments for the script
    if (option.find_first_of("oO") != std::string_view::npos) ++at;
  }
  if (has_script) script = std::min(at, words.size());
  return has_script ? at < words.size() : at >= words.size() || words[at].text == "-";
}

// `ssh HOST 'script'`, `ssh HOST [shell]` that reads a here-document, `su USER -c 'script'`, `sudo -i` and `su` that
// read one.
bool List::runs_remotely(std::size_t program, std::size_t& script) const {
  const std::vector<Word>& words = current_.words;
  if (program >= words.size()) return false;
  const std::string_view name = last_component(words[program].text);
  if (name == "su" || name == "runuser") {
    for (std::size_t i = program + 1; i + 1 < words.size(); ++i) {
      const std::string_view option = words[i].text;
      if (option == "--command" || option == "-c" || option == "-lc") {
        script = i + 1;
        return true;
      }
    }
    return true;
  }
  if (name == "sudo") return true;  // a command behind it would have been found
  if (name != "ssh") return false;
  const std::size_t command = behind_host(words, program);
  if (command >= words.size()) return true;
  const std::string& first = words[command].text;
  if (command + 1 == words.size() && first.find_first_of(" \t\n;") != std::string::npos) {
    if (!reads_input(first)) script = command;
    return true;
  }
  Command there;
  there.words.assign(words.begin() + static_cast<std::ptrdiff_t>(command), words.end());
  return shell_at(command + unwrapped(there), script);
}

}  // namespace oakum::shell
