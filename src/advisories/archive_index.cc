#include "advisories/archive_index.h"

#include <nlohmann/json.hpp>

#include "advisories/archive_packages.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kSchema = "oakum.debian-archive/1";
constexpr std::size_t kMaxPackages = 200'000;

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json to_json(const IndexedChangelog& package) {
  return {{"source", package.source},
          {"installed", package.installed},
          {"newest", package.newest},
          {"changelog", package.file},
          {"problem", package.problem}};
}

IndexedChangelog package_of(const Json& object) {
  return {text_of(object, "source"), text_of(object, "installed"), text_of(object, "newest"),
          text_of(object, "changelog"), text_of(object, "problem")};
}

bool is_plausible(const IndexedChangelog& package) {
  return is_source_name(package.source) && is_debian_version(package.newest) &&
         (package.file.empty() || package.file == changelog_file(package.source, package.newest));
}

}  // namespace

std::string to_json(const ArchiveIndex& index) {
  Json packages = Json::array();
  for (const IndexedChangelog& package : index.packages) packages.push_back(to_json(package));
  const Json document = {{"schema", kSchema},        {"ecosystem", index.ecosystem},
                         {"suite", index.suite},     {"mirror", index.mirror},
                         {"date", index.date},       {"verification", index.verification},
                         {"sources", index.sources}, {"packages", std::move(packages)}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<ArchiveIndex> parse_archive_index(std::string_view json, std::string_view name) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object() || text_of(document, "schema") != kSchema) {
    return fail(ErrorCode::invalid, std::string(name), "is not an index of the schema " + std::string(kSchema));
  }
  ArchiveIndex index{text_of(document, "ecosystem"),
                     text_of(document, "suite"),
                     text_of(document, "mirror"),
                     text_of(document, "date"),
                     text_of(document, "verification"),
                     0,
                     {}};
  if (const auto sources = document.find("sources"); sources != document.end() && sources->is_number_unsigned()) {
    index.sources = sources->get<std::size_t>();
  }
  const auto packages = document.find("packages");
  if (packages == document.end() || !packages->is_array() || packages->size() > kMaxPackages) {
    return fail(ErrorCode::invalid, std::string(name), "has no list of packages, or too long a one");
  }
  for (const Json& item : *packages) {
    if (!item.is_object()) continue;
    IndexedChangelog package = package_of(item);
    if (!is_plausible(package)) {
      return fail(ErrorCode::invalid, std::string(name), "names a package badly: " + printable(package.source, 200));
    }
    index.packages.push_back(std::move(package));
  }
  return index;
}

std::string changelog_file(std::string_view source, std::string_view version) {
  std::string file = std::string(source) + "_";
  for (const char c : version) c == ':' ? file += "%3a" : file += c;
  return file + ".changelog.gz";
}

}  // namespace oakum::advisories
