#include "lsp/watch.h"

#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

namespace oakum::lsp {

namespace {

// Configuration, and what files of ours are read with.
constexpr auto kPatterns = std::to_array<std::string_view>({
    "**/{.oakum,.hadolint,.checkov,.kube-linter,.dclintrc}.{yaml,yml}",
    "**/{.trivyignore,.dclintrc,.dclintrc.json,.compose-lint.yml}",
    "**/{compose,docker-compose}*.{yaml,yml}",
    "**/{Dockerfile,Containerfile}*",
    "**/*.{Dockerfile,dockerfile,dockerignore,env}",
    "**/{.dockerignore,.env}",
});

}  // namespace

nlohmann::json watch_registration() {
  nlohmann::json watchers = nlohmann::json::array();
  for (const std::string_view pattern : kPatterns) watchers.push_back({{"globPattern", pattern}});
  nlohmann::json registration = {{"id", "oakum-watch"}, {"method", "workspace/didChangeWatchedFiles"}};
  registration["registerOptions"] = {{"watchers", std::move(watchers)}};
  nlohmann::json result = nlohmann::json::object();
  result["registrations"] = nlohmann::json::array({std::move(registration)});
  return result;
}

}  // namespace oakum::lsp
