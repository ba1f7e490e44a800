// Builds one document's tree from events: keys, anchors and aliases, merge keys, and the limits on all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/origin.h"
#include "yaml/events.h"
#include "yaml/line_cursor.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

// What all documents of one stream share.
struct Budget {
  std::size_t nodes = 0;
  std::size_t anchored_nodes = 0;
  std::size_t copied_bytes = 0;  // of scalars, by aliases
};

class Builder {
 public:
  // Borrows all. `shift` is added to the events' offsets (a byte order mark).
  Builder(LineCursor& lines, std::size_t shift, Budget& budget) : lines_(lines), shift_(shift), budget_(budget) {}

  // Every event between document_start and document_end; its properties are moved out. An error's `what` is
  // "LINE:COLUMN".
  Status take(Event& event);

  // The offset of what the next node belongs to: of a key that waits for its value, or of a list; nullopt where it is
  // the document's, or a key.
  std::optional<std::size_t> holder() const;

  Node root;  // complete when the document has ended

 private:
  struct Place {
    std::uint32_t offset = 0, line = 0, column = 0;
  };
  // A collection that is being read. It stands where it belongs: what holds it grows no further until it is closed.
  struct Frame {
    Node* node = nullptr;
    Place end;  // of the last child
    std::size_t first_node = 0;
    std::size_t height = 0;         // of the highest child
    bool has_key = false;           // the last member waits for its value
    bool merges = false;            // has a key `<<`
    std::unique_ptr<Node> refused;  // the node itself where it stands for a key
  };
  struct Anchored {
    Node node;
    std::size_t nodes = 0, height = 0, bytes = 0;
  };

  static Place end_of(const Span& span) { return {span.end, span.end_line, span.end_column}; }
  Span span(const Event& event) { return lines_.span(event.begin + shift_, event.end + shift_); }
  std::unexpected<Error> refuse(ErrorCode code, const Span& at, std::string why) const;
  std::unexpected<Error> too_many(const Span& at) const;
  bool count(std::size_t nodes);
  Status open(Event& event, Node::Kind kind);
  Status close(const Event& event);
  Status scalar(Event& event);
  Status alias(const Event& event);
  Status finish_mapping(Frame& frame);
  Status check_duplicates(const Frame& frame) const;
  Status merge(Frame& frame);
  Status keep_anchored(const Node& node, std::size_t height, std::size_t nodes);
  Status add(Node&& node, std::size_t height, std::size_t nodes);
  Status add_key(Frame& frame, Node&& node);
  std::unexpected<Error> refuse_key(const Node& node) const;
  static bool wants_key(const Frame& frame);
  static void extend(Frame& frame, const Place& end, std::size_t height);
  static void set_key(Frame& frame, std::string_view key, const Span& at, bool is_merge);
  static Node& next_value(Frame& frame);

  LineCursor& lines_;
  std::size_t shift_;
  Budget& budget_;
  std::vector<Frame> frames_;
  std::map<std::string, Anchored, std::less<>> anchors_;
};

}  // namespace oakum::yaml
