#include "report/json_writer.h"

#include <array>
#include <charconv>
#include <cstring>

#include <nlohmann/json.hpp>

namespace oakum::report {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// RFC 8259, section 7: what may not stand in a string as it is.
constexpr bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t i = 0; i < 0x80; ++i) plain[i] = !needs_escape(static_cast<char>(i));
  return plain;
}();

std::size_t plain_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && kPlain[static_cast<unsigned char>(text[length])]) ++length;
  return length;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '\\';
  if (const std::size_t at = kNamed.find(c); at != std::string_view::npos) {
    out += kLetters[at];
    return;
  }
  out += "u00";
  out += kHex[static_cast<unsigned char>(c) >> 4U];
  out += kHex[static_cast<unsigned char>(c) & 0xFU];
}

// Which second bytes may follow a first one (Unicode 15, table 3-7), and how long the sequence is; 0: it starts none.
struct Lead {
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Lead lead_of(unsigned char first) {
  if (first >= 0xC2 && first <= 0xDF) return {2};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {3};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  if (first >= 0xF1 && first <= 0xF3) return {4};
  return {};
}

// Takes one sequence that is not ASCII off `text`: whole, or U+FFFD for the longest start of one that is ill-formed.
void append_sequence(std::string& out, std::string_view& text) {
  Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  std::size_t taken = 1;
  while (taken < lead.length && taken < text.size()) {
    const auto next = static_cast<unsigned char>(text[taken]);
    if (next < lead.low || next > lead.high) break;
    lead.low = 0x80;
    lead.high = 0xBF;
    ++taken;
  }
  out += taken == lead.length ? text.substr(0, taken) : kReplacement;
  text.remove_prefix(taken);
}

}  // namespace

// Room for `size` characters more: text grows by whole pieces, not by each of their parts.
char* JsonWriter::grow(std::size_t size) {
  const std::size_t at = out_.size();
  out_.resize(at + size);
  return out_.data() + at;
}

void JsonWriter::new_line() {
  char* to = grow(1 + 2 * level_);
  *to = '\n';
  std::memset(to + 1, ' ', 2 * level_);
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  first_ = false;
  new_line();
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  ++level_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --level_;
  if (!first_) new_line();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  before_value();
  constexpr std::string_view kBehind = "\": ";
  char* to = grow(1 + name.size() + kBehind.size());
  *to = '"';
  name.copy(to + 1, name.size());
  kBehind.copy(to + 1 + name.size(), kBehind.size());
  after_key_ = true;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  const std::size_t plain = plain_length(value);
  char* to = grow(1 + plain);
  *to = '"';
  value.copy(to + 1, plain);
  value.remove_prefix(plain);
  while (!value.empty()) {
    const std::size_t more = plain_length(value);
    out_ += value.substr(0, more);
    value.remove_prefix(more);
    if (value.empty()) break;
    if (needs_escape(value.front())) {
      append_escape(out_, value.front());
      value.remove_prefix(1);
    } else {
      append_sequence(out_, value);
    }
  }
  out_ += '"';
}

void JsonWriter::text_or_null(std::string_view value) { value.empty() ? null() : text(value); }

void JsonWriter::number(std::uint64_t value) {
  before_value();
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

void JsonWriter::real(double value) {
  before_value();
  out_ += nlohmann::json(value).dump();
}

void JsonWriter::flag(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

void JsonWriter::written(std::string_view json) {
  before_value();
  out_ += json;
}

void JsonWriter::texts(const std::vector<std::string>& values) {
  open_list();
  for (const std::string& value : values) text(value);
  close_list();
}

}  // namespace oakum::report
