// Writes JSON text straight into a string: two columns of indentation a level, members in the order they are written.
//
// A report of thousands of findings is printed without building a document first. Contract: open and close in pairs,
// `key` only inside an object and before its value. Strings need not be UTF-8: each ill-formed sequence (Unicode 15,
// section 3.9, "maximal subpart") becomes U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::report {

class JsonWriter {
 public:
  // `level`: how deep the value is that is written first; its own first line is not indented.
  explicit JsonWriter(std::string& out, std::size_t level = 0) : out_(out), level_(level) {}

  void open_object() { open('{'); }
  void close_object() { close('}'); }
  void open_list() { open('['); }
  void close_list() { close(']'); }

  void key(std::string_view name);  // plain ASCII without quotes

  void text(std::string_view value);
  void text_or_null(std::string_view value);  // null for ""
  void number(std::uint64_t value);
  void real(double value);  // the shortest that reads back the same; null when it is not finite
  void flag(bool value);
  void null();
  void texts(const std::vector<std::string>& values);
  void written(std::string_view json);  // a value that another writer has written for this level

  // A member: its key and its value.
  void text(std::string_view name, std::string_view value) { key(name), text(value); }
  void text_or_null(std::string_view name, std::string_view value) { key(name), text_or_null(value); }
  void number(std::string_view name, std::uint64_t value) { key(name), number(value); }
  void real(std::string_view name, double value) { key(name), real(value); }
  void flag(std::string_view name, bool value) { key(name), flag(value); }
  void null(std::string_view name) { key(name), null(); }
  void texts(std::string_view name, const std::vector<std::string>& values) { key(name), texts(values); }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line();
  char* grow(std::size_t size);

  std::string& out_;
  std::size_t level_;
  bool first_ = true;      // nothing stands in the innermost list or object yet
  bool after_key_ = true;  // the value goes on this line: it has a key, or is the outermost
};

}  // namespace oakum::report
