#include <algorithm>
#include <iterator>

#include "fix/workload/secret_file.h"
#include "fix/workload/secret_object.h"
#include "fix/workload/start_with_secret.h"

namespace oakum::fix::workload {

namespace {

using Variable = Stated<EnvironmentVariable>;

const Variable* variable_at(const Workload& workload, const Origin& place) {
  const auto& all = workload.environment.items;
  const auto found = std::ranges::find_if(all, [&](const Variable& item) { return item.origin == place; });
  return found == all.end() ? nullptr : &*found;
}

bool states(const Workload& workload, std::string_view name) {
  return std::ranges::any_of(workload.environment, [&](const Variable& item) { return item.value.name == name; });
}

constexpr const char* kByHand =
    "keep it in a file that only you can read, and give it with --env-file, or as a mounted file where the program "
    "reads "
    "one; what was written here is known: change it";

// Is it written here as it is, and not made of variables?
bool is_written(const ComposeService& service, const YamlPath& path, std::string_view value) {
  const yaml::Node* node = service.editor.find(path);
  if (node == nullptr) return false;
  std::string text;
  for (std::size_t i = 0; i < node->text().size(); ++i) {
    text += node->text()[i];
    if (node->text().substr(i, 2) == "$$") ++i;
  }
  return text.ends_with(value);
}

Done read_from_file(ComposeService& service, const YamlPath& path, std::string_view name, const SecretFile& secret) {
  if (path.back().index) return service.editor.set(path, YamlValue(std::string(name) + "=" + secret.mounted));
  YamlPath twin = path;
  twin.back().key = name;
  if (auto done = service.editor.set(twin, YamlValue(secret.mounted)); !done) return done;
  return service.editor.remove(path, service.path.size());
}

Planned in_compose(const Workload& workload, const Variable& item, const Context& context) {
  const EnvironmentVariable& variable = item.value;
  if (item.origin.source != workload.origin.source || variable.from != EnvironmentVariable::From::literal)
    return refuse("it comes from another file: take it out there, and give it as a file below `secrets:`");
  auto service = open_service(workload, context);
  if (!service) return std::unexpected(std::move(service.error()));
  const auto path = service->editor.path_of(item.origin.span);
  if (!path || path->size() != service->path.size() + 2) return refuse("it is written in a way that is not edited");
  if (!variable.value || !is_written(*service, *path, *variable.value))
    return refuse("its value comes from a variable: put it into a file, and give that below `secrets:`");
  const SecretFile secret = secret_file(workload, variable.name);
  Answer result{.changes = {}, .edits = {}, .safety = {}, .note = {}, .secret = true};
  Done done = give_as_file(*service, secret, *variable.value, result.edits);
  const ImageNeeds* needs = known_needs(workload, context.subjects);
  const bool reads = needs != nullptr && needs->reads_from_file(variable.name);
  const std::string twin = reads ? variable.name + std::string(needs->file_suffix) : "";
  if (done && reads && states(workload, twin)) return refuse("both " + variable.name + " and " + twin + " are set");
  if (done && reads) done = read_from_file(*service, *path, twin, secret);
  if (done && !reads) done = service->editor.remove(*path, service->path.size());
  if (done && !reads) done = start_with_secret(*service, workload, context, variable.name, secret);
  if (!done) return std::unexpected(std::move(done.error()));
  std::ranges::move(service->editor.edits(), std::back_inserter(result.edits));
  result.note = "the value is in the history of this file: change it";
  if (!reads)
    result.note += ", and let the program read " + secret.mounted + " itself, for its environment holds it yet";
  return result;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto about = subject_of(finding, context);
  if (!about) return std::unexpected(about.error());
  if (is_run_line(**about)) return refuse(kByHand);
  const Variable* item = variable_at(**about, finding.origin);
  if (item == nullptr) return refuse("the variable is not among those that were read");
  if (is_kubernetes(**about)) return secret_of_its_own(**about, *item, context);
  return in_compose(**about, *item, context);
}

}  // namespace

extern constinit const Remedy secret_in_env{"secret-in-env", plan};

}  // namespace oakum::fix::workload
