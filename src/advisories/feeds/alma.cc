// AlmaLinux: errata.json of each release, https://errata.almalinux.org/.
#include <deque>
#include <string>

#include <simdjson.h>

#include "advisories/changelog.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

namespace dom = simdjson::dom;

constexpr ArchiveLimits kLimits = {.member_bytes = 512U << 20, .total_bytes = 512U << 20};
constexpr std::size_t kMaxPackages = 50'000;  // of one notice

// "alma/9/errata.json.gz"
bool accepts(std::string_view path) {
  return path.starts_with("alma/") && path.find("/errata.") != std::string_view::npos &&
         path.find(".json") != std::string_view::npos;
}

std::string_view text(dom::element object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

// The epoch is a number in some records and a string in others.
std::string epoch_of(dom::element package) {
  std::int64_t number = 0;
  if (package["epoch"].get(number) == simdjson::SUCCESS) return std::to_string(number);
  return std::string(text(package, "epoch"));
}

// {"name": "nodejs", "stream": "18", …}; empty for any other value.
std::string module_of(dom::element owner) {
  dom::element module;
  if (owner["module"].get(module) != simdjson::SUCCESS || !module.is_object()) return {};
  const std::string_view name = text(module, "name");
  return name.empty() ? std::string() : std::string(name) + ":" + std::string(text(module, "stream"));
}

dom::array list(dom::element object, std::string_view key) {
  dom::array value;
  return object[key].get(value) == simdjson::SUCCESS ? value : dom::array();
}

bool has_list(dom::element object, std::string_view key) {
  dom::array value;
  return object[key].get(value) == simdjson::SUCCESS;
}

// The views of an Update need text that outlives it: epochs live here.
struct Notice {
  Update update;
  std::deque<std::string> epochs;
};

void read_packages(dom::element pkglist, Notice& notice) {
  if (!has_list(pkglist, "packages")) return;
  const std::string module = module_of(pkglist);
  for (const dom::element package : list(pkglist, "packages")) {
    if (notice.update.packages.size() >= kMaxPackages) return;
    const std::string_view arch = text(package, "arch");
    if (arch == "src" || !package.is_object()) continue;
    const std::string own = module_of(package);
    notice.epochs.push_back(epoch_of(package));
    notice.update.packages.push_back({text(package, "name"), notice.epochs.back(), text(package, "version"),
                                      text(package, "release"), arch, own.empty() ? module : own});
  }
}

void read_references(dom::element erratum, Update& update) {
  if (!has_list(erratum, "references")) return;
  std::string ids;
  for (const dom::element reference : list(erratum, "references")) {
    ids.append(text(reference, "id")).append("\n");
    if (text(reference, "href").starts_with("http")) update.references.push_back(text(reference, "href"));
  }
  update.cves = cve_ids(ids);
}

void read_erratum(dom::element erratum, const UpdateScope& scope, FeedSink& sink) {
  Notice notice;
  Update& update = notice.update;
  update.id = text(erratum, "updateinfo_id");
  if (update.id.empty()) {
    sink.problem("errata.json", "a notice without updateinfo_id");
    return;
  }
  update.type = text(erratum, "type");
  update.title = text(erratum, "title");
  update.severity = text(erratum, "severity");
  update.description = text(erratum, "description");
  read_references(erratum, update);
  dom::element pkglist;
  if (erratum["pkglist"].get(pkglist) == simdjson::SUCCESS) {
    if (pkglist.is_array()) {
      for (const dom::element collection : list(erratum, "pkglist")) read_packages(collection, notice);
    } else {
      read_packages(pkglist, notice);
    }
  }
  claim_update(update, scope, sink);
}

Status read(const FeedFile& file, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string release(next_field(path, '/'));
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path, kLimits));
  dom::parser parser;
  dom::element root;
  if (const auto error = parser.parse(document.bytes().data(), document.bytes().size(), false).get(root)) {
    return fail(ErrorCode::invalid, file.path, simdjson::error_message(error));
  }
  dom::array errata;
  if (root.get(errata) != simdjson::SUCCESS && root["data"].get(errata) != simdjson::SUCCESS) {
    return fail(ErrorCode::invalid, file.path, "is not a list of notices");
  }
  const UpdateScope scope{"alma:" + release, "alma", {}};
  sink.covers(scope.ecosystem);
  for (const dom::element erratum : errata) read_erratum(erratum, scope, sink);
  return {};
}

std::span<const Download> downloads() {
  static const Download all[] = {
      {"https://errata.almalinux.org/8/errata.json", "alma/8/errata.json"},
      {"https://errata.almalinux.org/9/errata.json", "alma/9/errata.json"},
      {"https://errata.almalinux.org/10/errata.json", "alma/10/errata.json"},
  };
  return all;
}

}  // namespace

const Feed kAlmaFeed = {
    .name = "alma",
    .title = "AlmaLinux errata",
    .licence = "MIT, AlmaLinux OS Foundation",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
