// `include`: https://github.com/compose-spec/compose-spec/blob/main/14-include.md
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "read/compose/dotenv.h"
#include "read/compose/paths.h"
#include "read/compose/project_loader.h"

namespace oakum::compose {

namespace {

constexpr std::string_view kSections[] = {"services", "networks", "volumes", "secrets", "configs", "models"};

std::string quoted(std::string_view text) { return "\"" + printable(text, 200) + "\""; }

// A scalar, or the scalars of a list.
std::vector<const Value*> scalars(const Value* value) {
  std::vector<const Value*> result;
  if (value == nullptr) return result;
  if (value->is_scalar()) result.push_back(value);
  for (const Value& item : value->items) {
    if (item.is_scalar()) result.push_back(&item);
  }
  return result;
}

}  // namespace

Value ProjectLoader::finish() {
  if (const Value* found = model_.find("include")) {
    const Value list = *found;
    remove(model_, "include");
    if (!list.is_list()) context_.error(list, "\"include\" is a list of files");
    for (const Value& item : list.items) include(item);
  }
  return std::move(model_);
}

void ProjectLoader::include(const Value& item) {
  const std::vector<const Value*> paths = scalars(item.is_scalar() ? &item : item.find("path"));
  if (paths.empty()) return context_.error(item, "\"include\" names no file");
  for (const Value* path : paths) {
    if (!path->known) return context_.error(*path, "the file to include depends on a variable without a value");
    if (is_remote(path->text)) {
      return context_.error(*path, "a remote file is not read", {}, ErrorCode::unsupported);
    }
  }
  const std::string first = resolve_path(context_.directory(item.source), paths.front()->text);
  const auto seen = std::ranges::find(chain_, first);
  if (seen != chain_.end()) {
    std::string chain;
    for (auto i = seen; i != chain_.end(); ++i) chain += *i + " → ";
    return context_.error(*paths.front(), "files include each other in a circle: " + chain + first);
  }
  if (chain_.size() >= kMaxLevels) {
    return context_.error(*paths.front(), "more than 20 levels of include", {}, ErrorCode::limit);
  }
  include_files(item, paths, first);
}

void ProjectLoader::include_files(const Value& item, const std::vector<const Value*>& paths, const std::string& first) {
  const std::string& base = context_.directory(item.source);
  const Value* project = item.find("project_directory");
  const std::string directory =
      project != nullptr && project->is_scalar() ? resolve_path(base, project->text) : directory_of(first);
  Environment environment = environment_;
  const std::vector<const Value*> env_files = scalars(item.find("env_file"));
  for (const Value* env_file : env_files) {
    auto text = context_.files.read(resolve_path(base, env_file->text));
    if (text) {
      read_dotenv(*text, environment);
    } else {
      context_.error(std::move(text.error()).in(context_.place(env_file->source, env_file->span)));
    }
  }
  if (env_files.empty()) {
    // Without env_file the project's own .env is read where there is one.
    if (const auto text = context_.files.read(resolve_path(directory, ".env"))) read_dotenv(*text, environment);
  }
  std::vector<std::string> chain = chain_;
  chain.push_back(first);
  ProjectLoader loader(context_, directory, std::move(environment), std::move(chain));
  for (const Value* path : paths) {
    const std::string resolved = resolve_path(base, path->text);
    if (!context_.may_read(*path)) return;
    auto text = context_.files.read(resolved);
    if (!text) return context_.error(std::move(text.error()).in(context_.place(path->source, path->span)));
    loader.add(resolved, std::move(*text));
  }
  import(loader.finish(), item);
}

// What is included may not be declared here too: Compose refuses that, as it could mean either.
void ProjectLoader::import(Value included, const Value& asked) {
  for (const std::string_view section : kSections) {
    Value* from = included.find(section);
    if (from == nullptr || !from->is_map()) continue;
    Value& to = member(model_, section);
    for (Entry& entry : from->members) {
      const Value* own = to.find(entry.name);
      // Included along two ways.
      const auto is_same = [&](const Value& a, const Value& b) {
        return a.span == b.span && context_.name(a.source) == context_.name(b.source);
      };
      if (own != nullptr && is_same(*own, entry.value)) continue;
      if (own != nullptr) {
        context_.error(asked, "the included file declares " + quoted(std::string(section) + "." + entry.name) +
                                  " too, which stands at " + context_.place(own->source, own->key));
        continue;
      }
      Value& place = member(to, entry.name);
      place = std::move(entry.value);
    }
  }
}

}  // namespace oakum::compose
