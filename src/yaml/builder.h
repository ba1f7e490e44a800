// Builds one document's tree from events: keys, anchors and aliases, merge keys, and the limits on all of them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/origin.h"
#include "yaml/events.h"
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
  // Borrows both. `shift` is added to the events' offsets (a byte order mark).
  Builder(const LineIndex& lines, std::size_t shift, Budget& budget) : lines_(lines), shift_(shift), budget_(budget) {}

  // Every event between document_start and document_end; its texts are moved out. An error's `what` is "LINE:COLUMN".
  Status take(Event& event);

  Node root;  // complete when the document has ended

 private:
  struct Frame {
    Node node;
    std::size_t end = 0;  // of the last child
    std::size_t first_node = 0;
    std::size_t height = 0;  // of the highest child
    bool has_key = false;
    bool merges = false;
    std::string key;  // whose value comes next
    Span key_span;
  };
  struct Anchored {
    Node node;
    std::size_t nodes = 0, height = 0, bytes = 0;
  };

  Span span(std::size_t begin, std::size_t end) const { return lines_.span(begin + shift_, end + shift_); }
  std::unexpected<Error> refuse(ErrorCode code, const Span& at, std::string why) const;
  Status count(std::size_t nodes, const Span& at);
  Status open(Event& event, Node::Kind kind);
  Status close(const Event& event);
  Status scalar(Event& event);
  Status alias(const Event& event);
  Status finish_mapping(Frame& frame);
  Status check_duplicates(const Frame& frame) const;
  Status merge(Frame& frame);
  Status add(Node&& node, std::size_t end, std::size_t height, std::size_t nodes);
  Status add_key(Frame& frame, Node&& node);
  static void set_key(Frame& frame, std::string key, const Span& at, bool is_merge);
  static Node& next_value(Frame& frame);

  const LineIndex& lines_;
  std::size_t shift_;
  Budget& budget_;
  std::vector<Frame> frames_;
  std::map<std::string, Anchored, std::less<>> anchors_;
};

}  // namespace oakum::yaml
