#include "fix/build/artefact.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/build/chain.h"
#include "fix/build/mounts.h"
#include "fix/build/python_packages.h"

namespace oakum::fix::build {

namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string directory_of(std::string_view path) { return std::string(path.substr(0, path.rfind('/'))); }

std::string absolute(std::string_view path, std::string_view workdir) {
  std::string whole = path.starts_with('/') ? std::string(path) : std::string(workdir) + "/" + std::string(path);
  std::string result;
  std::string_view rest = whole;
  while (!rest.empty()) {
    const std::string_view part = next_field(rest, '/');
    if (!part.empty() && part != ".") result += "/" + std::string(part);
  }
  return result;
}

// The command that the image starts, its entrypoint in front; empty unless all is in exec form.
std::vector<std::string> start_of(const Place& place) {
  const Instruction* entrypoint = nullptr;
  const Instruction* command = nullptr;
  for (const Instruction& one : instructions_of(*place.file, *place.stage)) {
    if (one.kind == InstructionKind::entrypoint) entrypoint = &one;
    if (one.kind == InstructionKind::cmd) command = &one;
  }
  std::vector<std::string> words;
  for (const Instruction* one : {entrypoint, command}) {
    if (one == nullptr) continue;
    if (!one->json_form) return {};
    for (const Argument& item : one->arguments) words.push_back(item.value);
  }
  return words;
}

struct Build {
  const Instruction* run = nullptr;
  const shell::Command* command = nullptr;
  bool moved = false;  // a cd stands in its RUN: what is relative is not known
};

std::optional<Build> build_by(const Place& place, std::string_view programs,
                              std::initializer_list<std::string_view> subcommands) {
  std::optional<Build> found;
  for (const Instruction& run : instructions_of(*place.file, *place.stage)) {
    if (run.kind != InstructionKind::run || !run.script) continue;
    const auto& all = run.script->commands;
    const bool moved =
        std::ranges::any_of(all, [](const shell::Command& c) { return c.name() == "cd" || c.name() == "pushd"; });
    for (const shell::Command& command : all) {
      std::string_view rest = programs;
      bool is = false;
      while (!rest.empty()) is = next_field(rest, ' ') == command.name() || is;
      const bool does = std::ranges::any_of(subcommands, [&](auto word) { return command.has_word(word); });
      if (is && does) found = Build{&run, &command, moved};
    }
  }
  return found;
}

std::string_view value_of(const shell::Command& command, std::string_view flag) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (word == flag && i + 1 < command.words.size() && !command.words[i + 1].expands) return command.words[i + 1].text;
    if (word.starts_with(std::string(flag) + "=") && !command.words[i].expands)
      return std::string_view(word).substr(flag.size() + 1);
  }
  return {};
}

bool installs_libraries(const Place& place) {
  for (const Instruction& run : instructions_of(*place.file, *place.stage)) {
    if (run.kind != InstructionKind::run || program_in(run, "apt-get apt apk").empty()) continue;
    for (const shell::Command& command : run.script->commands) {
      for (const shell::Word& word : command.words) {
        if (word.text.ends_with("-dev") || word.text == "build-base" || word.text == "gcc") return true;
      }
    }
  }
  return false;
}

bool switches_cgo_off(const Place& place, const Build& build) {
  const auto is_off = [](std::string_view name, std::string_view value) {
    return name == "CGO_ENABLED" && value == "0";
  };
  for (const shell::Assignment& one : build.command->assignments) {
    if (is_off(one.name, one.value.text)) return true;
  }
  for (const Instruction& env : instructions_of(*place.file, *place.stage)) {
    if (env.kind != InstructionKind::env || env.span.begin > build.run->span.begin) continue;
    for (const Assignment& one : env.assignments) {
      if (is_off(one.key.value, one.value.value)) return true;
    }
  }
  return false;
}

// The C library of a newer release runs what was linked with an older one.
std::string small_debian(std::string_view tag) {
  for (const std::string_view name : {"bullseye", "bookworm", "trixie"}) {
    if (tag.find(name) != std::string_view::npos) return "debian:" + std::string(name) + "-slim";
  }
  return "debian:stable-slim";
}

using Found = std::expected<Artefact, Refusal>;

std::unexpected<Refusal> unclear(std::string what) {
  return refuse(std::move(what) + ": write a second FROM by hand, and COPY --from the first what the program needs");
}

// Does the start command's first word mean that file?
bool is_started(std::string_view program, std::string_view file, std::string_view workdir) {
  constexpr std::array<std::string_view, 3> kPath = {"/usr/local/bin", "/usr/bin", "/bin"};
  if (program.find('/') != std::string_view::npos) return absolute(program, workdir) == file;
  return program == base_name(file) && std::ranges::find(kPath, directory_of(file)) != kPath.end();
}

struct Shape {
  const Place& place;
  std::string workdir;
  std::vector<std::string> start;
  const ImageReference& image;
  Family family;
};

Found of_go(const Shape& shape) {
  const auto build = build_by(shape.place, "go", {"build"});
  if (!build) return unclear("no `go build` is seen");
  const std::string_view out = value_of(*build->command, "-o");
  if (out.empty() || out.ends_with('/') || (build->moved && !out.starts_with('/')))
    return unclear("which file `go build` makes is not said (-o FILE)");
  const std::string file = absolute(out, build->run->before.workdir.value_or(shape.workdir));
  if (!is_started(shape.start.front(), file, shape.workdir))
    return unclear("it does not start \"" + file + "\", which is built");
  const bool libraries = installs_libraries(shape.place);
  const bool is_static = switches_cgo_off(shape.place, *build) || (shape.family == Family::alpine && !libraries);
  if (!is_static && libraries) return unclear("which libraries of C it needs is not known");
  return Artefact{.run = build->run,
                  .from = file,
                  .to = file,
                  .base = is_static ? "scratch" : small_debian(shape.image.tag),
                  .certificates = true};
}

Found of_rust(const Shape& shape) {
  if (installs_libraries(shape.place)) return unclear("which libraries of C it needs is not known");
  const std::string base = shape.family == Family::alpine ? "scratch" : small_debian(shape.image.tag);
  const std::string& program = shape.start.front();
  if (const auto install = build_by(shape.place, "cargo", {"install"})) {
    if (program.find('/') != std::string::npos || !install->command->has_word("--path"))
      return unclear("which program `cargo install` makes is not said");
    return Artefact{.run = install->run,
                    .from = "/usr/local/cargo/bin/" + program,
                    .to = "/usr/local/bin/" + program,
                    .base = base,
                    .certificates = true};
  }
  const auto build = build_by(shape.place, "cargo", {"build"});
  if (!build || build->moved || !(build->command->has_word("--release") || build->command->has_word("-r")) ||
      build->command->has_word("--target"))
    return unclear("no `cargo build --release` is seen");
  const std::string file = absolute(program, shape.workdir);
  const std::string made = absolute("target/release", build->run->before.workdir.value_or(shape.workdir));
  if (directory_of(file) != made) return unclear("it does not start a program of \"" + made + "\"");
  return Artefact{.run = build->run, .from = file, .to = file, .base = base, .certificates = true};
}

// "3.9-eclipse-temurin-21" → "21", "8-jdk21" → "21"
std::string java_version(std::string_view tag) {
  for (const std::string_view word : {"temurin-", "jdk-", "jdk"}) {
    const std::size_t at = tag.find(word);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = tag.substr(at + word.size());
    const std::string_view number = rest.substr(0, rest.find_first_not_of("0123456789"));
    if (!number.empty()) return std::string(number);
  }
  return {};
}

Found of_java(const Shape& shape, std::string_view programs, std::initializer_list<std::string_view> subcommands,
              std::string_view directory) {
  const auto build = build_by(shape.place, programs, subcommands);
  if (!build || build->moved) return unclear("which command makes its archive is not seen");
  const auto jar = std::ranges::find(shape.start, std::string("-jar"));
  if (shape.start.front() != "java" || jar == shape.start.end() || jar + 1 == shape.start.end())
    return unclear("it is not started with `java -jar FILE`");
  const std::string file = absolute(*(jar + 1), shape.workdir);
  const std::string made = absolute(directory, build->run->before.workdir.value_or(shape.workdir));
  const bool plain = file.find_first_of("*?$") == std::string::npos;
  if (directory_of(file) != made || !plain) return unclear("it does not start one archive of \"" + made + "\"");
  const std::string version = java_version(shape.image.tag);
  if (version.empty()) return unclear("which Java it is built with is not said by the image's tag");
  const std::string base = "eclipse-temurin:" + version + "-jre" + (shape.family == Family::alpine ? "-alpine" : "");
  return Artefact{.run = build->run, .from = file, .to = file, .base = base};
}

Found of_node(const Shape& shape) {
  const auto build = build_by(shape.place, "npm yarn pnpm", {"build"});
  if (!build) return unclear("no build is seen");
  const std::string& program = shape.start.front();
  if ((program != "node" && program != "npm") || shape.workdir.empty() || shape.workdir == "/")
    return unclear("it is not started by node or npm in a directory of its own");
  const std::string tag = shape.image.tag.empty() || shape.image.tag == "latest" ? "slim" : shape.image.tag + "-slim";
  return Artefact{
      .run = build->run, .from = shape.workdir, .to = shape.workdir, .base = "node:" + tag, .user = "1000:1000"};
}

}  // namespace

std::expected<Artefact, Refusal> artefact_of(const Place& stage, const Context& context) {
  if (stage.file->stages.size() != 1) return unclear("it has several stages");
  const ImageReference& image = stage.stage->image;
  const auto& instructions = stage.file->instructions;
  const auto workdir = workdir_before(at_instruction(stage, instructions[stage.stage->last]), context);
  const Shape shape{stage, stage.stage->end.workdir.value_or(workdir.value_or("")), start_of(stage), image,
                    family_of(stage, context)};
  if (shape.start.empty()) return unclear("what it starts is not said in exec form");
  const std::string name = image.canonical_name();
  if (name == "docker.io/library/golang") return of_go(shape);
  if (name == "docker.io/library/rust") return of_rust(shape);
  if (name == "docker.io/library/maven") return of_java(shape, "mvn mvnw", {"package", "verify", "install"}, "target");
  if (name == "docker.io/library/gradle")
    return of_java(shape, "gradle gradlew", {"build", "bootJar", "shadowJar", "assemble"}, "build/libs");
  if (name == "docker.io/library/node") return of_node(shape);
  if (name == "docker.io/library/python") return python_packages(stage);
  return unclear("how \"" + printable(image.text, 60) + "\" builds is not known");
}

}  // namespace oakum::fix::build
