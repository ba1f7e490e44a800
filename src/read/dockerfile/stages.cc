#include "read/dockerfile/stages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace oakum::dockerfile {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

bool is_lower_alnum(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); }

// ^[a-z][a-z0-9-_.]*$
bool is_stage_name(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, [](char byte) {
    return is_lower_alnum(byte) || byte == '-' || byte == '_' || byte == '.';
  });
}

// distribution/reference: path components, tag, digest.
bool is_repository(std::string_view repository) {
  return std::ranges::all_of(split(repository, '/'), [](std::string_view part) {
    return !part.empty() && is_lower_alnum(part.front()) && is_lower_alnum(part.back()) &&
           std::ranges::all_of(
               part, [](char byte) { return is_lower_alnum(byte) || byte == '.' || byte == '_' || byte == '-'; });
  });
}

bool is_tag(std::string_view tag) {
  const auto word = [](char byte) { return is_lower_alnum(byte) || (byte >= 'A' && byte <= 'Z') || byte == '_'; };
  return tag.size() <= 128 && word(tag.front()) &&
         std::ranges::all_of(tag, [&](char byte) { return word(byte) || byte == '.' || byte == '-'; });
}

bool is_digest(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  return colon != 0 && colon != std::string_view::npos && digest.size() - colon - 1 >= 32 &&
         digest.find_first_not_of("0123456789abcdef", colon + 1) == std::string_view::npos;
}

std::string reference_problem(const ImageReference& image) {
  if (!is_repository(image.repository)) return "its name breaks the rules of image names, which are in lower case";
  if (image.text.ends_with(':') || (!image.tag.empty() && !is_tag(image.tag)))
    return "its tag breaks the rules of tags";
  if (image.text.contains('@') && !is_digest(image.digest)) return "its digest is none";
  return "";
}

}  // namespace

Stages::Stages(Context& context) : context_(context), globals_(nullptr, true) {}

void Stages::open(const Instruction& from, std::size_t index) {
  Dockerfile& file = context_.file;
  if (!file.stages.empty()) file.stages.back().end = state_;
  Stage stage;
  stage.first = stage.last = index;
  if (const InstructionFlag* platform = from.flag("platform")) {
    const auto as_written = context_.text.substr(platform->span.begin, platform->span.end - platform->span.begin);
    const std::size_t equals = as_written.find('=');
    stage.platform = equals == std::string_view::npos ? "" : as_written.substr(equals + 1);
  }
  if (!from.arguments.empty()) {
    stage.image = parse_image_reference(from.arguments.front().value);
    stage.image_known = from.arguments.front().known;
  }
  if (from.arguments.size() == 3) stage.name = from.arguments[2].text;
  const auto named = names_.find(to_lower(stage.image.text));
  if (named != names_.end() && stage.image_known) stage.parent = named->second.back();
  const Scope* parent = stage.parent ? &scopes_[*stage.parent] : nullptr;
  scopes_.emplace_back(parent, parent != nullptr ? parent->closed() : stage.image.text == "scratch");
  state_ = stage.parent ? file.stages[*stage.parent].end : BuildState();
  edges_.emplace_back();
  if (stage.parent) edges_.back().push_back(*stage.parent);
  check_image(from, stage);
  if (!stage.name.empty()) names_[to_lower(stage.name)].push_back(file.stages.size());
  file.stages.push_back(std::move(stage));
}

void Stages::check_image(const Instruction& from, const Stage& stage) {
  if (from.arguments.empty()) return;
  const std::size_t count = from.arguments.size();
  if (count != 1 && (count != 3 || !equals_ignoring_case(from.arguments[1].text, "as"))) {
    return context_.refuse(from.text_span, "FROM: takes an image, or an image, AS and a name");
  }
  if (count == 3 && !is_stage_name(to_lower(stage.name))) {
    context_.refuse(from.arguments[2].span, "stage " + quoted(stage.name) +
                                                ": is no name of a stage; begin with a letter, go on with letters, "
                                                "digits, '-', '_' and '.'");
  }
  const Argument& image = from.arguments.front();
  if (!image.known || stage.parent) return;
  if (image.value.empty()) return context_.refuse(image.span, "FROM: " + quoted(image.text) + " is empty");
  if (const std::string why = reference_problem(stage.image); !why.empty()) {
    context_.refuse(image.span, "image " + quoted(image.value) + ": " + why);
  }
}

void Stages::add(const Instruction& instruction, std::size_t index) {
  if (context_.file.stages.empty()) return;
  context_.file.stages.back().last = index;
  need(instruction);
}

void Stages::need(const Instruction& instruction) {
  const std::size_t stage = context_.file.stages.size() - 1;
  for (const InstructionFlag& flag : instruction.flags) {
    if (instruction.kind == InstructionKind::copy && flag.name == "from" && flag.has_value) {
      needs_.push_back({stage, flag.value, flag.span, true});
    }
    const std::string* from = flag.name == "mount" ? flag.option("from") : nullptr;
    if (instruction.kind == InstructionKind::run && from != nullptr) needs_.push_back({stage, *from, flag.span, false});
  }
}

void Stages::follow(const Need& need) {
  std::optional<std::size_t> found;
  if (const auto named = names_.find(to_lower(need.name)); named != names_.end()) {
    const auto later = std::ranges::lower_bound(named->second, need.stage);
    if (later == named->second.begin()) {
      return context_.refuse(need.span, "stage " + quoted(need.name) +
                                            ": stands behind the stage that takes from it; " + "move it in front");
    }
    found = *std::prev(later);
  } else if (const auto number = parse_number<std::size_t>(need.name); number && need.copy) {
    if (*number >= need.stage) {
      return context_.refuse(need.span, "stage " + quoted(need.name) + ": is no earlier stage, and they count from 0");
    }
    found = *number;
  }
  if (found) edges_[need.stage].push_back(*found);
}

std::size_t Stages::final_stage(std::string_view target) {
  const std::vector<Stage>& stages = context_.file.stages;
  if (target.empty()) return stages.size() - 1;
  if (const auto named = names_.find(to_lower(target)); named != names_.end()) return named->second.back();
  if (const auto number = parse_number<std::size_t>(target); number && *number < stages.size()) return *number;
  context_.refuse(context_.span({0, 0}), "target " + quoted(target) + ": no stage has this name");
  return stages.size() - 1;
}

void Stages::finish(std::string_view target) {
  std::vector<Stage>& stages = context_.file.stages;
  if (stages.empty()) return;
  stages.back().end = state_;
  for (const Need& each : needs_) follow(each);
  const std::size_t last = final_stage(target);
  stages[last].is_final = true;
  mark_used(last);
}

void Stages::mark_used(std::size_t from) {
  std::vector<std::size_t> open = {from};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    Stage& stage = context_.file.stages[at];
    if (stage.used) continue;
    stage.used = true;
    open.insert(open.end(), edges_[at].begin(), edges_[at].end());
  }
}

}  // namespace oakum::dockerfile
