#include "model/image.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace oakum {

std::string Platform::text() const {
  std::string text = os + "/" + architecture;
  if (!variant.empty()) text += "/" + variant;
  return text;
}

namespace {

std::string_view take_word(std::string_view& text) {
  const std::string_view word = next_field(text, ' ');
  text = trim(text);
  return word;
}

bool is_shell(std::string_view program) {
  constexpr std::string_view kShells[] = {"ash", "bash", "dash", "ksh", "sh", "zsh"};
  return program.starts_with('/') &&
         std::ranges::find(kShells, program.substr(program.rfind('/') + 1)) != std::end(kShells);
}

// The length of "/bin/bash -o pipefail -c" at the front of `text`; 0 when no shell that is given a script stands there.
std::size_t shell_prefix(std::string_view text) {
  std::string_view rest = text;
  if (!is_shell(take_word(rest))) return 0;
  while (rest.starts_with('-')) {
    const std::string_view option = take_word(rest);
    if (option.ends_with('c')) return static_cast<std::size_t>(option.data() + option.size() - text.data());
    if (option.ends_with('o')) take_word(rest);
  }
  return 0;
}

// Behind the build arguments of "|2 A=x B=a word /bin/sh -c make": at the shell, for values may hold blanks.
std::string_view without_arguments(std::string_view text) {
  for (std::size_t at = text.find(" /"); at != std::string_view::npos; at = text.find(" /", at + 1)) {
    if (shell_prefix(text.substr(at + 1)) > 0) return text.substr(at + 1);
  }
  std::string_view rest = text.substr(1);  // no shell: as many words as it says
  const auto count = parse_number<unsigned>(take_word(rest));
  for (unsigned i = 0; i < count.value_or(0) && !rest.empty(); ++i) take_word(rest);
  return rest.empty() ? text : rest;
}

// "--mount=… --network=… " at the front.
std::string_view take_flags(std::string_view& text) {
  const std::string_view all = text;
  while (text.starts_with("--")) take_word(text);
  return trim(all.substr(0, static_cast<std::size_t>(text.data() - all.data())));
}

}  // namespace

BuiltBy built_by(std::string_view created_by) {
  BuiltBy step{.text = trim(created_by)};
  if (step.text.starts_with("RUN ")) {
    step.run = true;
    step.text = trim(step.text.substr(4));
    step.flags = take_flags(step.text);
  }
  if (step.text.starts_with('|')) {
    step.run = true;
    step.text = without_arguments(step.text);
  }
  if (const std::size_t length = shell_prefix(step.text); length > 0) {
    step.run = true;
    step.shell = step.text.substr(0, length);
    step.text = trim(step.text.substr(length));
  }
  if (step.text.starts_with("#(nop)")) {  // the classic builder's way to say CMD, ENV, COPY, …
    step = {.text = trim(step.text.substr(6))};
  }
  if (step.text.ends_with("# buildkit")) step.text = trim(step.text.substr(0, step.text.size() - 10));
  return step;
}

std::string instruction_of(const Layer& layer) {
  const BuiltBy step = built_by(layer.created_by);
  if (step.text.empty()) return {};
  return step.run ? "RUN " + std::string(step.text) : std::string(step.text);
}

}  // namespace oakum
