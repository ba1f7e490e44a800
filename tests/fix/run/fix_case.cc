#include "fix/run/fix_case.h"

#include <optional>
#include <utility>

#include "base/text.h"

namespace oakum::fix {

namespace {

// A fenced block: ~~~ or ```, with what its info string says of it.
struct Fence {
  std::string mark;
  bool is_after = false;
  std::string name;       // of file=NAME or after=NAME
  std::string directory;  // of in=NAME
};

std::optional<Fence> fence_of(std::string_view line) {
  for (const char c : {'~', '`'}) {
    const std::size_t size = std::min(line.find_first_not_of(c), line.size());
    if (size < 3) continue;
    Fence fence{.mark = std::string(size, c)};
    std::string_view info = line.substr(size);
    while (!info.empty()) {
      const std::string_view word = next_field(info, ' ');
      if (word == "after") fence.is_after = true;
      if (word.starts_with("after=")) fence = {fence.mark, true, std::string(word.substr(6))};
      if (word.starts_with("file=")) fence.name = word.substr(5);
      if (word.starts_with("in=")) fence.directory = word.substr(3);
    }
    return fence;
  }
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  FixCaseFile parse() {
    while (next()) {
      if (line_.starts_with("# ")) {
        file_.rule = trim(line_.substr(2));
      } else if (line_.starts_with("## ")) {
        heading(line_.substr(3));
      } else if (const auto fence = fence_of(line_)) {
        block(*fence);
      } else if (line_.starts_with("- ")) {
        reason(trim(line_.substr(2)));
      }
    }
    for (const FixCase& made : file_.cases) check(made);
    return std::move(file_);
  }

 private:
  bool next() {
    if (text_.empty()) return false;
    const auto newline = text_.find('\n');
    line_ = text_.substr(0, newline);
    text_.remove_prefix(newline == std::string_view::npos ? text_.size() : newline + 1);
    ++number_;
    return true;
  }

  void problem(std::string what) {
    file_.problems.push_back("line " + std::to_string(number_) + ": " + std::move(what));
  }

  void heading(std::string_view rest) {
    FixCase made;
    made.at = number_;
    const std::string_view kind = next_field(rest, ' ');
    made.refused = kind == "refuse";
    if (kind != "fix" && kind != "refuse") problem("## fix SURFACE: title, or ## refuse SURFACE: title");
    const auto colon = rest.find(':');
    made.surface = trim(rest.substr(0, colon));
    made.title = colon == std::string_view::npos ? "" : std::string(trim(rest.substr(colon + 1)));
    file_.cases.push_back(std::move(made));
  }

  void block(const Fence& fence) {
    std::string content;
    bool closed = false;
    while (!closed && next()) {
      closed = line_ == fence.mark;
      if (!closed) content += std::string(line_) + "\n";
    }
    if (!closed) problem("the block does not end");
    if (file_.cases.empty()) return problem("a block before the first case");
    FixCase& made = file_.cases.back();
    if (!fence.directory.empty()) made.directory = fence.directory;
    auto& files = fence.is_after ? made.after : made.before;
    if (!files.emplace(fence.name, std::move(content)).second) problem("a second block of that name");
  }

  void reason(std::string_view text) {
    if (file_.cases.empty() || text.size() < 3 || text.front() != '"' || text.back() != '"')
      return problem("- \"part of the reason\"");
    file_.cases.back().reasons.emplace_back(text.substr(1, text.size() - 2));
  }

  void check(const FixCase& made) {
    number_ = made.at;
    if (!made.before.contains("")) problem("has no input");
    if (made.refused && made.reasons.empty()) problem("refuses without a reason");
    if (!made.refused && made.after.empty()) problem("has no block `after`");
    if (made.refused && !made.after.empty()) problem("refuses and has a block `after`");
  }

  std::string_view text_, line_;
  std::size_t number_ = 0;
  FixCaseFile file_;
};

}  // namespace

FixCaseFile parse_fix_cases(std::string_view text) { return Parser(text).parse(); }

}  // namespace oakum::fix
