// RUN --mount: https://docs.docker.com/reference/dockerfile/#run---mount
#include <algorithm>

#include "base/text.h"
#include "read/dockerfile/flags.h"

namespace oakum::dockerfile {

namespace {

struct Key {
  std::string_view name;
  bool bare = false;  // may stand without value
};

constexpr Key kKeys[] = {
    {"type"},        {"from"},
    {"source"},      {"src"},
    {"target"},      {"dst"},
    {"destination"}, {"readonly", true},
    {"ro", true},    {"readwrite", true},
    {"rw", true},    {"id"},
    {"sharing"},     {"required", true},
    {"size"},        {"mode"},
    {"uid"},         {"gid"},
    {"env"},
};

std::string quoted(std::string_view text) { return "\"" + printable(text, 60) + "\""; }

std::string key_problem(std::string_view key, bool has_value) {
  const auto* known = std::ranges::find(kKeys, key, &Key::name);
  if (known == std::end(kKeys)) {
    std::vector<std::string_view> names;
    for (const Key& row : kKeys) names.push_back(row.name);
    const std::string_view near = nearest(key, names);
    return "option " + quoted(key) + " is not known" +
           (near.empty() ? "" : "; did you mean \"" + std::string(near) + "\"");
  }
  return has_value || known->bare ? "" : "option " + quoted(key) + " has no value";
}

// CSV fields: "…" keeps commas in; "" is a quote.
std::vector<std::string> fields(std::string_view text) {
  std::vector<std::string> all(1);
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '"') {
      if (inside && at + 1 < text.size() && text[at + 1] == '"')
        all.back() += text[++at];
      else
        inside = !inside;
    } else if (byte == ',' && !inside) {
      all.emplace_back();
    } else {
      all.back() += byte;
    }
  }
  return all;
}

bool has_target(const InstructionFlag& flag) {
  return flag.option("target") != nullptr || flag.option("dst") != nullptr || flag.option("destination") != nullptr;
}

}  // namespace

std::string read_mount(InstructionFlag& flag) {
  std::string problem;
  for (const std::string& field : fields(flag.value)) {
    const std::size_t equals = field.find('=');
    std::string key = to_lower(std::string_view(field).substr(0, equals));
    const bool has_value = equals != std::string::npos;
    std::string value = has_value ? field.substr(equals + 1) : "";
    if (problem.empty()) problem = key_problem(key, has_value);
    flag.options.emplace_back(std::move(key), std::move(value));
  }
  if (!problem.empty()) return "\"--mount\": " + problem;
  const std::string* type = flag.option("type");
  const std::string kind = type == nullptr ? "bind" : to_lower(*type);
  constexpr std::string_view kTypes[] = {"bind", "cache", "tmpfs", "secret", "ssh"};
  if (!kind.contains('$') && std::ranges::find(kTypes, kind) == std::end(kTypes)) {
    return "\"--mount\": type " + quoted(kind) + " is not known; it has bind, cache, tmpfs, secret, ssh";
  }
  if ((kind == "bind" || kind == "cache" || kind == "tmpfs") && !has_target(flag)) {
    return "\"--mount\": has no target; add target=PATH";
  }
  if (flag.option("from") != nullptr && flag.option("from")->contains('$')) {
    return "\"--mount\": from takes no variable; name a stage FROM it";
  }
  return "";
}

}  // namespace oakum::dockerfile
