// libfyaml's events as plain values with byte offsets; nothing else of libfyaml is seen outside events.cc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

struct Event {
  enum class Kind : std::uint8_t {
    document_start,
    document_end,
    scalar,
    alias,
    open_sequence,
    open_mapping,
    close,
    end
  };
  Kind kind = Kind::end;
  Node::Style style = Node::Style::plain;
  std::string_view text;    // of a scalar; name of an alias; until the next event
  std::string tag, anchor;  // "" none
  // Bytes of the text. Of a scalar with its quotes, of a block scalar from its `|` or `>`; of an opening or closing its
  // bracket, or nothing in block style.
  std::size_t begin = 0, end = 0;
};

// What libfyaml is made to read where nothing stands: it has trouble with some nothings. See empty_items.h and
// empty_blocks.h.
struct Filler {
  std::size_t at = 0;     // in the text
  std::string_view text;  // a constant
};
inline constexpr std::string_view kNullFiller = " ~", kIndentationFiller = "1";

class EventReader {
 public:
  // Borrows `text`, which must be UTF-8 without control characters: libfyaml 0.7 loops for ever on some other bytes.
  // `fillers` are sorted by place.
  explicit EventReader(std::string_view text, const std::vector<Filler>& fillers = {});
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  // Puts the next event into `event` (reused, as there are many), `end` for ever at the end. An error's `what` is the
  // byte offset's "LINE:COLUMN".
  Status next(Event& event);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oakum::yaml
