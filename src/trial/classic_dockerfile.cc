#include "trial/classic_dockerfile.h"

#include <algorithm>

namespace oakum::trial {

namespace {

bool is_mount_for_speed(const InstructionFlag& flag) {
  const std::string* type = flag.name == "mount" ? flag.option("type") : nullptr;
  return type != nullptr && (*type == "cache" || *type == "tmpfs");
}

bool is_for_speed(const InstructionFlag& flag) { return flag.name == "link" || is_mount_for_speed(flag); }

bool is_classic(const Instruction& at, const InstructionFlag& flag) {
  if (at.kind == InstructionKind::run) return false;
  // The classic builder takes --chmod since it takes BuildKit's syntax, that is: not.
  return flag.name == "from" || flag.name == "chown" || flag.name == "platform" ||
         at.kind == InstructionKind::healthcheck;
}

}  // namespace

ClassicDockerfile for_classic_builder(const Dockerfile& file, std::string_view text, std::string_view label) {
  ClassicDockerfile result{std::string(text), {}, {}};
  std::vector<Span> out;       // taken out
  std::vector<Span> labelled;  // empty, behind each FROM
  for (const Instruction& at : file.instructions) {
    if (at.kind == InstructionKind::from) labelled.push_back({at.span.end, at.span.end});
    if (!at.heredocs.empty() && result.cannot.empty()) result.cannot = at.name + " with a here-document";
    for (const InstructionFlag& flag : at.flags) {
      const std::string written(text.substr(flag.span.begin, flag.span.end - flag.span.begin));
      if (is_for_speed(flag)) {
        out.push_back(flag.span);
        result.taken_out.push_back(at.name + " " + written);
      } else if (!is_classic(at, flag) && result.cannot.empty()) {
        result.cannot = at.name + " " + written;
      }
    }
  }
  out.insert(out.end(), labelled.begin(), labelled.end());
  std::ranges::sort(out, std::greater<>(), &Span::begin);
  for (const Span& span : out) {
    const std::string put = span.begin == span.end ? "\nLABEL " + std::string(label) + "\n" : "";
    result.text.replace(span.begin, span.end - span.begin, put);
  }
  return result;
}

}  // namespace oakum::trial
