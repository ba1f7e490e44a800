#include "advisories/feeds/updateinfo.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "advisories/changelog.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/xml.h"
#include "base/text.h"
#include "model/distribution.h"

namespace oakum::advisories {

namespace {

constexpr ArchiveLimits kLimits = {.member_bytes = 512U << 20, .total_bytes = 512U << 20};
constexpr std::size_t kMaxUpdates = 500'000;
constexpr std::size_t kMaxPackages = 50'000;  // of one notice

std::string_view text_of(pugi::xml_node parent, const char* name) { return trim(parent.child_value(name)); }
std::string_view attribute(pugi::xml_node node, const char* name) { return node.attribute(name).as_string(); }

// Fedora names the CVE in the title of the bug, the others in the reference's id.
void read_references(pugi::xml_node references, Update& update) {
  std::string ids;
  for (const pugi::xml_node node : references.children("reference")) {
    ids.append(attribute(node, "id")).append("\n").append(attribute(node, "title")).append("\n");
    if (attribute(node, "href").starts_with("http")) update.references.push_back(attribute(node, "href"));
  }
  update.cves = cve_ids(ids);
}

std::string module_of(pugi::xml_node collection) {
  const pugi::xml_node module = collection.child("module");
  if (!module) return {};
  return std::string(attribute(module, "name")) + ":" + std::string(attribute(module, "stream"));
}

bool read_packages(pugi::xml_node list, Update& update) {
  for (const pugi::xml_node collection : list.children("collection")) {
    const std::string module = module_of(collection);
    for (const pugi::xml_node node : collection.children("package")) {
      if (update.packages.size() >= kMaxPackages) return false;
      UpdatePackage package{attribute(node, "name"),    attribute(node, "epoch"), attribute(node, "version"),
                            attribute(node, "release"), attribute(node, "arch"),  module};
      if (package.arch == "src" || package.arch == "nosrc") continue;
      update.packages.push_back(std::move(package));
    }
  }
  return true;
}

Update update_of(pugi::xml_node node) {
  Update update;
  update.id = text_of(node, "id");
  update.type = attribute(node, "type");
  update.title = text_of(node, "title");
  update.severity = text_of(node, "severity");
  update.issued = attribute(node.child("issued"), "date");
  update.updated = attribute(node.child("updated"), "date");
  update.description = text_of(node, "description");
  read_references(node.child("references"), update);
  return update;
}

// One claim per package and version, with all of its architectures.
using Shipped = std::map<std::tuple<std::string_view, std::string, std::string_view>, std::vector<std::string>>;

Shipped shipped_by(const Update& update) {
  Shipped shipped;
  for (const UpdatePackage& package : update.packages) {
    auto& arches = shipped[{package.name, evr_text(package.epoch, package.version, package.release), package.module}];
    if (std::ranges::find(arches, package.arch) == arches.end()) arches.emplace_back(package.arch);
  }
  for (auto& [key, arches] : shipped) std::ranges::sort(arches);
  return shipped;
}

void describe(const Update& update, std::string_view id, const UpdateScope& scope, FeedSink& sink) {
  VulnerabilityRecord record;
  record.id = id;
  if (update.cves.size() <= 1) {  // else severity and texts are the notice's
    record.title = update.title;
    record.description = update.description;
    record.severities.push_back(
        {std::string(scope.source), parse_severity(update.severity).value_or(Severity::unknown), {}});
    record.references.assign(update.references.begin(), update.references.end());
  }
  sink.vulnerability(std::move(record));
}

bool accepts(std::string_view path) { return path.starts_with("updateinfo/") && is_updateinfo(path); }

// "updateinfo/alma/9/baseos/updateinfo.xml.gz" → "alma:9"
std::optional<std::string> ecosystem_of_path(std::string_view path) {
  next_field(path, '/');
  const std::string_view family = next_field(path, '/');
  const std::string_view release = next_field(path, '/');
  if (path.empty() || scheme_of(family) != VersionScheme::rpm) return std::nullopt;
  return std::string(family) + ":" + std::string(release);
}

Status read(const FeedFile& file, FeedSink& sink) {
  const auto ecosystem = ecosystem_of_path(file.path);
  if (!ecosystem) {
    return fail(ErrorCode::invalid, file.path, "does not say which distribution it is of",
                "keep it as updateinfo/FAMILY/RELEASE/REPOSITORY/updateinfo.xml.gz, for example updateinfo/alma/9/…");
  }
  return read_updates(file, {*ecosystem, ecosystem->substr(0, ecosystem->find(':')), {}}, sink);
}

}  // namespace

Status read_updateinfo(const FeedFile& file, FeedSink& sink, const UpdateVisitor& visit) {
  OAKUM_TRY(Document document, Document::read(file.disk, file.path, kLimits));
  pugi::xml_document xml;
  OAKUM_CHECK(parse_xml(document, file.path, xml));
  const pugi::xml_node root = xml.child("updates");
  if (!root) return fail(ErrorCode::invalid, file.path, "is not an updateinfo document");
  std::size_t count = 0;
  for (const pugi::xml_node node : root.children("update")) {
    if (++count > kMaxUpdates) return fail(ErrorCode::limit, file.path, "has more than 500,000 notices");
    Update update = update_of(node);
    if (!read_packages(node.child("pkglist"), update)) {
      sink.problem(file.path + ": " + printable(update.id, 200), "has more than 50,000 packages; the rest is left out");
    }
    visit(update);
  }
  return {};
}

std::string evr_text(std::string_view epoch, std::string_view version, std::string_view release) {
  std::string text;
  if (!epoch.empty() && epoch != "0" && epoch != "(none)") text.append(epoch).push_back(':');
  text.append(version);
  if (!release.empty()) text.append("-").append(release);
  return text;
}

void claim_update(const Update& update, const UpdateScope& scope, FeedSink& sink) {
  std::vector<std::string> ids = update.cves;
  if (ids.empty() && update.type == "security" && !update.id.empty()) ids.emplace_back(update.id);
  if (ids.empty()) return;
  for (const auto& [key, arches] : shipped_by(update)) {
    const auto& [name, evr, module] = key;
    if (name.empty() || evr.empty() || evr.front() == '-') {
      sink.problem(printable(update.id, 200), "has a package without name or version");
      continue;
    }
    Claim claim;
    claim.ecosystem = scope.ecosystem;
    claim.package = name;
    claim.advisory = update.id;
    claim.status = FixStatus::fixed;
    claim.severity = parse_severity(update.severity).value_or(Severity::unknown);
    claim.ranges = {AffectedRange{{}, evr, {}}};
    claim.module = module;
    claim.arches = arches;
    claim.channel = scope.channel;
    for (const std::string& id : ids) {
      claim.vulnerability = id;
      sink.claim(claim);
    }
  }
  for (const std::string& id : ids) describe(update, id, scope, sink);
}

Status read_updates(const FeedFile& file, const UpdateScope& scope, FeedSink& sink) {
  std::string newest;
  OAKUM_CHECK(read_updateinfo(file, sink, [&](const Update& update) {
    newest = std::max(newest, std::string(std::max(update.issued, update.updated).substr(0, 10)));
    claim_update(update, scope, sink);
  }));
  sink.covers(scope.ecosystem);
  if (newest.size() == 10 && newest[4] == '-') sink.dated(newest);
  return {};
}

Status read_updates_of(const FeedFile& file, std::string_view family, std::string channel, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string_view release = next_field(path, '/');
  if (path.empty()) return fail(ErrorCode::invalid, file.path, "does not say its release in its path");
  return read_updates(file, {std::string(family) + ":" + std::string(release), family, std::move(channel)}, sink);
}

bool is_updateinfo(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t at = name.find("updateinfo.xml");
  return at != std::string_view::npos && name.find('/', at) == std::string_view::npos;
}

const Feed kUpdateinfoFeed = {
    .name = "updateinfo",
    .title = "updateinfo.xml of yum and dnf mirrors",
    .licence = "as the mirror's distribution says",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
};

}  // namespace oakum::advisories
