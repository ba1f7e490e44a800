// Stanzas of "Name: value" lines as deb822(5) has them, the syntax of dpkg's and opkg's databases.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace oakum::packages {

// Cuts a file into stanzas and picks the fields that were asked for. Of a value that goes on over several lines only
// the first is given: none of the fields that are wanted here has more. Values borrow the file's bytes.
class ControlReader {
 public:
  // `names` are matched without regard to case, and outlive the reader.
  ControlReader(std::string_view bytes, std::span<const std::string_view> names) : bytes_(bytes), names_(names) {}

  enum class Step { stanza, too_long, end };
  // Fills `values`, one for each name, empty where the stanza has no such field. A stanza beyond the limits is skipped
  // as `too_long`.
  Step next(std::span<std::string_view> values);

  // Where the stanza that next() spoke of begins.
  std::size_t offset() const { return start_; }

 private:
  void take(std::string_view line, std::span<std::string_view> values) const;

  std::string_view bytes_;
  std::span<const std::string_view> names_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

}  // namespace oakum::packages
