#include "report/layout.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace oakum::report {

namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes that continue a character of UTF-8 (10xxxxxx), eight at a time.
std::size_t continuations(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t count = 0, at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    count += static_cast<std::size_t>(std::popcount(eight & (~eight << 1U) & kHighBits));
  }
  return count + static_cast<std::size_t>(std::ranges::count_if(text.substr(at), continues));
}

std::string_view severity_code(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "1;31";
    case Severity::high:
      return "31";
    case Severity::medium:
      return "33";
    case Severity::low:
      return "36";
    case Severity::info:
    case Severity::unknown:
      return "2";
  }
  return "0";
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (;;) {
    const std::string_view shown = text.substr(0, text.find('\x1b'));
    width += shown.size() - continuations(shown);
    if (shown.size() == text.size()) return width;
    text.remove_prefix(shown.size());
    text.remove_prefix(std::min(text.find('m'), text.size() - 1) + 1);
  }
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ') + std::string(text);
}

std::string cut(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t end = 0;
  for (std::size_t columns = 0; end < text.size(); ++end) {
    if (!continues(text[end]) && columns++ == width - 1) break;
  }
  std::string_view kept = text.substr(0, end);
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept) + "…";
}

std::string plural(std::size_t n, std::string_view one, std::string_view many) {
  const std::string word = n == 1 ? std::string(one) : many.empty() ? std::string(one) + "s" : std::string(many);
  return with_thousands(n) + " " + word;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

namespace {

// Parts in lines no wider than `width`; later lines are indented.
class Lines {
 public:
  Lines(std::string_view separator, std::size_t width)
      : separator_(separator), between_(display_width(separator)), width_(width) {}

  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  // `taken`: the part's display width.
  void add(std::string_view part, std::size_t taken) {
    if (column_ != 0 && column_ + between_ + taken > width_) {
      text_ += "\n  ";
      column_ = 2;
    } else if (column_ != 0) {
      text_ += separator_;
      column_ += between_;
    }
    text_ += part;
    column_ += taken;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string_view separator_;
  std::size_t between_, width_;
  std::string text_;
  std::size_t column_ = 0;
};

}  // namespace

// Lines no wider than `width`, broken between the parts; later lines indented.
std::string wrapped(const std::vector<std::string>& parts, std::string_view separator, std::size_t width) {
  Lines lines(separator, width);
  for (const std::string& part : parts) lines.add(part, display_width(part));
  return lines.take();
}

// Running text, broken between words.
std::string paragraph(std::string_view text, std::size_t width) {
  const std::size_t whole = display_width(text);
  if (whole <= width) return std::string(text);
  const bool ascii = whole == text.size();  // nearly always: then the words need no counting
  Lines lines(" ", width);
  lines.reserve(text.size() + 16);
  for (;;) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    lines.add(word, ascii ? word.size() : display_width(word));
    if (end == std::string_view::npos) return lines.take();
    text.remove_prefix(end + 1);
  }
}

std::string Style::wrap(std::string_view code, std::string_view text) const {
  if (!colour_ || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string Style::severity(Severity severity, std::string_view text) const {
  return wrap(severity_code(severity), text);
}

}  // namespace oakum::report
