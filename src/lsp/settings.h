// What the person at the editor has set: the section "oakum" of its configuration, or initializationOptions.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace oakum::lsp {

struct Settings {
  std::string profile;         // "": what .oakum.yaml says, else recommended
  bool unsafe = false;         // "fix all" also makes fixes that may change behaviour
  bool shellcheck = true;      // ask the program of that name, where it is installed
  bool base_images = true;     // look base images up in the local engine's store
  bool not_evaluated = false;  // tell of what could not be judged, as hints
  bool operator==(const Settings&) const = default;
};

// {"profile": "strict", "unsafe": true, "shellcheck": false, "baseImages": false, "notEvaluated": true}, perhaps below
// a key "oakum". What is missing or of another type stays as it is by default.
Settings settings_of(const nlohmann::json& value);

}  // namespace oakum::lsp
