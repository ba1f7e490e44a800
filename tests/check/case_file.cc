#include "check/case_file.h"

#include "base/text.h"

namespace oakum::check {

namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  CaseFile parse() {
    while (auto line = next()) {
      if (line->starts_with("## ")) {
        heading(line->substr(3));
      } else if (line->starts_with("# ") && file_.rule.empty()) {
        file_.rule = trim(line->substr(2));
      } else if (line->starts_with("~~~") || line->starts_with("```")) {
        block(*line);
      } else if (line->starts_with("- ") && !file_.cases.empty()) {
        expectation(line->substr(2));
      }
    }
    return std::move(file_);
  }

 private:
  std::optional<std::string_view> next() {
    ++number_;
    return next_line(rest_);
  }

  void problem(const std::string& text) { file_.problems.push_back(std::to_string(number_) + ": " + text); }

  void heading(std::string_view text) {
    const auto colon = text.find(':');
    std::string_view words = trim(text.substr(0, colon));
    const std::string_view kind = next_field(words, ' ');
    RuleCase made;
    made.at = number_;
    made.surface = trim(words);
    if (colon != std::string_view::npos) made.title = trim(text.substr(colon + 1));
    if (kind == "bad") {
      made.kind = RuleCase::Kind::bad;
    } else if (kind == "good") {
      made.kind = RuleCase::Kind::good;
    } else if (kind == "near") {
      made.kind = RuleCase::Kind::near;
    } else {
      problem("a heading that is none of bad, good, near");
    }
    file_.cases.push_back(std::move(made));
    has_input_ = false;
  }

  void block(std::string_view fence) {
    const std::string_view mark = fence.substr(0, 3);
    const auto name_at = fence.find("file=");
    const std::string name(name_at == std::string_view::npos ? std::string_view() : trim(fence.substr(name_at + 5)));
    std::string content;
    bool closed = false;
    while (auto line = next()) {
      if (line->starts_with(mark)) {
        closed = true;
        break;
      }
      content += *line;
      content += '\n';
    }
    if (!closed) return problem("a block without end");
    if (file_.cases.empty()) return problem("a block before the first heading");
    if (!name.empty()) {
      file_.cases.back().files.emplace_back(name, std::move(content));
    } else if (has_input_) {
      problem("a second input in one case");
    } else {
      file_.cases.back().input = std::move(content);
      has_input_ = true;
    }
  }

  void expectation(std::string_view text) {
    ExpectedFinding expected;
    expected.at = number_;
    if (const auto quote = text.find('"'); quote != std::string_view::npos) {
      expected.message = text.substr(quote + 1, text.rfind('"') - quote - 1);
      text = trim(text.substr(0, quote));
    }
    std::string_view place = next_field(text, ' ');
    const auto line = parse_number<std::uint32_t>(next_field(place, ':'));
    const auto column = place.empty() ? std::optional<std::uint32_t>(0) : parse_number<std::uint32_t>(place);
    if (!line || !column) return problem("an expectation that does not start with LINE:COLUMN");
    expected.line = *line;
    expected.column = *column;
    while (!text.empty()) {
      if (const std::string_view alias = next_field(text, ' '); !alias.empty()) expected.aliases.emplace_back(alias);
    }
    file_.cases.back().expected.push_back(std::move(expected));
  }

  std::string_view rest_;
  std::size_t number_ = 0;
  bool has_input_ = false;
  CaseFile file_;
};

}  // namespace

CaseFile parse_case_file(std::string_view text) { return Parser(text).parse(); }

}  // namespace oakum::check
