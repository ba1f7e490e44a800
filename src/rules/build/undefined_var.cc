#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/build/variables.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

class Check {
 public:
  Check(const Dockerfile& dockerfile, Judge& judge) : file_(dockerfile), judge_(judge), roots_(roots_of(dockerfile)) {}

  void run() {
    walk_stages(
        file_, [this](const Stage& stage) { enter(stage); },
        [this](const Stage& stage) { scope_.forget(instructions_of(file_, stage)); });
  }

 private:
  void enter(const Stage& stage) {
    const auto index = static_cast<std::size_t>(&stage - file_.stages.data());
    root_ = &file_.stages[roots_[index]];
    told_.clear();
    for (const Instruction& instruction : instructions_of(file_, stage)) {
      flags(instruction);
      for (const Argument* word : expanded_words(instruction)) look_at(*word, instruction);
      scope_.define(instruction);
    }
  }

  // Their values are kept expanded: what was written is in the source.
  void flags(const Instruction& instruction) {
    if (instruction.kind != InstructionKind::add && instruction.kind != InstructionKind::copy &&
        instruction.kind != InstructionKind::run)
      return;
    const Source* source = judge_.subjects().source(file_.source);
    if (source == nullptr) return;
    for (const InstructionFlag& flag : instruction.flags) {
      const bool expanded = instruction.kind == InstructionKind::run ? flag.name == "mount" : flag.name != "from";
      if (!expanded || flag.span.end > source->text.size() || flag.span.begin > flag.span.end) continue;
      Argument word;
      word.text = source->text.substr(flag.span.begin, flag.span.end - flag.span.begin);
      word.span = flag.span;
      look_at(word, instruction);
    }
  }

  void look_at(const Argument& word, const Instruction& instruction) {
    for (const VariableUse& use : variables_in(word.text, file_.escape)) {
      const bool is_set = use.has_fallback || use.name == "PATH" || scope_.has(use.name);
      if (!is_set) undefined(use, word, instruction);
    }
  }

  void undefined(const VariableUse& use, const Argument& word, const Instruction& instruction) {
    std::vector<std::string_view> names = scope_.names();
    const ImageFacts* base = facts_of(*root_, judge_.subjects());
    if (base != nullptr) {
      for (const std::string& entry : base->image.config.env) {
        std::string_view rest = entry;
        names.push_back(next_field(rest, '='));
        if (names.back() == use.name) return;
      }
    }
    const Span where = part_of(word, use.begin, use.end);
    const std::string hint = did_you_mean(use.name, names);
    if (base != nullptr || on_scratch(*root_)) {
      judge_.found(file_, instruction, where, join({"nothing sets ", quoted(use.name), " here", hint}));
    } else if (told_.insert(std::string(use.name)).second) {
      judge_.could_not(origin_of(file_, where), stage_name(file_, instruction.stage),
                       join({"only the base image ", quoted(root_->image.text), " can set ", quoted(use.name),
                             ", and it is not here to look at", hint}));
    }
  }

  const Dockerfile& file_;
  Judge& judge_;
  std::vector<std::size_t> roots_;
  Scope scope_;
  const Stage* root_ = nullptr;
  std::set<std::string> told_;
};

void check(const Dockerfile& dockerfile, Judge& judge) { Check(dockerfile, judge).run(); }

}  // namespace

extern constinit const Rule undefined_var{
    .info = checked({
        .id = "undefined-var",
        .title = "a variable that nothing sets",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:UndefinedVar",
        .fix = FixSafety::advice,
        .fix_summary = "correct the name, or declare it with ARG or ENV",
        .why =
            "The builder puts nothing in the place of a variable that is not set: \"/$DIR\" becomes \"/\", a path or a "
            "user goes missing, and the build goes on. Mostly it is a misspelled name, or an ARG of another stage.",
        .bad = {Surface::dockerfile, "FROM scratch\nARG version=1\nCOPY app-$verson /app\n"},
        .good = {Surface::dockerfile, "FROM scratch\nARG version=1\nCOPY app-$version /app\n"},
        .references = "https://docs.docker.com/reference/build-checks/undefined-var/ "
                      "https://docs.docker.com/reference/dockerfile/#environment-replacement",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
