// What the rules about a Dockerfile's structure share: instructions by stage, stages by what they are built on, COPY's
// parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/subjects.h"

namespace oakum::rules {

// A stage's instructions, its FROM first; empty for a stage that is not there.
std::span<const Instruction> instructions_of(const Dockerfile& dockerfile, const Stage& stage);
const Instruction* from_of(const Dockerfile& dockerfile, const Stage& stage);

// Per stage, the stage that its chain of FROM starts with: the one on an external image or scratch. O(stages).
std::vector<std::size_t> roots_of(const Dockerfile& dockerfile);
// The last stage and those it is built on by FROM, the last first.
std::vector<const Stage*> final_chain(const Dockerfile& dockerfile);

bool on_scratch(const Stage& root);
// Facts about the external image a chain starts with, where they are known.
const ImageFacts* facts_of(const Stage& root, const Subjects& subjects);

// COPY and ADD. Heredocs and what comes from another stage are sources too.
bool is_copy(const Instruction& instruction);
std::span<const Argument> sources_of(const Instruction& instruction);
const Argument* target_of(const Instruction& instruction);
bool is_url(std::string_view source);      // also Git addresses
bool is_heredoc(std::string_view source);  // <<EOF
// A source that is taken from the build context: no --from, no URL, no heredoc, and known.
bool from_context(const Instruction& instruction, const Argument& source);
// "./a//b/" → "a/b"; "." and "/" → "".
std::string context_path(std::string_view source);

// The part [begin, end) of an argument's text in the file; the whole argument where continuations or quotes hide it.
Span part_of(const Argument& argument, std::size_t begin, std::size_t end);

struct PortRange {
  std::uint64_t first = 0, last = 0;
  std::string_view protocol;  // as written; "" not said
};
// "80", "8000-8010/udp"; nullopt for anything else.
std::optional<PortRange> parse_ports(std::string_view text);

bool is_upper(std::string_view word);  // no lower-case letter
bool is_lower(std::string_view word);  // no upper-case letter

// `; did you mean "x"?`, or "" when no candidate is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace oakum::rules
