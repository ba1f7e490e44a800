#include "check/detect.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "base/text.h"
#include "read/compose/compose.h"
#include "read/engine/engine.h"
#include "read/kubernetes/kubernetes.h"
#include "read/runcmd/runcmd.h"

namespace oakum::check {

namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view extension(std::string_view path) {
  const std::string_view name = file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot + 1);
}

// Extensions of what may hold run lines, sorted.
constexpr std::string_view kTextExtensions[] = {"bash", "container", "groovy",  "jenkinsfile", "ksh", "markdown",
                                                "md",   "mk",        "service", "sh",          "zsh"};
static_assert(std::ranges::is_sorted(kTextExtensions));

bool is_yaml_name(std::string_view path) {
  const std::string_view end = extension(path);
  return end == "yaml" || end == "yml";
}

bool is_text_name(std::string_view path) {
  const std::string_view name = file_name(path);
  return std::ranges::binary_search(kTextExtensions, extension(path)) || name == "Makefile" || name == "makefile" ||
         name == "GNUmakefile" || name.starts_with("Jenkinsfile") || name == "user-data" || name == "Justfile" ||
         name == "justfile" || runcmd::is_package_manifest(path);
}

// The first word of the first line that is neither blank nor a comment.
std::string_view first_word(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (auto line = next_line(text)) {
    const std::string_view rest = trim(*line);
    if (!rest.empty() && rest.front() != '#') return rest.substr(0, rest.find_first_of(" \t"));
  }
  return {};
}

// BuildKit lets only these stand first.
bool starts_as_dockerfile(std::string_view text) {
  const std::string_view word = first_word(text);
  return equals_ignoring_case(word, "FROM") || equals_ignoring_case(word, "ARG");
}

FileKind kind_of_document(std::string_view path, std::string_view text) {
  // The cheaper question first: a manifest shows by two lines, and no Compose file has them.
  if (kubernetes::looks_like_manifest(text)) return FileKind::kubernetes;
  if (compose::looks_like_compose(text)) return FileKind::compose;
  if (is_compose_name(path)) return FileKind::compose;
  return runcmd::mentions_run(text) || runcmd::lists_run(text) ? FileKind::run_lines : FileKind::none;
}

}  // namespace

bool is_dockerfile_name(std::string_view path) {
  const std::string_view name = file_name(path);
  for (const std::string_view base : {"Dockerfile", "dockerfile", "Containerfile", "containerfile"}) {
    if (name == base) return true;
    if (name.starts_with(base) && name[base.size()] == '.' && !name.ends_with(".dockerignore")) return true;
    if (name.ends_with(base) && name[name.size() - base.size() - 1] == '.') return true;
  }
  return false;
}

bool is_compose_name(std::string_view path) {
  const std::string_view name = file_name(path);
  return is_yaml_name(path) && (name.starts_with("docker-compose") || name.starts_with("compose."));
}

bool worth_reading(std::string_view path) {
  return is_dockerfile_name(path) || is_yaml_name(path) || is_text_name(path) || extension(path) == "json";
}

FileKind detect(std::string_view path, std::string_view text, bool named) {
  const std::string_view name = file_name(path);
  if (kubernetes::is_kustomization(name)) return FileKind::kustomization;
  if (kubernetes::is_helm_chart(name)) return FileKind::helm_chart;
  if (is_dockerfile_name(path)) return FileKind::dockerfile;
  const std::string_view start = trim(text.substr(0, 256));
  // So do units of systemd ("[Service]") and Compose files written as JSON begin: those are looked at below.
  if (start.starts_with('{') || start.starts_with('[')) {
    if (engine::looks_like_inspect(text)) return FileKind::inspect;
    if (kubernetes::looks_like_manifest(text)) return FileKind::kubernetes;
  }
  if (is_yaml_name(path) || text.starts_with("#cloud-config")) return kind_of_document(path, text);
  if (is_text_name(path)) return runcmd::mentions_run(text) ? FileKind::run_lines : FileKind::none;
  if (!named) return FileKind::none;
  if (starts_as_dockerfile(text)) return FileKind::dockerfile;
  return kind_of_document(path, text);
}

}  // namespace oakum::check
