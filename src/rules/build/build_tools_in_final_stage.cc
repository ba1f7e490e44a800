#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>

#include "rules/build/options.h"
#include "rules/build/packages.h"
#include "rules/build/run.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Official images that are workshops, and what is made in them.
struct Workshop {
  std::string_view image;
  std::string_view programs;
  std::string_view subcommands;  // one of them among the words; "" any
};
constexpr Workshop kWorkshops[] = {
    {"docker.io/library/gcc", "gcc g++ make cmake", ""},
    {"docker.io/library/golang", "go", "build install"},
    {"docker.io/library/gradle", "gradle gradlew", ""},
    {"docker.io/library/maven", "mvn mvnw", "package install verify"},
    {"docker.io/library/node", "npm yarn pnpm", "build"},
    {"docker.io/library/python", "pip pip3 python python3", "install"},
    {"docker.io/library/rust", "cargo", "build install"},
};

// Packages that bring compilers.
constexpr std::string_view kCompilers =
    "build-base build-essential cargo clang cmake default-jdk g++ gcc gcc-c++ go golang golang-go llvm make rust rustc";

// The small variants of node and Python have no compiler.
bool is_small(const ImageReference& image) {
  return (image.repository.ends_with("node") || image.repository.ends_with("python")) &&
         (image.tag.find("slim") != std::string::npos || image.tag.find("alpine") != std::string::npos);
}

const Workshop* workshop_of(const Stage& root) {
  if (!root.image_known || root.image.variable || is_small(root.image)) return nullptr;
  const std::string name = root.image.canonical_name();
  const auto* found = std::ranges::find(kWorkshops, std::string_view(name), &Workshop::image);
  return found == std::end(kWorkshops) ? nullptr : found;
}

bool builds(const shell::Command& command, const Workshop& workshop) {
  if (!is_listed(workshop.programs, program_of(command))) return false;
  return workshop.subcommands.empty() || std::ranges::any_of(arguments_of(command), [&](const shell::Word& word) {
           return is_listed(workshop.subcommands, word.text);
         });
}

const shell::Command* build_in(const Instruction& run, const Workshop& workshop) {
  const auto& all = run.script->commands;
  const auto found =
      std::ranges::find_if(all, [&](const shell::Command& command) { return builds(command, workshop); });
  return found == all.end() ? nullptr : &*found;
}

// What was installed may be taken away again in the same RUN, and only there.
bool removes_packages(const shell::Script& script) {
  return std::ranges::any_of(package_commands(script), [](const std::optional<PackageCommand>& call) {
    return call && call->does("autoremove del erase purge remove");
  });
}

const shell::Word* compiler_in(const shell::Script& script) {
  for (const auto& call : package_commands(script)) {
    const bool system =
        call && (call->manager == Manager::apk || call->manager == Manager::apt || call->manager == Manager::dnf ||
                 call->manager == Manager::yum || call->manager == Manager::zypper);
    if (!system || !call->installs()) continue;
    for (const shell::Word* operand : call->arguments.operands) {
      const std::string_view name = std::string_view(operand->text).substr(0, operand->text.find_first_of("=~<>"));
      const bool jdk = name.starts_with("openjdk") && name.find("jdk", 4) != std::string_view::npos;
      if (is_listed(kCompilers, name) || jdk) return operand;
    }
  }
  return nullptr;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const auto chain = final_chain(dockerfile);
  if (chain.empty()) return;
  const Workshop* workshop = workshop_of(*chain.back());
  const Instruction* from = from_of(dockerfile, *chain.back());
  for (auto stage = chain.rbegin(); stage != chain.rend(); ++stage) {
    each_run(dockerfile, **stage, [&](const Instruction& run, const shell::Script& script) {
      if (const shell::Word* word = removes_packages(script) ? nullptr : compiler_in(script))
        judge.found(dockerfile, run, word->span, join({quoted(word->text), " stays in the image that is shipped"}));
      const shell::Command* command = workshop == nullptr ? nullptr : build_in(run, *workshop);
      if (command == nullptr || from == nullptr || from->arguments.empty()) return;
      Finding& finding =
          judge.found(dockerfile, *from, from->arguments.front().span,
                      join({"the program is built in the stage that is shipped: ", quoted(chain.back()->image.text),
                            " goes with it, compilers and all"}));
      finding.related.push_back({origin_of(dockerfile, command->span, run.name), "built here"});
      workshop = nullptr;  // told once
    });
  }
}

}  // namespace

extern constinit const Rule build_tools_in_final_stage{
    .info = checked({
        .id = "build-tools-in-final-stage",
        .title = "what builds the program is shipped with it",
        .severity = Severity::low,
        .practice = Practice::minimal_base,
        .surfaces = "D",
        .aliases = "CIS-4.3",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "build in one stage and copy the result into a small last one",
        .why = "Compilers, package managers and sources are no part of the program, and make the image large, full of "
               "packages with vulnerabilities, and a workshop for whoever gets in. A second FROM that copies the "
               "result leaves them behind.",
        .bad = {Surface::dockerfile,
                "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n"},
        .good = {Surface::dockerfile,
                 "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n"
                 "FROM scratch\nCOPY --from=build /app /app\nUSER 65532:65532\nCMD [\"/app\"]\n"},
        .references = "https://docs.docker.com/build/building/multi-stage/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
