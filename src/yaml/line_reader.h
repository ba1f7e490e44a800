// Events of the YAML that most files are: block collections in which every scalar and every `[…]` and `{…}` stands on
// one line, without anchors, aliases, tags, escapes and block scalars. That takes a small part of libfyaml's time.
// What it reads it reads as EventReader does, byte for byte, which fuzz/yaml/line_reader_fuzz.cc compares; of
// everything else, and of all that is wrong, it says that it cannot, and libfyaml has the word.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "yaml/events.h"

namespace oakum::yaml {

class LineReader {
 public:
  using Sink = std::function<bool(Event&)>;  // false ends the reading

  // Borrows both. `text` is UTF-8 without control characters but "\n", and fits_lines() (stream.h).
  LineReader(std::string_view text, const Sink& sink) : text_(text), sink_(sink) {}

  // False when the text is not (as far as it was read) such YAML or the sink said so: all events are then to be
  // dropped.
  bool read();

 private:
  struct Level {
    std::size_t indent = 0;
    bool is_sequence = false;
  };
  struct Scalar {
    std::size_t begin = 0, end = 0;  // with its quotes
    Node::Style style = Node::Style::plain;
  };

  bool take_line();
  bool start_document(std::size_t begin);
  bool end_document();
  bool find_level(std::size_t indent, bool is_item);
  bool open(std::size_t indent, bool is_sequence);
  bool close();
  bool item();
  bool key(const Scalar& scalar);
  bool flow(std::size_t depth);
  bool flow_member(bool in_mapping, std::size_t depth);
  bool read_scalar(Scalar& scalar, bool in_flow);
  bool read_quoted(Scalar& scalar);
  bool read_plain(Scalar& scalar);
  bool read_flow_plain(Scalar& scalar);

  bool emit(Event::Kind kind, std::size_t begin, std::size_t end, Node::Style style);
  bool emit(const Scalar& scalar);
  bool emit_nothing(std::size_t at);

  // In the line, behind which peek() is "\n".
  char peek(std::size_t ahead = 0) const { return at_ + ahead < line_end_ ? text_[at_ + ahead] : '\n'; }
  bool ends_word(std::size_t ahead) const { return peek(ahead) == ' ' || peek(ahead) == '\n'; }
  bool is_dash() const { return peek() == '-' && ends_word(1); }
  void skip_spaces();
  bool at_colon();     // behind spaces
  bool at_line_end();  // behind spaces and a comment

  std::string_view text_;
  const Sink& sink_;
  Event event_;
  std::vector<Level> levels_;
  std::size_t line_begin_ = 0, line_end_ = 0, at_ = 0;
  std::size_t value_at_ = 0;  // behind the colon of the last key
  bool in_document_ = false;
  bool wants_value_ = false;  // nothing stands behind the last key's colon
};

}  // namespace oakum::yaml
