#include "rules/build/structure.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

std::span<const Instruction> instructions_of(const Dockerfile& dockerfile, const Stage& stage) {
  if (stage.last >= dockerfile.instructions.size() || stage.first > stage.last) return {};
  return std::span(dockerfile.instructions).subspan(stage.first, stage.last - stage.first + 1);
}

const Instruction* from_of(const Dockerfile& dockerfile, const Stage& stage) {
  return stage.first < dockerfile.instructions.size() ? &dockerfile.instructions[stage.first] : nullptr;
}

std::vector<std::size_t> roots_of(const Dockerfile& dockerfile) {
  std::vector<std::size_t> roots;
  for (const Stage& stage : dockerfile.stages) {
    const bool inherits = stage.parent && *stage.parent < roots.size();
    roots.push_back(inherits ? roots[*stage.parent] : roots.size());
  }
  return roots;
}

std::vector<const Stage*> final_chain(const Dockerfile& dockerfile) {
  std::vector<const Stage*> chain;
  const auto final = std::ranges::find(dockerfile.stages, true, &Stage::is_final);
  if (final == dockerfile.stages.end()) return chain;
  auto at = static_cast<std::size_t>(std::distance(dockerfile.stages.begin(), final));
  while (true) {
    chain.push_back(&dockerfile.stages[at]);
    const auto& parent = dockerfile.stages[at].parent;
    if (!parent || *parent >= at) return chain;
    at = *parent;
  }
}

bool on_scratch(const Stage& root) { return !root.parent && root.image.text == "scratch"; }

const ImageFacts* facts_of(const Stage& root, const Subjects& subjects) {
  const auto found = subjects.known_images.find(root.image.text);
  return root.image_known && found != subjects.known_images.end() ? &found->second : nullptr;
}

bool is_copy(const Instruction& instruction) {
  return instruction.kind == InstructionKind::copy || instruction.kind == InstructionKind::add;
}

std::span<const Argument> sources_of(const Instruction& instruction) {
  const std::span<const Argument> all(instruction.arguments);
  return all.empty() ? all : all.first(all.size() - 1);
}

const Argument* target_of(const Instruction& instruction) {
  return instruction.arguments.size() < 2 ? nullptr : &instruction.arguments.back();
}

bool is_url(std::string_view source) {
  constexpr std::string_view kStarts[] = {"http://", "https://", "ftp://", "git://", "ssh://", "git@", "github.com/"};
  return std::ranges::any_of(kStarts, [&](std::string_view start) { return source.starts_with(start); });
}

bool is_heredoc(std::string_view source) { return source.starts_with("<<"); }

bool from_context(const Instruction& instruction, const Argument& source) {
  return is_copy(instruction) && instruction.flag("from") == nullptr && source.known && !is_heredoc(source.text) &&
         !is_url(source.value);
}

std::string context_path(std::string_view source) {
  std::string path;
  while (!source.empty()) {
    const std::string_view part = next_field(source, '/');
    if (part == "..") {
      const std::size_t slash = path.rfind('/');
      path.resize(slash == std::string::npos ? 0 : slash);
    } else if (!part.empty() && part != ".") {
      if (!path.empty()) path += '/';
      path += part;
    }
  }
  return path;
}

Span part_of(const Argument& argument, std::size_t begin, std::size_t end) {
  Span span = argument.span;
  const bool plain = span.line == span.end_line && span.end - span.begin == argument.text.size();
  if (!plain || begin > end || end > argument.text.size()) return span;
  span.end = span.begin + static_cast<std::uint32_t>(end);
  span.end_column = span.column + static_cast<std::uint32_t>(end);
  span.begin += static_cast<std::uint32_t>(begin);
  span.column += static_cast<std::uint32_t>(begin);
  return span;
}

std::optional<PortRange> parse_ports(std::string_view text) {
  PortRange range;
  std::string_view numbers = next_field(text, '/');
  range.protocol = text;
  const std::string_view low = next_field(numbers, '-');
  const auto first = parse_number<std::uint64_t>(low);
  const auto last = numbers.empty() ? first : parse_number<std::uint64_t>(numbers);
  if (!first || !last) return std::nullopt;
  range.first = *first;
  range.last = *last;
  return range;
}

bool is_upper(std::string_view word) {
  return std::ranges::none_of(word, [](char byte) { return byte >= 'a' && byte <= 'z'; });
}

bool is_lower(std::string_view word) {
  return std::ranges::none_of(word, [](char byte) { return byte >= 'A' && byte <= 'Z'; });
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view best = nearest(word, candidates);
  return best.empty() ? std::string() : join({"; did you mean ", quoted(best), "?"});
}

}  // namespace oakum::rules
