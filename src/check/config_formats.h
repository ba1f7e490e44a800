// One reader per configuration file: text to settings. Each knows one tool's keys and leaves the others alone.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "check/config.h"
#include "yaml/yaml.h"

namespace oakum::check {

struct ConfigFile {
  std::string path;
  std::string directory;  // of the file
};

void read_oakum_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_hadolint_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_checkov_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_kube_linter_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_dclint_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_compose_lint_config(const ConfigFile& file, const yaml::Node& root, Config& config);
void read_trivyignore(const ConfigFile& file, std::string_view text, Config& config);

// "file:line: " and what is wrong, as an error of the configuration that does not stop the rest.
void complain_in(const ConfigFile& file, const Span& where, std::string why, std::string todo, Config& config);
IgnoreEntry ignore_entry(const ConfigFile& file, const Span& where, std::vector<std::string> names);

}  // namespace oakum::check
