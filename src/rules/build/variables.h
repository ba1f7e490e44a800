// Variables in the words of a Dockerfile, and who may set them. Shell scripts of RUN are not looked at here.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile.h"

namespace oakum::rules {

// `$name` or `${name…}` outside single quotes; those inside another's default are listed too.
struct VariableUse {
  std::string_view name;      // borrows the text
  std::size_t begin = 0;      // of '$'
  std::size_t end = 0;        // behind the name, and behind '}' when that follows at once
  bool has_fallback = false;  // ${x-…}, ${x:-…}, ${x+…}, ${x?…}: asking for an unset variable is meant
};
std::vector<VariableUse> variables_in(std::string_view text, char escape);

// Every word of the instruction in which the builder expands variables.
std::vector<const Argument*> expanded_words(const Instruction& instruction);

// Set by the builder for FROM without being declared: BUILDPLATFORM, TARGETARCH, …
bool is_platform_argument(std::string_view name);

// Visits each stage after the one it is built on: `enter`, then the stages on it, then `leave`. What was collected for
// a stage can so be taken back without copies: O(stages).
void walk_stages(const Dockerfile& dockerfile, const std::function<void(const Stage&)>& enter,
                 const std::function<void(const Stage&)>& leave);

// The variables that ENV and ARG have set so far, while stages are walked. Borrows their names.
class Scope {
 public:
  void define(const Instruction& instruction);
  void forget(std::span<const Instruction> instructions);
  bool has(std::string_view name) const { return count_.contains(name); }
  std::vector<std::string_view> names() const;  // the first 200, for hints

 private:
  std::map<std::string_view, std::size_t> count_;  // names are the instructions'
};

}  // namespace oakum::rules
