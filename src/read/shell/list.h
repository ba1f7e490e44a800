// Inside read/shell: commands and how they hang together (POSIX 2.9, 2.10). Compound commands are a stack of blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "read/shell/reader.h"

namespace oakum::shell {

enum class BlockKind : std::uint8_t {
  top,
  subshell,        // ( … )
  group,           // { … }
  if_condition,    // if … then, elif … then
  if_body,         // then … else … fi
  loop_condition,  // while … do, until … do
  loop_header,     // for NAME in … ; do
  loop_body,       // do … done
  case_header,     // case WORD in
  case_pattern,    // PATTERN | PATTERN )
  case_body,       // … ;;
};

struct Block {
  BlockKind kind = BlockKind::top;
  Joint joint = Joint::first;  // of the next command
  std::uint32_t pipeline = 0;  // 0: the next command begins one
  std::size_t element = 0;     // the first command of what && and || would test
  bool awaits = false;         // behind &&, || or |: a newline ends nothing
  bool negate = false;         // behind "!"
  bool outer_checked = false;
  std::size_t begin = 0;  // in the text
  bool checked() const {
    return outer_checked || negate || kind == BlockKind::if_condition || kind == BlockKind::loop_condition;
  }
};

// Where a word's text comes from: what reading a script in it needs.
struct WordSource {
  std::vector<Anchor> pieces;  // as WordRead has them
  std::size_t begin = 0;
  bool substitutes = false;
};

class List {
 public:
  List(Reader& reader, std::vector<Command>& out, Context context, bool substitution)
      : reader_(reader), out_(out), context_(context), substitution_(substitution), first_pending_(reader.pending()) {
    blocks_.push_back({.element = out.size(), .outer_checked = context.checked, .begin = reader.at()});
  }

  void read();

 private:
  Block& block() { return blocks_.back(); }
  Context inside() { return {depth(), block().checked()}; }
  std::uint32_t depth() const { return context_.depth + static_cast<std::uint32_t>(blocks_.size()) - 1; }
  bool at_command_position() const { return !open_ && !after_block_; }

  void step();
  void newline();
  void operator_();
  void separate(Joint joint, std::size_t length);
  void and_or(Joint joint);
  void pipe(std::size_t length);
  void case_end(std::size_t length);
  void open_parenthesis();
  void close_parenthesis();
  void arithmetic(std::size_t end);
  void redirection(std::size_t begin, std::size_t operator_at);
  void here_document(std::string_view op, const WordRead& delimiter);

  void word();
  void pattern_word();
  bool reserved(const WordRead& word);
  void add(WordRead&& word);
  bool add_assignment(WordRead& word);

  void begin_command(std::size_t at);
  void end_command();
  void read_inner_scripts();
  bool runs_shell(std::size_t& script) const;
  bool runs_remotely(std::size_t program, std::size_t& script) const;
  bool shell_at(std::size_t program, std::size_t& script) const;

  void push(BlockKind kind, std::size_t at);
  void pop(std::initializer_list<BlockKind> closes, std::string_view name, std::size_t at);
  void become(std::initializer_list<BlockKind> from, BlockKind to, std::string_view name, std::size_t at);
  void unexpected(std::string_view what, std::size_t at);

  Reader& reader_;
  std::vector<Command>& out_;
  Context context_;
  bool substitution_;
  std::size_t first_pending_;  // here-documents before it belong to lists outside
  std::vector<Block> blocks_;
  Command current_;
  std::size_t current_begin_ = 0, current_end_ = 0;
  std::vector<WordSource> sources_;  // of its words
  std::vector<Command> later_;       // commands of its substitutions
  bool open_ = false;                // current_ holds something
  bool after_block_ = false;         // a compound command just ended
  bool in_test_ = false;             // between [[ and ]]
  bool done_ = false;
};

}  // namespace oakum::shell
