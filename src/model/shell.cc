#include "model/shell.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace oakum::shell {

namespace {

// Programs that run the command named by their own first operand, and the short options that take a value.
struct Wrapper {
  std::string_view name;
  std::string_view valued;  // letters of options whose value is the next word
};
constexpr Wrapper kWrappers[] = {
    {"busybox", ""},         {"chroot", ""}, {"command", ""},   {"env", "uCS"},
    {"exec", "a"},           {"gosu", ""},   {"ionice", "cnp"}, {"nice", "n"},
    {"nohup", ""},           {"setsid", ""}, {"stdbuf", "ioe"}, {"su-exec", ""},
    {"sudo", "ugpCDhRrtTU"}, {"time", "fo"}, {"timeout", "ks"}, {"xargs", "adEILnPs"},
};
static_assert(std::ranges::is_sorted(kWrappers, {}, &Wrapper::name));
// Of their names: a bit for each letter.
constexpr std::uint32_t kFirstLetters = [] {
  std::uint32_t letters = 0;
  for (const Wrapper& wrapper : kWrappers) letters |= 1U << static_cast<unsigned>(wrapper.name.front() - 'a');
  return letters;
}();

bool may_be_wrapper(char first) {
  return first >= 'a' && first <= 'z' && ((kFirstLetters >> static_cast<unsigned>(first - 'a')) & 1U) != 0;
}

std::string_view last_component(std::string_view path) { return path.substr(path.rfind('/') + 1); }

const Wrapper* wrapper_of(std::string_view name) {
  // Asked of every command by many rules: most are none, which their first letter tells.
  if (name.empty() || !may_be_wrapper(name.front())) return nullptr;
  const auto* found = std::ranges::lower_bound(kWrappers, name, {}, &Wrapper::name);
  return found != std::end(kWrappers) && found->name == name ? found : nullptr;
}

// NAME=value, as env and sudo take it in front of the command: any name (env(1), sudo(8)).
bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0;
}

// Operands that the wrapper itself takes before the command.
std::size_t own_operands(std::string_view name) {
  return name == "timeout" || name == "chroot" || name == "gosu" || name == "su-exec" ? 1 : 0;
}

}  // namespace

std::string_view Command::name() const {
  return words.empty() ? std::string_view() : last_component(words.front().text);
}

bool Command::has_word(std::string_view word) const {
  return std::ranges::any_of(words.begin() + (words.empty() ? 0 : 1), words.end(),
                             [word](const Word& w) { return w.text == word; });
}

std::size_t unwrapped(const Command& command) {
  std::size_t at = 0;
  while (at < command.words.size()) {
    const std::string_view name = last_component(command.words[at].text);
    const Wrapper* wrapper = wrapper_of(name);
    if (wrapper == nullptr) return at;
    std::size_t next = at + 1;
    std::size_t operands = own_operands(name);
    while (next < command.words.size()) {
      const std::string_view word = command.words[next].text;
      if (word == "--") {
        ++next;
        break;
      }
      if (word.size() > 1 && word.front() == '-') {
        const bool takes_next = word.size() == 2 && wrapper->valued.find(word[1]) != std::string_view::npos;
        next += takes_next ? 2 : 1;
      } else if ((name == "env" || name == "sudo") && is_assignment(word)) {
        ++next;
      } else if (operands > 0) {
        --operands;
        ++next;
      } else {
        break;
      }
    }
    if (next >= command.words.size()) return at;  // the wrapper alone: it is the command
    at = next;
  }
  return at;
}

}  // namespace oakum::shell
