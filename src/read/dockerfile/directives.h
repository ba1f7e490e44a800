// Parser directives: "# name=value" in the first comments of the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile.h"

namespace oakum::dockerfile {

class Directives {
 public:
  enum class Taken : unsigned char { no, yes, refused };
  // One comment line without blanks before '#'. `yes`: it is a directive, put into `file`. `refused`: `why` tells.
  Taken take(std::string_view comment, const Span& span, Dockerfile& file, std::string& why);
  void end() { done_ = true; }  // another line was met

 private:
  bool done_ = false;
  bool detecting_ = false;  // behind a shebang: only syntax and check are looked for
  std::vector<std::string> seen_;
};

}  // namespace oakum::dockerfile
