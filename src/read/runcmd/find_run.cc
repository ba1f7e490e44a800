// Finding `docker run` in a command: wrappers before it, global flags inside it.
#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.h"
#include "read/runcmd/line.h"

namespace oakum::runcmd {

namespace {

std::string_view base_name(std::string_view path) {
  path = path.substr(path.find_last_of("/\\") + 1);
  return path.ends_with(".exe") ? path.substr(0, path.size() - 4) : path;
}

// The program that a word calls. A variable that was not resolved goes by its name: $DOCKER, ${CONTAINER_ENGINE}.
std::optional<Tool> tool_of(std::string_view word) {
  if (word.starts_with('$')) {
    const std::string name = to_lower(word);
    if (word.find_first_of(" /") != std::string_view::npos) return std::nullopt;
    if (name.find("podman") != std::string::npos) return Tool::podman;
    for (const std::string_view part : {"docker", "container_engine", "container_runtime", "container_tool"}) {
      if (name.find(part) != std::string::npos) return Tool::docker;
    }
    return std::nullopt;
  }
  const std::string_view name = base_name(word);
  if (name == "docker") return Tool::docker;
  if (name == "podman" || name == "podman-remote") return Tool::podman;
  if (name == "nerdctl" || name == "nerdctl.lima") return Tool::nerdctl;
  return std::nullopt;
}

// Programs that run the rest of their words, beyond those of shell::unwrapped().
constexpr std::string_view kLooseWrappers[] = {
    "chronic", "doas", "dumb-init",       "eval",        "flock", "nsenter",      "retry",    "runuser",
    "script",  "ssh",  "systemd-inhibit", "systemd-run", "tini",  "travis_retry", "unbuffer", "watch"};
static_assert(std::ranges::is_sorted(kLooseWrappers));

// Global flags with a value in the next word: docker, podman and nerdctl together.
constexpr std::string_view kGlobalValues[] = {"--address",
                                              "--cgroup-manager",
                                              "--cni-netconfpath",
                                              "--cni-path",
                                              "--config",
                                              "--conmon",
                                              "--connection",
                                              "--context",
                                              "--data-root",
                                              "--db-backend",
                                              "--events-backend",
                                              "--hooks-dir",
                                              "--host",
                                              "--hosts-dir",
                                              "--identity",
                                              "--imagestore",
                                              "--log-level",
                                              "--module",
                                              "--namespace",
                                              "--network-cmd-path",
                                              "--network-config-dir",
                                              "--out",
                                              "--root",
                                              "--runroot",
                                              "--runtime",
                                              "--runtime-flag",
                                              "--snapshotter",
                                              "--ssh",
                                              "--storage-driver",
                                              "--storage-opt",
                                              "--tlscacert",
                                              "--tlscert",
                                              "--tlskey",
                                              "--tmpdir",
                                              "--url",
                                              "--volumepath",
                                              "-H",
                                              "-a",
                                              "-c",
                                              "-l",
                                              "-n"};
static_assert(std::ranges::is_sorted(kGlobalValues));

// The run line that begins at `program`, if one does.
std::optional<RunLine> run_at(std::span<const shell::Word> words, std::size_t program) {
  const auto tool = tool_of(words[program].text);
  if (!tool) return std::nullopt;
  bool container = false;
  for (std::size_t at = program + 1; at < words.size(); ++at) {
    const std::string_view word = words[at].text;
    if (word == "run" || word == "create") {
      const std::string_view name = words[program].expands ? "docker" : base_name(words[program].text);
      return RunLine{program, at + 1, *tool, std::string(name) + " " + std::string(word)};
    }
    if (word == "container" && !container) {
      container = true;
    } else if (std::ranges::binary_search(kGlobalValues, word)) {
      ++at;
    } else if (!word.starts_with('-') && !(words[at].expands && !words[at].quoted)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<RunLine> find_run(std::span<const shell::Word> words) {
  if (words.empty()) return std::nullopt;
  shell::Command command;
  command.words.assign(words.begin(), words.end());
  const std::size_t start = shell::unwrapped(command);
  if (start >= words.size()) return std::nullopt;
  if (auto found = run_at(words, start)) return found;
  if (!std::ranges::binary_search(kLooseWrappers, base_name(words[start].text))) return std::nullopt;
  for (std::size_t at = start + 1; at + 1 < words.size(); ++at) {
    if (!tool_of(words[at].text)) continue;
    if (auto found = run_at(words, at)) return found;
  }
  return std::nullopt;
}

}  // namespace oakum::runcmd
