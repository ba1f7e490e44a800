#include "fix/workload/secret_file.h"

#include <algorithm>

#include "base/text.h"
#include "fix/kit/text.h"

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kDirectory = "secrets/";

std::string plain_name(std::string_view text) {
  std::string name = to_lower(text);
  std::ranges::replace_if(
      name, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'); }, '_');
  return name;
}

// An earlier secret brought the directory's .gitignore.
bool has_directory(const ComposeProject& project) {
  return std::ranges::any_of(project.secrets, [](const ComposeSecret& secret) {
    return secret.file && secret.file->find(kDirectory) != std::string::npos;
  });
}

}  // namespace

SecretFile secret_file(const Workload& workload, std::string_view variable) {
  const std::string service = plain_name(workload.name) + "_";
  std::string name = plain_name(variable);
  if (!name.starts_with(service)) name.insert(0, service);  // MONGO_PASSWORD of "mongo" says it already
  std::string mounted = "/run/secrets/" + name;
  return {std::move(name), std::move(mounted)};
}

Done give_as_file(ComposeService& service, const SecretFile& secret, std::string_view value, std::vector<Edit>& files) {
  if (service.editor.find({"secrets", secret.name}) != nullptr)
    return refuse("there is a secret " + quoted(secret.name) + " already");
  const std::string file = std::string(kDirectory) + secret.name + ".txt";
  const YamlValue granted = YamlValue::map({{"source", secret.name}});
  if (auto done = append_name(service, "secrets", secret.name, granted); !done) return done;
  if (auto done = service.editor.set({"secrets", secret.name, "file"}, YamlValue("./" + file)); !done) return done;
  files.push_back(new_file(service.directory + file, std::string(value) + "\n"));
  if (!has_directory(*service.project))
    files.push_back(new_file(service.directory + std::string(kDirectory) + ".gitignore", "*\n"));
  return {};
}

}  // namespace oakum::fix::workload
