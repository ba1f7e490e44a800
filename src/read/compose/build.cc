// `build`, and the Dockerfile behind it: https://github.com/compose-spec/compose-spec/blob/main/build.md
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/compose/paths.h"
#include "read/compose/readers.h"
#include "read/dockerfile/dockerfile.h"

namespace oakum::compose {

namespace {

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found != nullptr && found->is_scalar() ? found->text : std::string();
}

// Of strings, or of mappings with `source` (secrets) or `id` (ssh); of a mapping, its keys.
std::vector<std::string> names_of(const Value& map, std::string_view key) {
  std::vector<std::string> result;
  const Value* found = map.find(key);
  if (found == nullptr) return result;
  if (found->is_scalar()) result.push_back(found->text);
  for (const Value& item : found->items) result.push_back(item.is_map() ? text_of(item, "source") : item.text);
  for (const Entry& entry : found->members) result.push_back(entry.name);
  return result;
}

Build build_of(const Value& value) {
  Build build;
  if (value.is_scalar()) {
    build.context = value.text;
    return build;
  }
  build.context = text_of(value, "context");
  build.dockerfile = text_of(value, "dockerfile");
  build.dockerfile_inline = text_of(value, "dockerfile_inline");
  build.target = text_of(value, "target");
  build.network = text_of(value, "network");
  if (const Value* privileged = value.find("privileged")) build.privileged = as_bool(*privileged).value_or(false);
  build.secrets = names_of(value, "secrets");
  build.ssh = names_of(value, "ssh");
  build.entitlements = names_of(value, "entitlements");
  build.platforms = names_of(value, "platforms");
  return build;
}

bool is_known(const Value& value, std::initializer_list<std::string_view> keys) {
  return value.known && std::ranges::all_of(keys, [&](std::string_view key) {
           const Value* found = value.find(key);
           return found == nullptr || found->known;
         });
}

// Into `build.args` as stated; what the builder will get of them is returned.
std::vector<std::pair<std::string, std::string>> read_args(Service& service, const Value& value, Build& build) {
  std::vector<std::pair<std::string, std::string>> given;
  const Value* args = value.find("args");
  if (args == nullptr) return given;
  for (const Pair& pair : pairs(service, *args, "build.args")) {
    build.args.add({pair.name, pair.text.value_or("")},
                   service.context.origin(*pair.at, pair.at->statement(), service.path + ".build.args." + pair.name),
                   pair.at->known);
    // A name alone takes its value from the environment of who builds.
    const auto from = service.context.options.environment.find(pair.name);
    const bool inherited = !pair.text && from != service.context.options.environment.end();
    if (pair.text && pair.at->known) given.emplace_back(pair.name, *pair.text);
    if (inherited) given.emplace_back(pair.name, from->second);
  }
  return given;
}

// A Dockerfile that could not be read, which was told.
constexpr std::size_t kUnread = static_cast<std::size_t>(-1);

struct Wanted {
  std::string name;  // of the source
  std::string context;
  dockerfile::Options options;
};

// Services may share a Dockerfile: it is read once for the same arguments and target.
std::string identity(const Wanted& wanted) {
  std::string result = wanted.name + '\0' + wanted.context + '\0' + wanted.options.target;
  for (const auto& [name, value] : wanted.options.build_args) result += '\0' + name + '=' + value;
  return result;
}

std::size_t add_dockerfile(Subjects& subjects, const Wanted& wanted, std::uint32_t source, std::string_view text) {
  Dockerfile file = dockerfile::read(text, source, wanted.options);
  file.context = wanted.context;
  file.target = wanted.options.target;
  file.build_args = wanted.options.build_args;
  subjects.dockerfiles.push_back(std::move(file));
  return subjects.dockerfiles.size() - 1;
}

std::size_t add_source(Subjects& subjects, const Wanted& wanted, std::string text) {
  const std::uint32_t number = subjects.add_source(wanted.name, std::move(text));
  return add_dockerfile(subjects, wanted, number, subjects.sources.back().text);
}

// The Compose file with all but the Dockerfile in it blanked out, so that what is found has its true place. Builders
// skip the indentation; where they would not (documents, directives) or where Compose unescapes dollar signs it is "".
std::string in_place(const Source& source, const Value& inlined) {
  const std::string_view raw =
      std::string_view(source.text).substr(inlined.span.begin, inlined.span.end - inlined.span.begin);
  const std::size_t header = raw.find('\n');
  if (!raw.starts_with('|') || header == std::string_view::npos) return {};
  const std::string_view content = raw.substr(header);
  if (content.find('$') != std::string_view::npos || content.find("<<") != std::string_view::npos) return {};
  if (trim(content).starts_with('#')) return {};
  std::string text = source.text.substr(0, inlined.span.end);
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(inlined.span.begin + header);
  std::replace_if(text.begin(), end, [](char c) { return c != '\n'; }, ' ');
  return text + "\n";
}

void read_inline(Service& service, const Value& inlined, Wanted wanted, Build& build) {
  Subjects& subjects = service.context.subjects;
  const Source* source = subjects.source(inlined.source);
  if (source != nullptr && service.context.may_blank(source->text.size())) {
    if (const std::string text = in_place(*source, inlined); !text.empty()) {
      build.read = add_dockerfile(subjects, wanted, inlined.source, text);
      return;
    }
  }
  wanted.name = service.context.name(inlined.source) + " (" + service.path + ".build.dockerfile_inline)";
  build.read = add_source(subjects, wanted, inlined.text);
  subjects.sources.back().derived = true;
}

void read_file(Service& service, const Value& asked, Wanted wanted, Build& build) {
  wanted.name =
      resolve_path(wanted.context, build.dockerfile.empty() ? std::string_view("Dockerfile") : build.dockerfile);
  const auto [known, is_new] = service.context.builds.try_emplace(identity(wanted), kUnread);
  if (!is_new) {
    if (known->second != kUnread) build.read = known->second;
    return;
  }
  auto text = service.context.files.read(wanted.name);
  if (text) {
    build.read = known->second = add_source(service.context.subjects, wanted, std::move(*text));
  } else {
    service.context.error(std::move(text.error()).in(service.context.place(asked.source, asked.span)));
  }
}

void read_dockerfile(Service& service, const Value& value, std::vector<std::pair<std::string, std::string>> args,
                     Build& build) {
  if (!service.context.options.read_builds || is_remote(build.context)) return;
  if (!is_known(value, {"context", "dockerfile", "target"})) return;
  const Value* context = value.find("context");
  const std::uint32_t source = context == nullptr ? value.source : context->source;
  const std::string directory = resolve_path(service.context.directory(source), build.context);
  Wanted wanted{{}, directory, {std::move(args), build.target}};
  const Value* inlined = value.find("dockerfile_inline");
  if (inlined != nullptr && inlined->is_scalar()) {
    if (inlined->known) read_inline(service, *inlined, std::move(wanted), build);
    return;
  }
  const Value* named = value.find("dockerfile");
  read_file(service, named != nullptr ? *named : context != nullptr ? *context : value, std::move(wanted), build);
}

void read_build(Service& service, const Value& value) {
  if (value.is_null()) return;
  if (value.is_list()) return service.context.error(value, "\"build\" is a path or a mapping");
  leave_unmodelled(service, value, "build",
                   {"context", "dockerfile", "dockerfile_inline", "target", "network", "privileged", "secrets", "ssh",
                    "entitlements", "platforms", "args"});
  Build build = build_of(value);
  auto args = read_args(service, value, build);
  read_dockerfile(service, value, std::move(args), build);
  service.workload.build.state(std::move(build), key_origin(service, value, "build"), is_known(value, {"context"}));
}

constexpr std::array kKeys{Key{"build", read_build}};

}  // namespace

Keys build_keys() { return kKeys; }

}  // namespace oakum::compose
