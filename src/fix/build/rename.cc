#include "fix/build/rename.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/text.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// The stage that `name` means in stage `at`: the last of that name before it.
std::optional<std::size_t> meant_by(const Dockerfile& file, std::string_view name, std::size_t at) {
  for (std::size_t i = std::min(at, file.stages.size()); i > 0; --i) {
    if (equals_ignoring_case(file.stages[i - 1].name, name)) return i - 1;
  }
  return std::nullopt;
}

// Where the name stands in `--from=NAME` or `--mount=…,from=NAME,…`.
std::optional<std::size_t> name_in(std::string_view flag, std::string_view name) {
  constexpr std::string_view kKey = "from=";
  for (std::size_t at = flag.find(kKey); at != std::string_view::npos; at = flag.find(kKey, at + 1)) {
    const std::size_t begin = at + kKey.size();
    const std::size_t end = std::min(flag.find(',', begin), flag.size());
    const char before = at == 0 ? '\0' : flag[at - 1];
    if ((before == '-' || before == ',' || before == '=') &&
        equals_ignoring_case(flag.substr(begin, end - begin), name))
      return begin;
  }
  return std::nullopt;
}

class Renaming {
 public:
  Renaming(const Place& place, const Stage& stage, std::string_view name)
      : place_(place),
        index_(static_cast<std::size_t>(&stage - place.file->stages.data())),
        old_(stage.name),
        new_(name),
        only_case_(equals_ignoring_case(stage.name, name)) {}

  std::expected<Edits, Refusal> run() {
    const Dockerfile& file = *place_.file;
    if (!only_case_ && equals_ignoring_case(file.target, old_))
      return refuse("the build asks for the target \"" + printable(old_, 60) + "\": rename both by hand");
    const Instruction& from = file.instructions[file.stages[index_].first];
    if (from.arguments.size() != 3) return refuse("its FROM names no stage");
    edits_.push_back(put(place_, from.arguments[2].span, new_));
    for (std::size_t i = index_ + 1; i < file.stages.size(); ++i) {
      if (!from_of(i)) return refuse("a later FROM means it through a variable: rename it by hand");
      for (const Instruction& instruction : instructions_of(file, file.stages[i])) {
        if (!flags_of(instruction, i)) return refuse("a later instruction means it in quotes: rename it by hand");
      }
    }
    return std::move(edits_);
  }

 private:
  bool from_of(std::size_t stage) {
    const Dockerfile& file = *place_.file;
    if (file.stages[stage].parent != index_) return true;
    const Argument& image = file.instructions[file.stages[stage].first].arguments.front();
    if (!equals_ignoring_case(place_.raw(image.span), old_)) return false;
    edits_.push_back(put(place_, image.span, new_));
    return true;
  }

  bool flags_of(const Instruction& instruction, std::size_t stage) {
    for (const InstructionFlag& flag : instruction.flags) {
      const bool copies = instruction.kind == InstructionKind::copy && flag.name == "from";
      const std::string* from = copies ? &flag.value : flag.name == "mount" ? flag.option("from") : nullptr;
      if (from == nullptr || !equals_ignoring_case(*from, old_) || meant_by(*place_.file, old_, stage) != index_)
        continue;
      const auto at = name_in(place_.raw(flag.span), old_);
      if (at) {
        const std::size_t begin = flag.span.begin + *at;
        edits_.push_back(replace(*place_.source, begin, begin + old_.size(), new_));
      } else {
        return false;
      }
    }
    return true;
  }

  const Place& place_;
  std::size_t index_;
  std::string old_, new_;
  bool only_case_;
  Edits edits_;
};

}  // namespace

std::expected<Edits, Refusal> rename_stage(const Place& place, const Stage& stage, std::string_view name) {
  return Renaming(place, stage, name).run();
}

std::string free_stage_name(const Dockerfile& file, std::string_view wish) {
  std::string name(wish);
  for (std::size_t number = 2; meant_by(file, name, file.stages.size()); ++number)
    name = std::string(wish) + "-" + std::to_string(number);
  return name;
}

}  // namespace oakum::fix::build
