#include "read/compose/compose.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/text.h"
#include "read/compose/dotenv.h"
#include "read/compose/paths.h"
#include "read/compose/project.h"
#include "read/compose/project_loader.h"

namespace oakum::compose {

namespace {

// Keys by which a file without services is still a Compose file; each of them is a mapping, `include` a list.
constexpr std::string_view kSections[] = {"networks", "volumes", "secrets", "configs"};

bool is_compose_root(const yaml::Node& root) {
  const yaml::Node* services = root.find("services");
  if (services != nullptr) return services->kind == yaml::Node::Kind::mapping;
  // Kubernetes objects have neither of these keys alone.
  if (root.find("kind") != nullptr || root.find("apiVersion") != nullptr) return false;
  const yaml::Node* include = root.find("include");
  if (include != nullptr) return include->kind == yaml::Node::Kind::sequence;
  const bool only_known = std::ranges::all_of(root.members, [](const yaml::Member& member) {
    return member.key == "version" || member.key == "name" || member.key.starts_with("x-") ||
           std::ranges::find(kSections, member.key) != std::end(kSections);
  });
  return only_known && std::ranges::any_of(kSections, [&](std::string_view section) {
           const yaml::Node* found = root.find(section);
           return found != nullptr && found->kind == yaml::Node::Kind::mapping;
         });
}

bool is_blank_or_comment(std::string_view line) {
  line = trim(line);
  return line.empty() || line.starts_with('#');
}

// Most Compose files show it without being parsed: `services:` at a line's start, and a key below it. So does one with
// a mistake further down, which read() then tells.
bool shows_services(std::string_view text) {
  while (const auto line = next_line(text)) {
    if (!line->starts_with("services:") || !is_blank_or_comment(line->substr(9))) continue;
    while (const auto below = next_line(text)) {
      if (is_blank_or_comment(*below)) continue;
      return below->starts_with(' ') && !trim(*below).starts_with('-') && below->find(':') != std::string_view::npos;
    }
  }
  return false;
}

// "compose.prod.yaml", "docker-compose.ci.yml" beside a file of the plain name.
bool is_beside_base(const std::string& name, const Files& files) {
  const std::string directory = directory_of(name);
  const std::string_view file = std::string_view(name).substr(name.rfind('/') + 1);
  for (const std::string_view base : {"compose", "docker-compose"}) {
    if (!file.starts_with(base) || file.size() == base.size() || file[base.size()] != '.') continue;
    const std::string_view rest = file.substr(base.size() + 1);
    if (rest.find('.') == std::string_view::npos) return false;  // is such a file itself
    for (const std::string_view ending : {".yaml", ".yml"}) {
      if (files.read(resolve_path(directory, std::string(base) + std::string(ending)))) return true;
    }
  }
  return false;
}

// A service of a file that stands alone names an image or how to build one.
bool has_part_of_service(const Value& model) {
  const Value* services = model.find("services");
  return services != nullptr && std::ranges::any_of(services->members, [](const Entry& entry) {
           return entry.value.is_map() &&
                  std::ranges::none_of(std::initializer_list<std::string_view>{"image", "build", "extends", "provider"},
                                       [&](std::string_view key) { return entry.value.find(key) != nullptr; });
         });
}

}  // namespace

void read(const std::vector<Input>& inputs, const Files& files, const Options& options, Subjects& subjects) {
  if (inputs.empty()) return;
  Context context(files, options, subjects);
  const std::string directory = directory_of(inputs.front().name);
  Environment environment = options.environment;
  // Without a .env there is nothing to add.
  if (const auto text = files.read(resolve_path(directory, ".env"))) read_dotenv(*text, environment);
  std::vector<std::string> chain;
  for (const Input& input : inputs) chain.push_back(resolve_path({}, input.name));
  ProjectLoader loader(context, directory, std::move(environment), std::move(chain));
  for (const Input& input : inputs) loader.add(input.name, input.text);
  const Value model = loader.finish();
  context.is_overlay = inputs.size() == 1 && (has_part_of_service(model) || is_beside_base(inputs.front().name, files));
  if (model.is_map()) read_project(context, model, loader.environment());
}

bool looks_like_compose(std::string_view text) {
  // Cheap first: most files that are asked about are something else.
  const auto holds = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if (!holds("services") && !holds("include") && !std::ranges::any_of(kSections, holds)) return false;
  if (!holds("apiVersion") && shows_services(text)) return true;
  const auto documents = yaml::parse_all("", text);
  return documents && !documents->roots.empty() && is_compose_root(documents->roots.front());
}

}  // namespace oakum::compose
