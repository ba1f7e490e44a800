#include "read/runcmd/runcmd.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/runcmd/line.h"
#include "read/runcmd/script.h"

namespace oakum::runcmd {

namespace {

constexpr std::size_t kMostMentions = 100'000;  // of one program that are looked at
constexpr std::size_t kMostWordsToRun = 16;     // from the program to "run", in mentions_run()

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extension(std::string_view path) {
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

bool has_section(std::string_view text, std::string_view section) {
  for (std::size_t at = text.find(section); at != std::string_view::npos; at = text.find(section, at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return true;
  }
  return false;
}

bool is_quadlet(std::string_view text) { return has_section(text, "[Container]"); }

// Does "run" or "create" follow, behind nothing but flags, their values and "container"?
bool run_follows(std::string_view rest) {
  // $DOCKER run, $(DOCKER) run, "docker" run, docker.exe run
  while (!rest.empty() && std::string_view(")}\"'").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
  for (const std::string_view end : {".exe", "-remote", ".lima"}) {
    if (rest.starts_with(end)) rest.remove_prefix(end.size());
  }
  bool after_flag = false;
  for (std::size_t i = 0; i < kMostWordsToRun; ++i) {
    const std::size_t begin = rest.find_first_not_of(" \t\\\r\n");
    if (begin == 0 || begin == std::string_view::npos) return false;
    const std::string_view blanks = rest.substr(0, begin);
    if (blanks.find('\n') != std::string_view::npos && blanks.find('\\') == std::string_view::npos) return false;
    rest.remove_prefix(begin);
    const std::size_t end = std::min(rest.find_first_of(" \t\\\r\n\"'`,;&|<)"), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (word == "run" || word == "create") return true;
    const bool flag = word.starts_with('-') || word.starts_with('$');
    if (!flag && !after_flag && word != "container") return false;
    after_flag = flag;
    rest.remove_prefix(end);
  }
  return false;
}

// The words of a YAML list that begin behind "docker": [docker, "run", …] or one below the other.
bool run_is_listed(std::string_view rest) {
  constexpr std::size_t kFar = 400;
  std::string words;
  for (const char c : rest.substr(0, kFar))
    words += std::string_view(",\"'[]\r\n").find(c) != std::string_view::npos ? ' ' : c;
  std::size_t at = 0;
  while ((at = words.find(" - ", at)) != std::string::npos) words[at + 1] = ' ';
  return run_follows(words);
}

bool mentions(std::string_view text, std::string_view program, bool (*follows)(std::string_view rest)) {
  std::size_t tries = kMostMentions;
  for (std::size_t at = text.find(program); at != std::string_view::npos; at = text.find(program, at + 1)) {
    if (tries-- == 0) return false;
    if (follows(text.substr(at + program.size()))) return true;
  }
  return false;
}

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_=/.,:@%+").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

}  // namespace

void read_words(std::span<const shell::Word> words, std::uint32_t source, Subjects& subjects) {
  if (const auto found = find_run(words)) read_line(words, *found, source, subjects);
}

void read(std::string_view name, std::string_view text, Carrier carrier, Subjects& subjects) {
  const std::uint32_t source = subjects.add_source(std::string(name), std::string(text));
  Carried carried(text, source, subjects);
  switch (carrier) {
    case Carrier::shell:
      return read_shell_file(carried);
    case Carrier::systemd:
      return is_quadlet(text) ? read_quadlet(carried) : read_systemd(carried);
    case Carrier::yaml:
      return read_yaml(carried);
    case Carrier::makefile:
      return read_makefile(carried);
    case Carrier::markdown:
      return read_markdown(carried);
    case Carrier::jenkinsfile:
      return read_jenkinsfile(carried);
  }
}

void read_argv(const std::vector<std::string>& argv, Subjects& subjects) {
  std::string text;
  std::vector<shell::Word> words;
  for (const std::string& argument : argv) {
    if (!text.empty()) text += ' ';
    const std::size_t begin = text.size();
    text += quoted(argument);
    shell::Word word;
    word.text = argument;
    word.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(text.size()), 0, 0, 0, 0};
    words.push_back(std::move(word));
  }
  const LineIndex lines(text);
  for (shell::Word& word : words) word.span = lines.span(word.span.begin, word.span.end);
  const std::uint32_t source = subjects.add_source("<command line>", text);
  read_words(words, source, subjects);
}

bool mentions_run(std::string_view text) {
  if (is_quadlet(text)) return true;
  for (const std::string_view program :
       {"docker", "podman", "nerdctl", "DOCKER", "PODMAN", "CONTAINER_ENGINE", "CONTAINER_RUNTIME", "CONTAINER_TOOL"}) {
    if (mentions(text, program, run_follows)) return true;
  }
  return false;
}

bool lists_run(std::string_view text) {
  for (const std::string_view program : {"docker", "podman", "nerdctl"}) {
    if (mentions(text, program, run_is_listed)) return true;
  }
  return false;
}

bool is_package_manifest(std::string_view file_name) { return base_name(file_name) == "package.json"; }

Carrier carrier_of(std::string_view file_name, std::string_view text) {
  const std::string_view name = base_name(file_name);
  const std::string end = to_lower(extension(file_name));
  if (end == "yml" || end == "yaml" || is_package_manifest(file_name)) return Carrier::yaml;
  if (end == "md" || end == "markdown") return Carrier::markdown;
  if (end == "service" || end == "container" || end == "socket" || end == "timer") return Carrier::systemd;
  if (end == "mk" || name == "Makefile" || name == "makefile" || name == "GNUmakefile") return Carrier::makefile;
  if (name.starts_with("Jenkinsfile") || end == "jenkinsfile" || end == "groovy") return Carrier::jenkinsfile;
  if (text.starts_with("#cloud-config")) return Carrier::yaml;
  if (to_lower(name) == "justfile") return Carrier::makefile;
  if (text.starts_with("#!")) return Carrier::shell;
  if (has_section(text, "[Service]") || is_quadlet(text)) return Carrier::systemd;
  if (text.find("\n```") != std::string_view::npos || text.starts_with("```")) return Carrier::markdown;
  return Carrier::shell;
}

}  // namespace oakum::runcmd
