// What the container is told: variables, labels, annotations.
#include <array>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/compose/dotenv.h"
#include "read/compose/paths.h"
#include "read/compose/readers.h"

namespace oakum::compose {

namespace {

void read_environment(Service& service, const Value& value) {
  List<EnvironmentVariable>& list = service.workload.environment;
  list.stated = true;
  list.origin = key_origin(service, value, "environment");
  for (Pair& pair : pairs(service, value, "environment")) {
    EnvironmentVariable variable;
    const std::string node = service.path + ".environment." + pair.name;
    variable.name = std::move(pair.name);
    // A name alone takes the value that it has where `docker compose` runs.
    variable.from = pair.text ? EnvironmentVariable::From::literal : EnvironmentVariable::From::host;
    variable.value = std::move(pair.text);
    list.add(std::move(variable), service.context.origin(*pair.at, pair.at->statement(), node), pair.at->known);
  }
}

// Read once for all services; nullptr, told, when there are too many.
const EnvFile* env_file(Service& service, const Value& path, bool raw) {
  Context& context = service.context;
  const std::string resolved = resolve_path(context.directory(path.source), path.text);
  const std::string key = (raw ? "raw:" : "") + resolved;
  if (const auto found = context.env_files.find(key); found != context.env_files.end()) return &found->second;
  if (context.env_files.size() >= kMaxEnvFiles) {
    context.error(path, "more than 1,000 files of env_file", {}, ErrorCode::limit);
    return nullptr;
  }
  EnvFile& file = context.env_files[key];
  if (auto text = context.files.read(resolved)) {
    file.lines = dotenv_lines(*text, service.environment, raw, kMaxFileVariables);
    file.source = context.subjects.add_source(resolved, std::move(*text));
  } else {
    file.error = std::move(text.error());
  }
  return &file;
}

// What stands in `environment`, or in a file named later, wins.
class FileVariables {
 public:
  FileVariables(Service& service, const EnvFile& file, const std::string& path)
      : service_(service), file_(file), path_(path) {}

  void add() {
    std::size_t& left = service_.context.file_variables_left;
    const Source* source = service_.context.subjects.source(file_.source);
    if (source == nullptr || left == 0) return;
    const LineIndex lines(source->text);
    for (const DotenvLine& line : file_.lines) {
      if (left == 0) return;
      if (--left == 0) {
        service_.context.error(file_.source, lines.span(line.begin, line.end),
                               "more than 100,000 variables of env_file; the rest is not read", {}, ErrorCode::limit);
      }
      add(line, lines.span(line.begin, line.end));
    }
  }

 private:
  void add(const DotenvLine& line, const Span& where) {
    EnvironmentVariable variable{line.name, line.value.text, EnvironmentVariable::From::file, path_};
    Origin origin{Surface::compose, file_.source, where, service_.path + ".env_file." + line.name};
    service_.workload.environment.add(std::move(variable), std::move(origin), line.value.known);
  }

  Service& service_;
  const EnvFile& file_;
  const std::string& path_;
};

// The last statement of a name that a file makes; none where `environment` says it too.
void drop_overridden(List<EnvironmentVariable>& list) {
  std::set<std::string> named;
  for (const Stated<EnvironmentVariable>& item : list.items) {
    if (item.value.from != EnvironmentVariable::From::file) named.insert(item.value.name);
  }
  std::vector<Stated<EnvironmentVariable>> kept;
  for (auto item = list.items.rbegin(); item != list.items.rend(); ++item) {
    const bool file = item->value.from == EnvironmentVariable::From::file;
    if (!file || named.insert(item->value.name).second) kept.push_back(std::move(*item));
  }
  list.items.assign(std::make_move_iterator(kept.rbegin()), std::make_move_iterator(kept.rend()));
}

void read_variables(Service& service, const Value& item, const Value& path) {
  const Value* required = item.is_map() ? item.find("required") : nullptr;
  const Value* format = item.is_map() ? item.find("format") : nullptr;
  const EnvFile* file = env_file(service, path, format != nullptr && format->text == "raw");
  if (file == nullptr) return;
  if (!file->error) return FileVariables(service, *file, path.text).add();
  const bool optional = required != nullptr && !as_bool(*required).value_or(true);
  if (optional && file->error->code == ErrorCode::not_found) return;
  if (file->error->code == ErrorCode::not_found) {
    // Often left out of a repository on purpose: the file is not wrong, only what it sets is not judged.
    service.context.subjects.not_evaluated.push_back(
        {"secret-in-env", service.workload.subject,
         "env_file \"" + printable(path.text, 200) + "\" is not here to read",
         Origin{Surface::compose, path.source, path.span, {}}});
    return;
  }
  service.context.error(Error(*file->error).in(service.context.place(path.source, path.span)));
}

void add_env_file(Service& service, const Value& item, Origin where) {
  const Value* path = item.is_map() ? item.find("path") : &item;
  if (path == nullptr || !path->is_scalar()) return service.context.error(item, "\"env_file\" names no file");
  service.workload.env_files.add(path->text, std::move(where), path->known);
  if (path->known && !path->text.empty()) read_variables(service, item, *path);
}

void read_env_files(Service& service, const Value& value) {
  List<std::string>& list = service.workload.env_files;
  list.stated = true;
  list.origin = key_origin(service, value, "env_file");
  if (value.is_null()) return;
  if (!value.is_list()) return add_env_file(service, value, origin(service, value, "env_file"));
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    add_env_file(service, value.items[i], item_origin(service, value.items[i], "env_file", i));
  }
}

void read_env_file(Service& service, const Value& value) {
  read_env_files(service, value);
  drop_overridden(service.workload.environment);
}

constexpr std::array kKeys{
    Key{"environment", read_environment},
    Key{"env_file", read_env_file},
    pairs_key<"labels", &Workload::labels>,
    pairs_key<"annotations", &Workload::annotations>,
};

}  // namespace

Keys environment_keys() { return kKeys; }

}  // namespace oakum::compose
