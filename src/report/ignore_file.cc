// Ignore files as people already have them: .trivyignore, .trivyignore.yaml, and `ignore:` of .oakum.yaml.
#include <algorithm>

#include "base/fd.h"
#include "base/text.h"
#include "report/select.h"
#include "yaml/yaml.h"

namespace oakum::report {

namespace {

constexpr std::size_t kMaxBytes = 1 << 20;

bool is_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = parse_number<unsigned>(text.substr(0, 4));
  const auto month = parse_number<unsigned>(text.substr(5, 2));
  const auto day = parse_number<unsigned>(text.substr(8, 2));
  return year && month && day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
}

std::string place(std::string_view name, std::size_t line) { return std::string(name) + ":" + std::to_string(line); }

// `CVE-2024-1 exp:2026-01-31 # why`; the comment is taken as the reason.
void parse_line(std::string_view name, std::size_t number, std::string_view line, IgnoreFile& file) {
  IgnoreRule rule{.by = place(name, number)};
  if (const std::size_t hash = line.find('#'); hash != std::string_view::npos) {
    rule.reason = std::string(trim(line.substr(hash + 1)));
    line = line.substr(0, hash);
  }
  line = trim(line);
  while (!line.empty()) {
    const std::string_view word = next_field(line, ' ');
    line = trim(line);
    if (word.starts_with("exp:")) {
      rule.expires = std::string(word.substr(4));
    } else if (rule.ids.empty()) {
      rule.ids.emplace_back(word);
    } else {
      file.errors.push_back(Error{ErrorCode::invalid, rule.by, "unexpected \"" + printable(word, 80) + "\"",
                                  "one id a line, then optionally exp:YYYY-MM-DD"});
      return;
    }
  }
  if (!rule.expires.empty() && !is_iso_date(rule.expires)) {
    file.errors.push_back(Error{ErrorCode::invalid, rule.by, "\"" + printable(rule.expires, 40) + "\" is not a date",
                                "write exp:YYYY-MM-DD"});
    return;
  }
  if (!rule.ids.empty()) file.rules.push_back(std::move(rule));
}

IgnoreFile parse_plain(std::string_view name, std::string_view text) {
  IgnoreFile file;
  std::size_t number = 0;
  while (const auto line = next_line(text)) parse_line(name, ++number, *line, file);
  return file;
}

std::vector<std::string> any_of(const yaml::Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const yaml::Node* found = node.find(key)) return found->strings();
  }
  return {};
}

std::string first_of(const yaml::Node& node, std::initializer_list<std::string_view> keys) {
  const std::vector<std::string> values = any_of(node, keys);
  return values.empty() ? std::string() : values.front();
}

constexpr std::string_view kKnownKeys[] = {"id",         "ids",    "vulnerability", "package", "packages",
                                           "purl",       "purls",  "path",          "paths",   "expires",
                                           "expired_at", "reason", "statement"};

void parse_entry(std::string_view name, const yaml::Node& entry, IgnoreFile& file) {
  IgnoreRule rule{.by = place(name, entry.span.line)};
  if (entry.kind == yaml::Node::Kind::scalar) {
    rule.ids = entry.strings();
    file.rules.push_back(std::move(rule));
    return;
  }
  if (entry.find("rule") != nullptr || entry.find("rules") != nullptr) return;  // about a check: check/config.h
  for (const yaml::Member& member : entry.members) {
    if (std::ranges::find(kKnownKeys, member.key) == std::end(kKnownKeys)) {
      file.errors.push_back(Error{ErrorCode::invalid, place(name, member.key_span.line),
                                  "unknown key \"" + printable(member.key, 80) + "\"",
                                  "use id, package, purls, paths, expires and reason"});
      return;
    }
  }
  rule.ids = any_of(entry, {"id", "ids", "vulnerability"});
  rule.packages = any_of(entry, {"package", "packages"});
  rule.purls = any_of(entry, {"purls", "purl"});
  rule.paths = any_of(entry, {"paths", "path"});
  rule.expires = first_of(entry, {"expires", "expired_at"});
  rule.reason = first_of(entry, {"reason", "statement"});
  if (rule.ids.empty() && rule.packages.empty() && rule.purls.empty() && rule.paths.empty()) {
    file.errors.push_back(
        Error{ErrorCode::invalid, rule.by, "names nothing to ignore", "give an id, package, purl or path"});
  } else if (!rule.expires.empty() && !is_iso_date(rule.expires.substr(0, 10))) {
    file.errors.push_back(Error{ErrorCode::invalid, rule.by, "\"" + printable(rule.expires, 40) + "\" is not a date",
                                "write YYYY-MM-DD"});
  } else {
    rule.expires = rule.expires.substr(0, 10);
    file.rules.push_back(std::move(rule));
  }
}

// .trivyignore.yaml has its lists under kinds of finding; .oakum.yaml has one list, `ignore`.
IgnoreFile parse_structured(std::string_view name, std::string_view text) {
  IgnoreFile file;
  if (text.size() > kMaxBytes) {
    file.errors.push_back({ErrorCode::limit, std::string(name), "larger than 1 MiB", {}});
    return file;
  }
  auto root = yaml::parse(name, text);
  if (!root) {
    file.errors.push_back(std::move(root.error()));
    return file;
  }
  for (const std::string_view key : {"vulnerabilities", "ignore"}) {
    const yaml::Node* list = root->find(key);
    if (list == nullptr || list->kind == yaml::Node::Kind::null) continue;
    if (list->kind != yaml::Node::Kind::sequence) {
      file.errors.push_back(
          Error{ErrorCode::invalid, place(name, list->span.line), "\"" + std::string(key) + "\" is not a list", {}});
      continue;
    }
    for (const yaml::Node& entry : list->items) parse_entry(name, entry, file);
  }
  return file;
}

}  // namespace

IgnoreFile parse_ignore_file(std::string_view name, std::string_view text) {
  return name.ends_with(".yaml") || name.ends_with(".yml") ? parse_structured(name, text) : parse_plain(name, text);
}

Result<IgnoreFile> read_ignore_file(const std::string& path) {
  OAKUM_TRY(const std::string text, read_file(path, kMaxBytes));
  return parse_ignore_file(path, text);
}

}  // namespace oakum::report
