#include "rules/workload/image_names.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

// An image id or a digest alone names no repository.
bool is_id(const ImageReference& image) { return image.text.starts_with("sha256:") || image.repository.empty(); }

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_stage(const Dockerfile& dockerfile, std::string_view name) {
  if (is_number(name)) return true;
  return std::ranges::any_of(dockerfile.stages,
                             [&](const Stage& stage) { return equals_ignoring_case(stage.name, name); });
}

void add_file_source(const Dockerfile& dockerfile, const Instruction& instruction, const InstructionFlag& flag,
                     const std::string& name, std::vector<NamedImage>& images) {
  if (name.empty() || name == "scratch" || name.find('$') != std::string::npos || is_stage(dockerfile, name)) return;
  images.push_back({parse_image_reference(name), origin_of(dockerfile, flag.span, instruction.name),
                    stage_name(dockerfile, instruction.stage)});
}

}  // namespace

std::vector<NamedImage> images_of(const Workload& workload, ImageTest wanted) {
  if (!workload.image.known() || workload.build || workload.image->variable || is_id(*workload.image)) return {};
  if (!wanted(*workload.image)) return {};
  return {{*workload.image, workload.image.origin(), workload.subject}};
}

std::vector<NamedImage> bases_of(const Dockerfile& dockerfile, ImageTest wanted) {
  std::vector<NamedImage> images;
  for (const Stage& stage : dockerfile.stages) {
    if (stage.parent || !stage.image_known || stage.first >= dockerfile.instructions.size()) continue;
    const Instruction& from = dockerfile.instructions[stage.first];
    if (stage.image.text == "scratch" || stage.image.variable || stage.image.repository.empty()) continue;
    if (!wanted(stage.image)) continue;
    const Span where = from.arguments.empty() ? from.span : from.arguments.front().span;
    const bool through_variable = !from.arguments.empty() && from.arguments.front().text.find('$') != std::string::npos;
    images.push_back(
        {stage.image, origin_of(dockerfile, where, "FROM"), stage_name(dockerfile, from.stage), through_variable});
  }
  return images;
}

std::vector<NamedImage> sources_of_files(const Dockerfile& dockerfile) {
  std::vector<NamedImage> images;
  for (const Instruction& instruction : dockerfile.instructions) {
    for (const InstructionFlag& flag : instruction.flags) {
      if (flag.name == "from") {
        add_file_source(dockerfile, instruction, flag, flag.value, images);
      } else if (flag.name == "mount") {
        if (const std::string* from = flag.option("from"))
          add_file_source(dockerfile, instruction, flag, *from, images);
      }
    }
  }
  return images;
}

void name_aliases(Finding& finding, Surface surface, bool through_variable) {
  aliases_of_surface(finding, surface);
  if (through_variable)
    std::erase_if(finding.aliases, [](const std::string& alias) { return alias.starts_with("DL3"); });
  // KICS has these checks for Dockerfiles only.
  if (surface != Surface::dockerfile)
    std::erase_if(finding.aliases, [](const std::string& alias) { return alias.starts_with("KICS-"); });
}

}  // namespace oakum::rules
