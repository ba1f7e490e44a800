// CI files: GitHub, GitLab, CircleCI, Azure, Woodpecker, Ansible …: any string that holds a run line.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "read/runcmd/line.h"
#include "read/runcmd/runcmd.h"
#include "read/runcmd/script.h"
#include "read/shell/anchors.h"
#include "yaml/yaml.h"

namespace oakum::runcmd {

namespace {

constexpr std::size_t kLongestArgv = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The byte that a double-quoted scalar's escape stands for; '\0' when it is none of the simple ones.
char escaped(char letter) {
  constexpr std::string_view kLetters = "nrt\"\\/ ";
  constexpr std::string_view kBytes = "\n\r\t\"\\/ ";
  const std::size_t found = kLetters.find(letter);
  return found == std::string_view::npos ? '\0' : kBytes[found];
}

// Where each byte of a scalar stands in the file: the two are walked side by side; indentation, line folding, quotes
// and escapes are what the file has more. Empty when they do not fit together.
std::vector<shell::Anchor> align(const yaml::Node& node, std::string_view file) {
  std::string walked;
  std::vector<shell::Anchor> map;
  std::size_t at = node.span.begin;
  const std::size_t end = node.span.end;
  using Style = yaml::Node::Style;
  const bool block = node.style == Style::literal || node.style == Style::folded;
  if (block && (file[at] == '|' || file[at] == '>')) at = file.find('\n', at) + 1;
  const bool quoted = node.style == Style::single_quoted || node.style == Style::double_quoted;
  if (quoted && (file[at] == '"' || file[at] == '\'')) ++at;
  for (const char c : node.scalar) {
    while (at < end && file[at] != c && is_blank(file[at])) ++at;
    if (at >= end) break;
    std::size_t length = 1;
    if (node.style == Style::double_quoted && file[at] == '\\' && at + 1 < end) {
      if (escaped(file[at + 1]) != c) return {};
      length = 2;
    } else if (file[at] != c) {
      if (!is_blank(c)) return {};
      length = 0;  // a fold
    } else if (node.style == Style::single_quoted && c == '\'') {
      length = 2;
    }
    shell::append_piece(walked, map, std::string_view(&c, 1), at);
    at += length;
  }
  return map;
}

bool is_unit(std::string_view text) {
  return text.starts_with("[Service]\n") || text.find("\n[Service]\n") != std::string_view::npos;
}

bool names_variables(std::string_view key) {
  return key == "env" || key == "environment" || key == "variables" || key == "vars";
}

class YamlWalk {
 public:
  explicit YamlWalk(Carried& carried) : carried_(carried) {}

  void walk(const yaml::Node& node) {  // depth is bounded by yaml::kMaxDepth
    if (node.kind == yaml::Node::Kind::scalar) return scalar(node);
    if (node.kind == yaml::Node::Kind::sequence && is_argv(node)) return argv(node);
    for (const yaml::Node& item : node.items) walk(item);
    for (const yaml::Member& member : node.members) {
      if (names_variables(member.key)) learn(member.value);
      if (!member.value.merged && member.value.alias.empty()) walk(member.value);
    }
  }

 private:
  // ["docker", "run", …]: cloud-init's runcmd, Ansible's argv, a step's command. No shell sees it.
  static bool is_argv(const yaml::Node& node) {
    if (node.items.size() < 3 || node.items.size() > kLongestArgv) return false;
    const bool words = std::ranges::all_of(node.items, [](const yaml::Node& item) {
      return item.kind == yaml::Node::Kind::scalar && item.alias.empty() && item.span.begin < item.span.end;
    });
    return words && node.items.front().scalar.find_first_of(" \n") == std::string::npos;
  }

  void argv(const yaml::Node& node) {
    std::vector<shell::Word> words;
    for (const yaml::Node& item : node.items) {
      using Style = yaml::Node::Style;
      const bool quoted = item.style == Style::single_quoted || item.style == Style::double_quoted;
      const std::string_view written = carried_.text.substr(item.span.begin, item.span.end - item.span.begin);
      const std::size_t skip = quoted && written.size() > 1 && written.front() == written.back() ? 1 : 0;
      shell::Word word{.text = item.scalar, .span = {}, .quoted = quoted};
      word.span = carried_.lines.span(item.span.begin + skip, item.span.end - skip);
      // A CI system may put its own variables in.
      word.expands = item.scalar.find("${") != std::string::npos || item.scalar.find("{{") != std::string::npos;
      words.push_back(std::move(word));
    }
    if (const auto found = find_run(words)) return read_line(words, *found, carried_.source, carried_.subjects);
    for (const yaml::Node& item : node.items) scalar(item);
  }

  void learn(const yaml::Node& node) {
    for (const yaml::Member& member : node.members) {
      if (member.value.kind == yaml::Node::Kind::scalar)
        carried_.variables.set(member.key, member.value.scalar, member.value.span);
    }
  }

  void scalar(const yaml::Node& node) {
    if (node.span.end > carried_.text.size() || node.span.begin >= node.span.end) return;
    // Assignments of one step or item are seen by the next.
    const bool wanted = node.scalar.find('=') != std::string::npos || mentions_run(node.scalar);
    if (!wanted) return;
    std::vector<shell::Anchor> map = align(node, carried_.text);
    if (map.empty()) map = {{0, node.span.begin}};
    if (is_unit(node.scalar)) return read_unit(carried_, node.scalar, map);  // cloud-init's write_files
    read_script(carried_, node.scalar, map, false);
  }

  Carried& carried_;
};

}  // namespace

void read_yaml(Carried& carried) {
  const Source* source = carried.subjects.source(carried.source);
  auto documents =
      yaml::parse_all(source == nullptr ? std::string_view() : std::string_view(source->name), carried.text);
  if (!documents) {
    carried.subjects.errors.push_back(std::move(documents.error()));
    return;
  }
  YamlWalk walk(carried);
  const bool is_package = source != nullptr && is_package_manifest(source->name);
  for (const yaml::Node& root : documents->roots) {
    const yaml::Node* whole = is_package ? root.find("scripts") : &root;
    if (whole != nullptr) walk.walk(*whole);
  }
}

}  // namespace oakum::runcmd
