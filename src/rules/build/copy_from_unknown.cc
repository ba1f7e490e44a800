#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::size_t kMostNames = 200;  // looked through for a near name

class Names {
 public:
  explicit Names(const Dockerfile& dockerfile) {
    for (std::size_t i = 0; i < dockerfile.stages.size(); ++i) first_.emplace(to_lower(dockerfile.stages[i].name), i);
  }
  // Is there an earlier stage of this name or number? A later one of the same name does not help.
  bool earlier(std::string_view name, std::size_t stage) const {
    if (const auto number = parse_number<std::size_t>(name)) return *number < stage;
    const auto found = first_.find(to_lower(name));
    return found != first_.end() && found->second < stage;
  }
  bool later(std::string_view name) const { return first_.contains(to_lower(name)); }

 private:
  std::map<std::string, std::size_t> first_;
};

bool is_image(std::string_view name) { return name.find_first_of(":/@") != std::string_view::npos; }

std::string hint(const Dockerfile& dockerfile, std::string_view name, std::size_t stage) {
  std::vector<std::string_view> earlier;
  for (std::size_t i = 0; i < stage && i < kMostNames; ++i) earlier.push_back(dockerfile.stages[i].name);
  return did_you_mean(name, earlier);
}

void judge_copy(const Instruction& copy, const Dockerfile& dockerfile, const Names& names, Judge& judge) {
  const InstructionFlag* from = copy.flag("from");
  if (copy.kind != InstructionKind::copy || from == nullptr || from->value.empty()) return;
  if (copy.stage >= dockerfile.stages.size() || is_image(from->value) || names.earlier(from->value, copy.stage)) return;
  const bool itself = equals_ignoring_case(from->value, dockerfile.stages[copy.stage].name) ||
                      from->value == std::to_string(copy.stage);
  if (itself || from->value.find('$') != std::string::npos) return;
  const std::string why =
      names.later(from->value) ? ", a stage that comes later" : ", which no earlier stage is called";
  judge.found(dockerfile, copy, from->span,
              join({"copies from ", quoted(from->value), why, hint(dockerfile, from->value, copy.stage)}));
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const Names names(dockerfile);
  for (const Instruction& instruction : dockerfile.instructions) judge_copy(instruction, dockerfile, names, judge);
}

}  // namespace

extern constinit const Rule copy_from_unknown{
    .info = checked({
        .id = "copy-from-unknown",
        .title = "COPY from a stage that is not there",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "D",
        .aliases = "DL3022 KICS-68a51e22",
        .fix = FixSafety::advice,
        .fix_summary = "name an earlier stage, or an image with its tag",
        .why = "When no earlier stage has the name, the builder takes it for an image and fetches that from a "
               "registry: with luck the build fails, without it a stranger's image of that name ends up in yours.",
        .bad = {Surface::dockerfile, "FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=biuld /app /app\n"},
        .good = {Surface::dockerfile, "FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=build /app /app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3022 "
                      "https://docs.docker.com/reference/dockerfile/#copy---from",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
