#include "model/dockerfile.h"

#include <algorithm>

namespace oakum {

std::string_view to_string(InstructionKind kind) {
  switch (kind) {
    case InstructionKind::add:
      return "ADD";
    case InstructionKind::arg:
      return "ARG";
    case InstructionKind::cmd:
      return "CMD";
    case InstructionKind::copy:
      return "COPY";
    case InstructionKind::entrypoint:
      return "ENTRYPOINT";
    case InstructionKind::env:
      return "ENV";
    case InstructionKind::expose:
      return "EXPOSE";
    case InstructionKind::from:
      return "FROM";
    case InstructionKind::healthcheck:
      return "HEALTHCHECK";
    case InstructionKind::label:
      return "LABEL";
    case InstructionKind::maintainer:
      return "MAINTAINER";
    case InstructionKind::onbuild:
      return "ONBUILD";
    case InstructionKind::run:
      return "RUN";
    case InstructionKind::shell:
      return "SHELL";
    case InstructionKind::stopsignal:
      return "STOPSIGNAL";
    case InstructionKind::user:
      return "USER";
    case InstructionKind::volume:
      return "VOLUME";
    case InstructionKind::workdir:
      return "WORKDIR";
    case InstructionKind::unknown:
      return "";
  }
  return "";
}

const std::string* InstructionFlag::option(std::string_view key) const {
  for (const auto& [name_of, value_of] : options) {
    if (name_of == key) return &value_of;
  }
  return nullptr;
}

const InstructionFlag* Instruction::flag(std::string_view flag_name) const {
  const auto found = std::ranges::find(flags, flag_name, &InstructionFlag::name);
  return found == flags.end() ? nullptr : &*found;
}

}  // namespace oakum
