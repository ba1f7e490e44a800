// A Compose service in its file, for remedies that need more than its own keys: secrets, networks, other services.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "fix/kit/yaml_edit.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

struct ComposeService {
  YamlEditor editor;
  std::uint32_t source = 0;  // its number
  YamlPath path;             // services.NAME
  std::string directory;     // of the project, as paths are shown: "shop/", "" for the working directory
  const ComposeProject* project = nullptr;

  YamlPath at(std::initializer_list<YamlStep> below) const;
};

// Refused where it is not one file in the project's own directory, or cannot be edited.
std::expected<ComposeService, Refusal> open_service(const Workload& workload, const Context& context);

using Done = YamlEditor::Done;

// Adds `name` to a list, or to a mapping with `value` below it; the key is made as a list when it is not there.
Done append_name(ComposeService& service, std::string_view key, std::string_view name, const YamlValue& value);

// Puts it on `network` too. Without `networks:` a service is on the project's default one, and stays there.
Done join_network(ComposeService& service, std::string_view network);

// The variable in `environment:`, whichever way that is written.
Done set_variable(ComposeService& service, std::string_view name, std::string_view value);

}  // namespace oakum::fix::workload
