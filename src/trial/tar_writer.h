// A tar archive in memory, as the builder takes it (POSIX ustar with GNU's long names).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oakum::trial {

class TarWriter {
 public:
  // Names are relative; a directory's needs no slash at its end.
  void add_file(const std::string& name, std::string_view bytes, std::uint32_t mode);
  void add_directory(const std::string& name, std::uint32_t mode);
  void add_link(const std::string& name, const std::string& target);
  std::size_t size() const { return bytes_.size(); }
  std::string finish() &&;

 private:
  void add_header(const std::string& name, char type, std::uint64_t size, std::uint32_t mode, std::string_view link);
  void add_long(char type, std::string_view text);
  void pad();
  std::string bytes_;
};

}  // namespace oakum::trial
