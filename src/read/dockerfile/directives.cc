#include "read/dockerfile/directives.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::dockerfile {

namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char byte) { return letter(byte) || (byte >= '0' && byte <= '9'); });
}

}  // namespace

Directives::Taken Directives::take(std::string_view comment, const Span& span, Dockerfile& file, std::string& why) {
  if (done_) return Taken::no;
  if (comment.starts_with("#!") && span.line == 1) {
    detecting_ = true;
    return Taken::no;
  }
  const std::size_t equals = comment.find('=');
  const std::string_view name = trim(comment.substr(1, equals == std::string_view::npos ? 0 : equals - 1));
  const std::string_view value = equals == std::string_view::npos ? "" : trim(comment.substr(equals + 1));
  if (!is_name(name) || value.empty()) {
    done_ = true;
    return Taken::no;
  }
  std::string key = to_lower(name);
  if (key != "syntax" && key != "check" && (key != "escape" || detecting_)) return Taken::no;
  if (std::ranges::find(seen_, key) != seen_.end()) {
    why = "parser directive \"" + key + "\": is given twice; keep one";
    return Taken::refused;
  }
  if (key == "escape") {
    if (value != "\\" && value != "`") {
      why = "parser directive \"escape\": \"" + printable(value, 40) +
            "\" is neither a backslash nor a backtick; take one";
      return Taken::refused;
    }
    file.escape = value.front();
  }
  seen_.push_back(key);
  file.directives.push_back({std::move(key), std::string(value), span});
  return Taken::yes;
}

}  // namespace oakum::dockerfile
