#include "lsp/framing.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace oakum::lsp {

namespace {

constexpr std::string_view kHeaderEnd = "\r\n\r\n";

std::unexpected<Error> broken(std::string why) {
  return fail(ErrorCode::invalid, "message header", std::move(why),
              "speak LSP: Content-Length: N, an empty line, JSON");
}

// Fields other than the length (Content-Type) say nothing that matters: every body is UTF-8.
Result<std::size_t> length_in(std::string_view header) {
  std::optional<std::size_t> length;
  while (const auto line = next_line(header)) {
    std::string_view value = *line;
    if (value.find(':') == std::string_view::npos) return broken("a line without a colon");
    const std::string_view name = trim(next_field(value, ':'));
    if (!equals_ignoring_case(name, "Content-Length")) continue;
    const auto number = parse_number<std::size_t>(trim(value));
    if (!number) return broken("Content-Length is no number");
    if (length && *length != *number) return broken("two lengths");
    length = number;
  }
  if (!length) return broken("no Content-Length");
  return *length;
}

}  // namespace

void Framer::push(std::string_view bytes) {
  const std::size_t skipped = std::min(skip_, bytes.size());
  skip_ -= skipped;
  bytes.remove_prefix(skipped);
  if (at_ > 0 && at_ * 2 >= buffer_.size()) {
    buffer_.erase(0, at_);
    searched_ -= std::min(searched_, at_);
    at_ = 0;
  }
  if (!broken_) buffer_ += bytes;
}

Status Framer::read_header() {
  const std::size_t end = buffer_.find(kHeaderEnd, std::max(at_, searched_));
  if (end == std::string::npos) {
    if (buffer_.size() - at_ > kMaxHeaderBytes) return broken("longer than 8192 bytes");
    searched_ = buffer_.size() - std::min(buffer_.size(), kHeaderEnd.size() - 1);
    return {};
  }
  if (end - at_ > kMaxHeaderBytes) return broken("longer than 8192 bytes");
  OAKUM_TRY(length_, length_in(std::string_view(buffer_).substr(at_, end - at_)));
  at_ = end + kHeaderEnd.size();
  searched_ = 0;
  return {};
}

Result<std::optional<std::string>> Framer::next() {
  if (broken_) return broken("none can be told from what came before");
  if (!length_) {
    if (auto status = read_header(); !status) {
      broken_ = true;
      buffer_.clear();
      at_ = 0;
      return std::unexpected(std::move(status.error()));
    }
  }
  if (!length_) return std::nullopt;
  const std::size_t here = buffer_.size() - at_;
  if (*length_ > kMaxBodyBytes) {
    const std::size_t length = *std::exchange(length_, std::nullopt);
    const std::size_t passed = std::min(here, length);
    at_ += passed;
    skip_ = length - passed;
    return fail(ErrorCode::limit, "message", "is longer than 128 MiB", "it is passed over");
  }
  if (here < *length_) return std::nullopt;
  std::string body = buffer_.substr(at_, *length_);
  at_ += *std::exchange(length_, std::nullopt);
  return body;
}

std::string framed(std::string_view body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace oakum::lsp
