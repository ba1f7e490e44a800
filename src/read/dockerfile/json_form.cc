// encoding/json's grammar, as far as it decides between exec form, shell form and refusal: RFC 8259.
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "read/dockerfile/words.h"

namespace oakum::dockerfile {

namespace {

class Json {
 public:
  Json(std::string_view text, Range range) : text_(text.substr(0, range.end)), at_(range.begin) {}

  JsonForm read() {
    if (peek() != '[') return {};
    ++at_;
    skip();
    bool valid = true;
    if (peek() == ']') {
      ++at_;
    } else {
      do valid = item();
      while (valid && take(','));
      valid = valid && take(']');
    }
    skip();
    if (!valid || at_ != text_.size()) return {};
    form_.kind = mixed_ ? JsonForm::Kind::mixed : JsonForm::Kind::strings;
    return std::move(form_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    while (at_ < text_.size() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) ++at_;
  }
  bool take(char wanted) {
    skip();
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  bool item() {
    skip();
    if (peek() != '"') {
      mixed_ = true;
      return other();
    }
    const std::size_t begin = at_;
    std::string value;
    if (!string(value)) return false;
    form_.items.push_back(std::move(value));
    form_.ranges.push_back({begin, at_});
    return true;
  }

  // A value that is no string; nested ones by a stack, not by recursion.
  bool other() {
    std::string open;
    std::string unused;
    while (true) {
      skip();
      const char byte = peek();
      if (byte == '[' || byte == '{') {
        open.push_back(byte == '[' ? ']' : '}');
        ++at_;
        skip();
        if (peek() != open.back()) {
          if (byte == '{' && !key()) return false;
          continue;
        }
      } else if (byte == '"' ? !string(unused) : !scalar()) {
        return false;
      }
      while (!open.empty() && take(open.back())) open.pop_back();
      if (open.empty()) return true;
      if (!take(',') || (open.back() == '}' && !key())) return false;
    }
  }

  bool key() {
    skip();
    std::string unused;
    return peek() == '"' && string(unused) && take(':');
  }

  bool scalar() {
    for (const std::string_view word : {"true", "false", "null"}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return true;
    }
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    while (at_ < text_.size() && ((peek() >= '0' && peek() <= '9') || std::string_view(".eE+-").contains(peek())))
      ++at_;
    const std::string_view number = text_.substr(begin, at_ - begin);
    return parse_number<double>(number).has_value() && !number.starts_with('.') && !number.ends_with('.');
  }

  bool string(std::string& value) {
    for (++at_; at_ < text_.size(); ++at_) {
      const char byte = text_[at_];
      if (byte == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(byte) < 0x20) return false;
      if (byte != '\\') {
        const std::size_t begin = at_;
        while (at_ + 1 < text_.size() && is_plain(text_[at_ + 1])) ++at_;
        value += text_.substr(begin, at_ + 1 - begin);
      } else if (!escape(value)) {
        return false;
      }
    }
    return false;
  }

  static bool is_plain(char byte) { return byte != '"' && byte != '\\' && static_cast<unsigned char>(byte) >= 0x20; }

  // at_ is left on the last byte of the escape.
  bool escape(std::string& value) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
    if (++at_ >= text_.size()) return false;
    if (const std::size_t known = kNames.find(text_[at_]); known != std::string_view::npos) {
      value.push_back(kBytes[known]);
      return true;
    }
    std::uint32_t code = 0;
    if (text_[at_] != 'u' || !hex(at_ + 1, code)) return false;
    at_ += 4;
    std::uint32_t low = 0;
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_ + 1).starts_with("\\u") && hex(at_ + 3, low) &&
        low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at_ += 6;
    }
    append_utf8(code >= 0xD800 && code < 0xE000 ? 0xFFFD : code, value);
    return true;
  }

  bool hex(std::size_t from, std::uint32_t& code) const {
    if (from + 4 > text_.size()) return false;
    code = 0;
    for (const char digit : text_.substr(from, 4)) {
      const std::size_t number = std::string_view("0123456789abcdef0123456789ABCDEF").find(digit);
      if (number == std::string_view::npos) return false;
      code = code * 16 + static_cast<std::uint32_t>(number % 16);
    }
    return true;
  }

  static void append_utf8(std::uint32_t code, std::string& value) {
    const auto add = [&](std::uint32_t byte) { value.push_back(static_cast<char>(byte)); };
    const auto tail = [&](unsigned shift) { add(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
      add(0xC0 | (code >> 6));
      return tail(0);
    }
    if (code < 0x10000) {
      add(0xE0 | (code >> 12));
      tail(6);
      return tail(0);
    }
    add(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }

  std::string_view text_;
  std::size_t at_;
  bool mixed_ = false;
  JsonForm form_;
};

}  // namespace

JsonForm json_form(std::string_view text, Range range) { return Json(text, range).read(); }

}  // namespace oakum::dockerfile
