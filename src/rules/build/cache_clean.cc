#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "rules/build/packages.h"
#include "rules/build/run.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// One manager's cache: who fills it, who empties it, where it lies.
struct Cache {
  Manager manager;
  std::string_view fills, cleans;  // subcommands
  std::string_view directories;    // separated by spaces; a mount on one of them will do
  std::string_view what, remedy;
  std::string_view aliases;
};
constexpr Cache kCaches[] = {
    {Manager::apk, "add", "", "/var/cache/apk /etc/apk/cache", "the package index", "--no-cache",
     "DKL-DI-0004 DL3019 DS-0025 KICS-ae9c56a6"},
    {Manager::apt, "install update", "", "/var/lib/apt/lists", "the package lists", "&& rm -rf /var/lib/apt/lists/*",
     "DKL-DI-0005 DL3009 KICS-df746b39"},
    {Manager::dnf, "install groupinstall localinstall upgrade update reinstall", "clean",
     "/var/cache/dnf /var/cache/yum /var/cache/libdnf5 /var/cache/tdnf", "the package cache", "&& dnf clean all",
     "DL3040 DS-0019 KICS-295acb63"},
    {Manager::pip, "install", "cache", "/root/.cache/pip", "pip's cache", "--no-cache-dir", "DL3042 KICS-f2f903fb"},
    {Manager::yarn, "install", "cache", "/usr/local/share/.cache/yarn /root/.cache/yarn /root/.yarn", "yarn's cache",
     "&& yarn cache clean", "DL3060"},
    {Manager::yum, "install groupinstall localinstall update upgrade reinstall", "clean",
     "/var/cache/yum /var/cache/dnf", "the package cache", "&& yum clean all", "DL3032 DS-0015 KICS-00481784"},
    {Manager::zypper, "install in update up patch dist-upgrade dup", "clean cc", "/var/cache/zypp", "the package cache",
     "&& zypper clean --all", "DL3036 DS-0020 KICS-38300d1a"},
};

bool same_family(Manager a, Manager b) {
  const auto rpm = [](Manager manager) { return manager == Manager::dnf || manager == Manager::yum; };
  return a == b || (rpm(a) && rpm(b));
}

bool is_true(std::string_view value) {
  const std::string lower = to_lower(value);
  return lower == "1" || lower == "true" || lower == "yes" || lower == "on" || lower == "y" || lower == "t";
}

constexpr std::string_view kPipOff = "PIP_NO_CACHE_DIR";

// PIP_NO_CACHE_DIR before the command, or exported in front of it.
bool sets_pip_off(const shell::Command& command) {
  const auto assigns = [](const shell::Assignment& a) { return a.name == kPipOff && is_true(a.value.text); };
  if (std::ranges::any_of(command.assignments, assigns)) return true;
  return std::ranges::any_of(command.words, [](const shell::Word& word) {
    std::string_view text = word.text;
    return next_field(text, '=') == kPipOff && is_true(text);
  });
}

bool keeps_nothing(const PackageCommand& call) {
  const Options& arguments = call.arguments;
  if (call.manager == Manager::apk) return arguments.has({"no-cache"});
  if (call.manager == Manager::pip) return arguments.has({"no-cache-dir", "no-cache"});
  return arguments.has({"s", "simulate", "dry-run"}) && call.manager == Manager::apt;
}

using Calls = std::vector<std::optional<PackageCommand>>;  // of each command of a script

class Check {
 public:
  Check(const Dockerfile& dockerfile, Judge& judge) : file_(dockerfile), judge_(judge) {}

  void run() {
    std::vector<const Stage*> chain = final_chain(file_);
    if (!chain.empty()) pip_off_ = base_turns_pip_off(*chain.back());
    for (auto stage = chain.rbegin(); stage != chain.rend(); ++stage) {
      for (const Instruction& instruction : instructions_of(file_, **stage)) look_at(instruction);
    }
  }

 private:
  // What the steps start from; of an image's own history, the image, which says what holds in the end.
  const ImageFacts* base_of(const Stage& root) const {
    if (file_.image.empty()) return facts_of(root, judge_.subjects());
    const auto& images = judge_.subjects().images;
    const auto own = std::ranges::find(images, &file_, [](const ImageFacts& image) { return &image.build; });
    return own == images.end() ? nullptr : &*own;
  }

  bool base_turns_pip_off(const Stage& root) const {
    const ImageFacts* base = base_of(root);
    if (base == nullptr) return false;
    return std::ranges::any_of(base->image.config.env, [](std::string_view entry) {
      return next_field(entry, '=') == kPipOff && is_true(entry);
    });
  }

  void look_at(const Instruction& instruction) {
    if (instruction.kind == InstructionKind::env || instruction.kind == InstructionKind::arg) {
      for (const Assignment& assignment : instruction.assignments) {
        if (assignment.key.value == kPipOff) pip_off_ = is_true(assignment.value.value);
      }
    }
    if (instruction.kind != InstructionKind::run || !instruction.script) return;
    const Calls calls = package_commands(*instruction.script);
    for (const Cache& cache : kCaches) {
      const bool is_called =
          std::ranges::any_of(calls, [&](const auto& call) { return call && call->manager == cache.manager; });
      if (is_called) judge_run(cache, instruction, calls);
    }
  }

  bool is_away(const Cache& cache, const Instruction& run) const {
    std::string_view directories = cache.directories;
    while (!directories.empty()) {
      if (is_mounted_away(run, next_field(directories, ' '))) return true;
    }
    return (cache.manager == Manager::pip && has_cache_mount(run, "pip")) ||
           (cache.manager == Manager::yarn && has_cache_mount(run, "yarn"));
  }

  // Of the manager's cache below some home directory.
  static bool has_cache_mount(const Instruction& run, std::string_view name) {
    return std::ranges::any_of(run.flags, [&](const InstructionFlag& flag) {
      const std::string* target = flag.option("target");
      if (target == nullptr) target = flag.option("dst");
      const std::string* type = flag.option("type");
      const bool away = type != nullptr && (*type == "cache" || *type == "tmpfs");
      return away && target != nullptr && target->find(name) != std::string::npos;
    });
  }

  static bool cleans(const Cache& cache, const shell::Command& command, const std::optional<PackageCommand>& call) {
    if (call && same_family(call->manager, cache.manager) && call->does(cache.cleans)) return true;
    if (cache.manager == Manager::apk) return false;  // --no-cache says it at the place where it is done
    std::string_view directories = cache.directories;
    while (!directories.empty()) {
      if (removes_below(std::span(&command, 1), next_field(directories, ' '))) return true;
    }
    return false;
  }

  // The first command that fills the cache with none behind it that empties it.
  void judge_run(const Cache& cache, const Instruction& run, const Calls& calls) {
    std::optional<PackageCommand> filled;
    bool pip_off = pip_off_;
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const shell::Command& command = run.script->commands[i];
      const std::optional<PackageCommand>& call = calls[i];
      if (cache.manager == Manager::pip) pip_off = pip_off || sets_pip_off(command);
      if (filled && cleans(cache, command, call)) filled.reset();
      if (filled || !call || call->manager != cache.manager || !call->does(cache.fills)) continue;
      if (keeps_nothing(*call) || (cache.manager == Manager::pip && pip_off)) continue;
      filled = call;
    }
    if (filled && !is_away(cache, run)) tell(cache, run, *filled);
  }

  void tell(const Cache& cache, const Instruction& run, const PackageCommand& call) {
    Finding& finding = judge_.found(file_, run, call.subcommand_word->span,
                                    join({quoted(join({call.tool, " ", call.subcommand})), " leaves ", cache.what,
                                          " in the layer (", cache.remedy, ")"}));
    only_aliases(finding, {});
    if (!call.is_usual_tool() && call.tool != "apt") return;
    std::string_view aliases = cache.aliases;
    while (!aliases.empty()) add_alias(finding, next_field(aliases, ' '));
  }

  const Dockerfile& file_;
  Judge& judge_;
  bool pip_off_ = false;
};

void check(const Dockerfile& dockerfile, Judge& judge) { Check(dockerfile, judge).run(); }

}  // namespace

extern constinit const Rule cache_clean{
    .info = checked({
        .id = "cache-clean",
        .title = "a package manager's cache stays in the layer",
        .severity = Severity::info,
        .practice = Practice::minimal_base,
        .surfaces = "DI",
        .aliases = "DKL-DI-0004 DKL-DI-0005 DL3009 DL3019 DL3032 DL3036 DL3040 DL3042 DL3060 DS-0015 DS-0019 DS-0020 "
                   "DS-0025 KICS-00481784 KICS-295acb63 KICS-38300d1a KICS-ae9c56a6 KICS-df746b39 KICS-f2f903fb",
        .fix = FixSafety::safe,
        .fix_summary = "clean up at the end of the same RUN, or keep the cache in a --mount=type=cache",
        .why = "What one RUN leaves behind stays in its layer for good, also when a later RUN deletes it: the image is "
               "larger, slower to pull, and holds lists of versions that scanners and attackers read.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nRUN apk add curl=8.9.1-r1\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN apk add --no-cache curl=8.9.1-r1\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#apt-get "
                      "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
    }),
    .checks = {.dockerfile = check, .history = true},
};

}  // namespace oakum::rules
