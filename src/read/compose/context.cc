#include "read/compose/context.h"

#include <utility>

#include "base/text.h"
#include "yaml/yaml.h"

namespace oakum::compose {

void Context::error(Error error) {
  if (++errors_ < kMaxErrors) subjects.errors.push_back(std::move(error));
  if (errors_ == kMaxErrors) {
    subjects.errors.push_back({ErrorCode::limit, "compose", "more than 1,000 errors; the rest is not shown", {}});
  }
}

void Context::error(const Value& at, std::string why, std::string todo, ErrorCode code) {
  error(at.source, at.span, std::move(why), std::move(todo), code);
}

void Context::error(std::uint32_t source, const Span& at, std::string why, std::string todo, ErrorCode code) {
  error(Error{code, place(source, at), std::move(why), std::move(todo)});
}

void Context::conflicts(const std::vector<Conflict>& found) {
  for (const Conflict& conflict : found) {
    error(conflict.source, conflict.span,
          "\"" + printable(conflict.path, 200) + "\" is of another kind in an earlier file");
  }
}

std::string Context::name(std::uint32_t source) const {
  const Source* found = subjects.source(source);
  return found == nullptr ? std::string() : found->name;
}

std::string Context::place(std::uint32_t source, const Span& at) const {
  return name(source) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

const std::string& Context::directory(std::uint32_t source) const {
  static const std::string kNone;
  const auto found = directories_.find(source);
  return found == directories_.end() ? kNone : found->second;
}

Origin Context::origin(const Value& value, const Span& span, std::string node) const {
  return {Surface::compose, value.source, span, std::move(node)};
}

bool Context::may_blank(std::size_t size) {
  blanked_ += size;
  return blanked_ <= kMaxBlanked;
}

bool Context::may_copy(const Value& value) {
  const bool could = copied_ <= kMaxCopied;
  copied_ += count_nodes(value);
  if (copied_ <= kMaxCopied) return true;
  if (could) error(value, "services that extend others copy more than 1,000,000 values", {}, ErrorCode::limit);
  return false;
}

// Members are looked up by walking over them: that must not become quadratic in a file's size.
void Context::cut_sections(Value& root) {
  for (Entry& entry : root.members) {
    if (entry.value.members.size() <= kMaxMembers) continue;
    error(entry.value.source, entry.value.key, "more than 10,000 members; the rest is not read", {}, ErrorCode::limit);
    entry.value.members.resize(kMaxMembers);
  }
}

std::vector<Value> Context::documents(std::string name, std::string text, std::string directory,
                                      const Environment& environment) {
  ++files_;
  const std::uint32_t source = subjects.add_source(std::move(name), std::move(text));
  sources.push_back(source);
  directories_[source] = std::move(directory);
  auto parsed = yaml::parse_all(subjects.sources.back().name, subjects.sources.back().text);
  if (!parsed) {
    error(std::move(parsed.error()));
    return {};
  }
  const Interpolate expand = [&](Value& value) {
    Interpolated result = interpolate(value.text, environment);
    if (!result.problem.empty()) {
      error(value, std::move(result.problem), "write $$ for a dollar sign");
    }
    value.text = std::move(result.text);
    value.known = result.known;
  };
  std::vector<Value> roots;
  for (yaml::Node& root : parsed->roots) {
    if (root.kind == yaml::Node::Kind::mapping) {
      roots.push_back(from_yaml(std::move(root), source, expand));
      cut_sections(roots.back());
    } else {
      error(source, root.span, "a Compose file is a mapping of keys");
    }
  }
  return roots;
}

bool Context::may_read(const Value& asked) {
  if (files_ < kMaxFiles) return true;
  error(asked, "more than 100 Compose files belong together", {}, ErrorCode::limit);
  return false;
}

std::optional<std::vector<Value>> Context::file(const std::string& path, const std::string& directory,
                                                const Environment& environment, const Value& asked) {
  if (!may_read(asked)) return std::nullopt;
  auto text = files.read(path);
  if (!text) {
    error(std::move(text.error()).in(place(asked.source, asked.span)));
    return std::nullopt;
  }
  return documents(path, std::move(*text), directory, environment);
}

}  // namespace oakum::compose
