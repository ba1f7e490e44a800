#include "rules/build/options.h"

#include <algorithm>

namespace oakum::rules {

namespace {

class Parser {
 public:
  Parser(std::span<const shell::Word> words, const OptionStyle& style) : words_(words), style_(style) {}

  Options parse() {
    constexpr std::size_t kUsual = 8;  // options at most: room at once instead of bit by bit
    result_.operands.reserve(words_.size());
    result_.options.reserve(std::min(words_.size(), kUsual));
    for (; at_ < words_.size(); ++at_) {
      const std::string_view text = words_[at_].text;
      if (text == "--") {
        result_.rest = words_.subspan(at_ + 1);
        break;
      }
      const bool done = style_.operands_end_options && !result_.operands.empty();
      if (done || text.size() < 2 || text.front() != '-') {
        result_.operands.push_back(&words_[at_]);
      } else if (text[1] == '-' || style_.single_dash_names) {
        name(text.substr(text[1] == '-' ? 2 : 1));
      } else {
        letters(text.substr(1));
      }
    }
    return std::move(result_);
  }

 private:
  void name(std::string_view text) {
    const shell::Word* word = &words_[at_];
    const std::size_t equals = text.find('=');
    Option option{.name = text.substr(0, equals), .word = word};
    if (equals != std::string_view::npos) {
      option.value = text.substr(equals + 1);
      option.has_value = true;
      option.value_word = word;
    } else if (is_listed(style_.names, option.name)) {
      take_next(option);
    }
    result_.options.push_back(option);
  }

  void letters(std::string_view text) {
    constexpr std::size_t kMost = 64;
    const shell::Word* word = &words_[at_];
    for (std::size_t i = 0; i < std::min(text.size(), kMost); ++i) {
      Option option{.name = text.substr(i, 1), .word = word};
      const bool valued = style_.letters.find(text[i]) != std::string_view::npos;
      const bool assigned = i + 1 < text.size() && text[i + 1] == '=';
      const bool ends = valued || assigned;
      if (ends && i + 1 < text.size()) {
        option.value = text.substr(i + (assigned ? 2 : 1));
        option.has_value = true;
        option.value_word = word;
      } else if (valued) {
        take_next(option);
      }
      result_.options.push_back(option);
      if (ends) return;
    }
  }

  void take_next(Option& option) {
    if (at_ + 1 >= words_.size()) return;
    option.value_word = &words_[++at_];
    option.value = option.value_word->text;
    option.has_value = true;
  }

  std::span<const shell::Word> words_;
  const OptionStyle& style_;
  std::size_t at_ = 0;
  Options result_;
};

}  // namespace

const shell::Word* program_word(const shell::Command& command) {
  return command.program < command.words.size() ? &command.words[command.program] : nullptr;
}

std::string_view program_of(const shell::Command& command) {
  const shell::Word* word = program_word(command);
  if (word == nullptr) return {};
  const std::string_view path = word->text;
  return path.substr(path.rfind('/') + 1);
}

std::span<const shell::Word> arguments_of(const shell::Command& command) {
  if (command.program >= command.words.size()) return {};
  return std::span(command.words).subspan(command.program + 1);
}

const Option* Options::find(std::initializer_list<std::string_view> names) const {
  const auto found = std::ranges::find_if(options.rbegin(), options.rend(), [&](const Option& option) {
    return std::ranges::find(names, option.name) != names.end();
  });
  return found == options.rend() ? nullptr : &*found;
}

std::size_t Options::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count(options, name, &Option::name));
}

Options parse_options(std::span<const shell::Word> words, const OptionStyle& style) {
  return Parser(words, style).parse();
}

bool is_listed(std::string_view list, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

}  // namespace oakum::rules
