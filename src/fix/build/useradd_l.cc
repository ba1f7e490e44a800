#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// With -l the account is in neither file, and these programs have nothing to work on.
std::string_view reader_of_logs(const Dockerfile& file) {
  constexpr std::array<std::string_view, 3> kReaders = {"faillock", "faillog", "lastlog"};
  for (const Instruction& run : file.instructions) {
    if (!run.script) continue;
    for (const shell::Command& command : run.script->commands) {
      const auto* found = std::ranges::find(kReaders, command.name());
      if (found != kReaders.end()) return *found;
    }
  }
  return {};
}

Planned plan(const Place& place, const WordAt& at, const Context&) {
  if (const std::string_view reader = reader_of_logs(*place.file); !reader.empty())
    return refuse(std::string(reader) + " is used, which -l would leave without the account: take a lower uid");
  return answer(word_after(place, at.command->words[shell::unwrapped(*at.command)], "-l"));
}

}  // namespace

extern constinit const Remedy useradd_l{"useradd-l", at_word<plan>};

}  // namespace oakum::fix::build
