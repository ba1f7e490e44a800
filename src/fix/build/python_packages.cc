#include "fix/build/python_packages.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/chain.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kByHand = ": write a second FROM by hand, and share it out";

std::unexpected<Refusal> at_line(const Instruction& one, std::string what) {
  return refuse("line " + std::to_string(one.span.line) + " " + std::move(what) + std::string(kByHand));
}

bool is_pip(const shell::Command& command) {
  const std::string_view name = command.name();
  return name == "pip" || name == "pip3" || ((name == "python" || name == "python3") && command.has_word("pip"));
}

bool installs_with_pip(const Instruction& run) {
  return run.kind == InstructionKind::run && run.script &&
         std::ranges::any_of(run.script->commands, [](const shell::Command& command) {
           return is_pip(command) && command.has_word("install");
         });
}

struct Version {
  std::string whole, minor, release;  // "3.12.4", "3.12", "bookworm" or ""
};

// "3.12.4-bookworm"
std::optional<Version> version_of(std::string_view tag) {
  constexpr std::array<std::string_view, 5> kReleases = {"", "bookworm", "bullseye", "buster", "trixie"};
  const std::size_t dash = std::min(tag.find('-'), tag.size());
  Version version{std::string(tag.substr(0, dash)), {}, std::string(tag.substr(std::min(dash + 1, tag.size())))};
  const std::vector<std::string_view> numbers = split(version.whole, '.');
  const bool plain =
      std::ranges::all_of(numbers, [](std::string_view part) { return parse_number<unsigned>(part).has_value(); });
  if (!plain || numbers.size() < 2 || std::ranges::find(kReleases, version.release) == kReleases.end())
    return std::nullopt;
  version.minor = std::string(numbers[0]) + "." + std::string(numbers[1]);
  return version;
}

// Packages that only compile; what else is installed may be needed when the program runs.
bool only_compiles(std::string_view package) {
  constexpr std::array<std::string_view, 9> kPackages = {
      "build-essential", "cmake", "g++", "gcc", "git", "make", "pkg-config", "python-dev", "python3-dev"};
  return std::ranges::find(kPackages, package.substr(0, package.find('='))) != kPackages.end();
}

std::string_view needed_package(const shell::Command& command) {
  bool behind = false;
  for (const shell::Word& word : command.words) {
    if (behind && !word.text.starts_with('-') && !only_compiles(word.text)) return word.text;
    behind = behind || word.text == "install";
  }
  return {};
}

// "" for a command that leaves nothing but packages of Python in /usr/local.
std::string what_else(const shell::Command& command) {
  constexpr std::array<std::string_view, 8> kElsewhere = {
      "--user", "--target", "-t", "--prefix", "--root", "-e", "--editable", "--break-system-packages"};
  if (is_pip(command)) {
    for (const std::string_view flag : kElsewhere) {
      if (command.has_word(flag)) return "installs elsewhere (" + std::string(flag) + ")";
    }
    return {};
  }
  const std::string_view name = command.name();
  if (name == "apt-get" || name == "apt") {
    const std::string_view package = needed_package(command);
    return package.empty() ? "" : "installs " + printable(package, 60) + ", which may be needed when it runs";
  }
  return name == "rm" || name == "set" ? "" : "does more than pip";
}

std::expected<void, Refusal> look_at_run(const Instruction& run) {
  if (!run.script || !run.script->complete) return at_line(run, "is no script that is understood");
  for (const shell::Command& command : run.script->commands) {
    std::string more = what_else(command);
    if (!more.empty()) return at_line(run, std::move(more));
  }
  return {};
}

// Files that pip reads, and nobody else.
bool is_for_pip(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  constexpr std::array<std::string_view, 4> kNames = {"pyproject.toml", "setup.cfg", "setup.py", "README.md"};
  const bool list = (name.starts_with("requirements") || name.starts_with("constraints")) && name.ends_with(".txt");
  return list || std::ranges::find(kNames, name) != kNames.end();
}

bool is_inside(std::string_view path, std::string_view directory) {
  if (!path.starts_with('/')) return path != ".." && !path.starts_with("../") && path.find("/../") == std::string::npos;
  return path == directory || path.starts_with(std::string(directory) + "/");
}

// Does the last stage want what is copied here, in `workdir`?
std::expected<bool, Refusal> is_wanted_later(const Instruction& copy, std::string_view workdir) {
  const auto& words = copy.arguments;
  if (words.size() < 2 || !copy.heredocs.empty() || copy.flag("from") != nullptr)
    return at_line(copy, "copies from elsewhere");
  const bool for_pip =
      std::all_of(words.begin(), words.end() - 1, [](const Argument& word) { return is_for_pip(word.value); });
  if (for_pip) return false;
  const bool plain = copy.flags.empty() && !workdir.empty() && workdir != "/" && is_inside(words.back().value, workdir);
  if (!plain) return at_line(copy, "copies with an owner, or out of the working directory");
  return true;
}

// Programs of the large image that the small one lacks.
std::string_view missing_program(std::string_view line) {
  constexpr std::array<std::string_view, 14> kPrograms = {
      "cc", "curl", "file", "g++", "gcc", "git", "hg", "make", "svn", "wget", "xz", "bzip2", "unzip", "mysql_config"};
  std::size_t begin = 0;
  while (begin < line.size()) {
    constexpr std::string_view kBetween = " \t\n\"'[],;|&()=/";
    begin = std::min(line.find_first_not_of(kBetween, begin), line.size());
    const std::size_t end = std::min(line.find_first_of(kBetween, begin), line.size());
    const auto* const found = std::ranges::find(kPrograms, line.substr(begin, end - begin));
    if (found != kPrograms.end()) return *found;
    begin = end;
  }
  return {};
}

bool runs_something(InstructionKind kind) {
  return kind == InstructionKind::run || kind == InstructionKind::cmd || kind == InstructionKind::entrypoint ||
         kind == InstructionKind::healthcheck;
}

// What stands behind goes on in the small image.
std::expected<void, Refusal> look_behind(const Place& stage, const Instruction& one,
                                         const std::vector<std::string_view>& arguments) {
  const std::string_view text = stage.raw(one.span);
  for (const std::string_view name : arguments) {
    if (mentions_variable(text, name)) return at_line(one, "uses the ARG " + printable(name, 60));
  }
  const std::string_view program = runs_something(one.kind) ? missing_program(text) : std::string_view();
  if (!program.empty())
    return at_line(one, "may need " + std::string(program) + ", which the small image does not have");
  return {};
}

const Instruction* last_pip(const Place& stage) {
  const Instruction* last = nullptr;
  for (const Instruction& one : instructions_of(*stage.file, *stage.stage)) {
    if (installs_with_pip(one)) last = &one;
  }
  return last;
}

// Walks the stage from its FROM to its end.
class Walk {
 public:
  Walk(const Place& stage, const Instruction& pip)
      : stage_(stage), pip_(pip), workdir_(pip.before.workdir.value_or("")) {}

  std::expected<void, Refusal> look_at(const Instruction& one) {
    if (one.span.begin > pip_.span.begin) return look_behind(stage_, one, arguments_);
    if (one.kind == InstructionKind::run) return look_at_run(one);
    if (one.kind == InstructionKind::arg) {
      for (const Assignment& argument : one.assignments) arguments_.push_back(argument.key.value);
    }
    if (one.kind == InstructionKind::copy || one.kind == InstructionKind::add) {
      const auto later = is_wanted_later(one, workdir_);
      if (!later) return std::unexpected(later.error());
      copies_sources_ = copies_sources_ || *later;
    }
    if (one.kind == InstructionKind::user || one.kind == InstructionKind::shell || one.kind == InstructionKind::onbuild)
      return at_line(one, "stands before pip");
    return {};
  }

  bool copies_sources() const { return copies_sources_; }
  const std::string& workdir() const { return workdir_; }

 private:
  const Place& stage_;
  const Instruction& pip_;
  std::string workdir_;
  std::vector<std::string_view> arguments_;
  bool copies_sources_ = false;
};

}  // namespace

std::expected<Artefact, Refusal> python_packages(const Place& stage) {
  const Instruction* pip = last_pip(stage);
  if (pip == nullptr) return refuse("no `pip install` is seen" + std::string(kByHand));
  const auto version = version_of(stage.stage->image.tag);
  if (!version) return refuse("the image's tag does not say which Python it is, as 3.12 would" + std::string(kByHand));
  Walk walk(stage, *pip);
  for (const Instruction& one : instructions_of(*stage.file, *stage.stage)) {
    if (auto looked = walk.look_at(one); !looked) return std::unexpected(std::move(looked.error()));
  }
  const std::string packages = "/usr/local/lib/python" + version->minor + "/site-packages";
  Artefact artefact{
      .run = pip,
      .from = packages,
      .to = packages,
      .base = "python:" + version->whole + "-slim" + (version->release.empty() ? "" : "-" + version->release),
      .user = "",
      .certificates = false,
      .more = {"/usr/local/bin"},  // gunicorn, uvicorn, flask, …
      .goes_on = true};
  if (walk.copies_sources()) artefact.more.push_back(walk.workdir());
  return artefact;
}

}  // namespace oakum::fix::build
