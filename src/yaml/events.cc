#include "yaml/events.h"

#include <algorithm>
#include <utility>

#include <libfyaml.h>

namespace oakum::yaml {

namespace {

struct ParserDeleter {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
struct DiagDeleter {
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

std::string text_of(fy_token* token) {
  std::size_t size = 0;
  const char* text = fy_token_get_text(token, &size);
  return text == nullptr ? std::string() : std::string(text, size);
}

// As written, but `!<tag:yaml.org,2002:str>` without its brackets.
std::string tag_of(fy_token* token) {
  std::size_t size = 0;
  const char* handle = fy_tag_token_handle(token, &size);
  std::string result = handle == nullptr ? std::string() : std::string(handle, size);
  const char* suffix = fy_tag_token_suffix(token, &size);
  if (suffix != nullptr) result.append(suffix, size);
  return result;
}

Node::Style style_of(fy_scalar_style style) {
  switch (style) {
    case FYSS_SINGLE_QUOTED:
      return Node::Style::single_quoted;
    case FYSS_DOUBLE_QUOTED:
      return Node::Style::double_quoted;
    case FYSS_LITERAL:
      return Node::Style::literal;
    case FYSS_FOLDED:
      return Node::Style::folded;
    case FYSS_ANY:
    case FYSS_PLAIN:
    case FYSS_MAX:
      return Node::Style::plain;
  }
  return Node::Style::plain;
}

}  // namespace

struct EventReader::State {
  struct Placed {
    std::size_t begin = 0;     // in what libfyaml reads
    std::size_t original = 0;  // in `text`
    std::size_t more = 0;      // bytes of all fillers so far
  };
  std::string_view text;
  std::string filled;           // what libfyaml reads in its place, where there are fillers
  std::vector<Placed> fillers;  // of what is in `filled` and not in `text`
  std::unique_ptr<fy_diag, DiagDeleter> diag;
  std::unique_ptr<fy_parser, ParserDeleter> parser;  // after diag: goes first
  std::size_t position = 0;                          // behind all that was read
  std::string kept;                                  // the event's text where it is not as written

  std::string_view keep(std::string made) { return kept = std::move(made); }

  // From an offset in what libfyaml reads to one in `text`.
  std::size_t original(std::size_t at) const {
    if (fillers.empty()) return at;
    const auto next = std::ranges::lower_bound(fillers, at, {}, &Placed::begin);
    if (next == fillers.begin()) return at;
    const Placed& last = *std::prev(next);
    return std::max(at, last.original + last.more) - last.more;
  }
  std::size_t begin_of(fy_token* token) const { return original(fy_token_start_mark(token)->input_pos); }
  std::size_t end_of(fy_token* token) const { return original(fy_token_end_mark(token)->input_pos); }

  void properties(fy_token* anchor, fy_token* tag, Event& event) {
    if (anchor != nullptr) {
      event.anchor = text_of(anchor);
      position = std::max(position, end_of(anchor));
    }
    if (tag != nullptr) {
      event.tag = tag_of(tag);
      position = std::max(position, end_of(tag));
    }
  }

  void fill(const std::vector<Filler>& with);
  void scalar(fy_token* token, Event& event);
  bool is_as_written(const Event& event) const;
  void nothing(Event& event) const;
  void block_scalar(Event& event) const;
  void collection(fy_token* token, Event& event) const;
  void convert(fy_event* source, Event& event);
  std::unexpected<Error> complaint() const;
};

void EventReader::State::scalar(fy_token* token, Event& event) {
  if (token == nullptr || fy_token_start_mark(token) == nullptr) return nothing(event);
  event.style = style_of(fy_token_scalar_style(token));
  event.begin = begin_of(token);
  event.end = end_of(token);
  event.text = is_as_written(event) ? text.substr(event.begin, event.end - event.begin) : keep(text_of(token));
  if (!fillers.empty() && event.begin == event.end && event.text == "~") {
    event.text = {};
  }
  if (event.style == Node::Style::single_quoted || event.style == Node::Style::double_quoted) {
    --event.begin;
    ++event.end;
  } else if (event.style == Node::Style::literal || event.style == Node::Style::folded) {
    // libfyaml gives the byte behind the text for a block that begins there.
    if (event.begin >= text.size()) event.text = {};
    block_scalar(event);
  }
}

// A scalar on one line without escapes is its bytes, which spares libfyaml from putting them together.
bool EventReader::State::is_as_written(const Event& event) const {
  if (!fillers.empty() || event.begin >= event.end || event.end > text.size()) return false;
  const std::string_view piece = text.substr(event.begin, event.end - event.begin);
  const auto plain = [&](char but) {
    return std::ranges::all_of(piece, [but](char c) { return c >= ' ' && c <= '~' && c != but; });
  };
  switch (event.style) {
    case Node::Style::plain:
      return plain('\n');
    case Node::Style::single_quoted:
      return plain('\'');
    case Node::Style::double_quoted:
      return plain('\\');
    case Node::Style::literal:
    case Node::Style::folded:
    case Node::Style::block:
    case Node::Style::flow:
      return false;
  }
  return false;
}

// Behind the key's colon, the item's dash, or the tag: there a value would be written.
void EventReader::State::nothing(Event& event) const {
  std::size_t at = text.find_first_not_of(" \t", position);
  at = at != std::string_view::npos && (text[at] == ':' || text[at] == '-') ? at + 1 : position;
  event.begin = event.end = at;
}

// libfyaml tells where the content is; the value starts at its header, between which and what came before only white
// space, indicators and comments can be.
void EventReader::State::block_scalar(Event& event) const {
  std::size_t at = position;
  while (at < event.begin && text[at] != '|' && text[at] != '>') {
    if (text[at] == '#') at = std::min(text.find('\n', at), event.begin - 1);
    ++at;
  }
  event.end = std::min(event.end, text.size());
  while (event.end > event.begin && (text[event.end - 1] == '\n' || text[event.end - 1] == '\r')) --event.end;
  event.begin = std::min(at, event.begin);
  if (event.text.empty()) event.end = std::min(text.find_first_not_of("|>+-0123456789", event.begin), text.size());
  if (event.end <= event.begin) event.end = std::min(event.begin + 1, text.size());
}

void EventReader::State::collection(fy_token* token, Event& event) const {
  event.begin = event.end = position;
  if (token == nullptr || fy_token_start_mark(token) == nullptr) return;
  event.begin = begin_of(token);
  event.end = end_of(token);
  event.style = event.end > event.begin ? Node::Style::flow : Node::Style::block;
}

void EventReader::State::convert(fy_event* source, Event& event) {
  event.begin = event.end = position;
  switch (source->type) {
    case FYET_DOCUMENT_START:
      event.kind = Event::Kind::document_start;
      if (fy_token* token = source->document_start.document_start) collection(token, event);
      break;
    case FYET_DOCUMENT_END:
      event.kind = Event::Kind::document_end;
      break;
    case FYET_SCALAR:
      event.kind = Event::Kind::scalar;
      properties(source->scalar.anchor, source->scalar.tag, event);
      scalar(source->scalar.value, event);
      break;
    case FYET_ALIAS:
      event.kind = Event::Kind::alias;
      event.text = keep(text_of(source->alias.anchor));
      event.begin = begin_of(source->alias.anchor) - 1;
      event.end = end_of(source->alias.anchor);
      break;
    case FYET_SEQUENCE_START:
      event.kind = Event::Kind::open_sequence;
      properties(source->sequence_start.anchor, source->sequence_start.tag, event);
      collection(source->sequence_start.sequence_start, event);
      break;
    case FYET_MAPPING_START:
      event.kind = Event::Kind::open_mapping;
      properties(source->mapping_start.anchor, source->mapping_start.tag, event);
      collection(source->mapping_start.mapping_start, event);
      break;
    case FYET_SEQUENCE_END:
      event.kind = Event::Kind::close;
      collection(source->sequence_end.sequence_end, event);
      break;
    case FYET_MAPPING_END:
      event.kind = Event::Kind::close;
      collection(source->mapping_end.mapping_end, event);
      break;
    case FYET_NONE:
    case FYET_STREAM_START:
    case FYET_STREAM_END:
      break;
  }
}

std::unexpected<Error> EventReader::State::complaint() const {
  void* iterator = nullptr;
  const fy_diag_error* error = fy_diag_errors_iterate(diag.get(), &iterator);
  if (error == nullptr) return fail(ErrorCode::invalid, "1:1", "is not valid YAML");
  return fail(ErrorCode::invalid,
              std::to_string(std::max(error->line, 1)) + ":" + std::to_string(std::max(error->column, 1)),
              error->msg != nullptr ? error->msg : "is not valid YAML");
}

void EventReader::State::fill(const std::vector<Filler>& with) {
  std::size_t from = 0, more = 0;
  for (const Filler& filler : with) {
    filled += text.substr(from, filler.at - from);
    more += filler.text.size();
    fillers.push_back({filled.size(), filler.at, more});
    filled += filler.text;
    from = filler.at;
  }
  filled += text.substr(from);
}

EventReader::EventReader(std::string_view text, const std::vector<Filler>& fillers)
    : state_(std::make_unique<State>()) {
  state_->text = text;
  if (!fillers.empty()) {
    state_->fill(fillers);
    text = state_->filled;
  }
  fy_diag_cfg diag_config{};
  fy_diag_cfg_default(&diag_config);
  diag_config.fp = nullptr;
  diag_config.level = FYET_ERROR;
  state_->diag.reset(fy_diag_create(&diag_config));
  fy_diag_set_collect_errors(state_->diag.get(), true);
  fy_parse_cfg config{};
  // YAML wants flow content deeper than what it stands in. People close it where its key stands, and all that read
  // their files, which are built on libyaml and go-yaml, take that.
  config.flags =
      static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_DISABLE_ACCELERATORS | FYPCF_SLOPPY_FLOW_INDENTATION);
  config.diag = state_->diag.get();
  state_->parser.reset(fy_parser_create(&config));
  fy_parser_set_string(state_->parser.get(), text.data(), text.size());
}

EventReader::~EventReader() = default;

Status EventReader::next(Event& event) {
  event.kind = Event::Kind::end;
  event.style = Node::Style::plain;
  event.text = {};
  event.tag.clear();
  event.anchor.clear();
  fy_parser* parser = state_->parser.get();
  while (fy_event* source = fy_parser_parse(parser)) {
    const bool shown =
        source->type != FYET_STREAM_START && source->type != FYET_STREAM_END && source->type != FYET_NONE;
    if (shown) state_->convert(source, event);
    fy_parser_event_free(parser, source);
    if (!shown) continue;
    state_->position = std::max(state_->position, event.end);
    return {};
  }
  if (fy_parser_get_stream_error(parser)) return state_->complaint();
  return {};
}

}  // namespace oakum::yaml
