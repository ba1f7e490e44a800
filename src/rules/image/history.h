// Commands of RUN steps as an image's history tells them. The text has no positions and its shell is not known: words
// are cut at white space and at what separates commands, which is enough for names and flags.
#pragma once

#include <string_view>
#include <vector>

#include "model/image_facts.h"

namespace oakum::rules {

// Borrows the step.
struct HistoryCommand {
  std::string_view text;
  std::string_view program;  // without its directory; what sudo runs when there is a sudo before it
  bool sudo = false;
  std::vector<std::string_view> words;  // after the program, without quotes around them

  // The first word that is no flag; "" when there is none.
  std::string_view verb() const;
  // Words after `verb` that are no flags.
  std::vector<std::string_view> operands_after(std::string_view verb) const;
  bool has(std::string_view flag) const;  // "--flag" or "--flag=…"
  bool has_short(char letter) const;      // "-k", "-fsSk"
};

// Empty for steps that are no RUN. At most 1,000 commands of a step.
std::vector<HistoryCommand> commands_of(const HistoryStep& step);

}  // namespace oakum::rules
