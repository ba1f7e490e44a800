// AlmaLinux: errata.json of each release, https://errata.almalinux.org/.
#include <deque>
#include <string>

#include "advisories/changelog.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr ArchiveLimits kLimits = {.member_bytes = 512U << 20, .total_bytes = 512U << 20};
constexpr std::size_t kMaxPackages = 50'000;  // of one notice

// "alma/9/errata.json.gz"
bool accepts(std::string_view path) {
  return path.starts_with("alma/") && path.find("/errata.") != std::string_view::npos &&
         path.find(".json") != std::string_view::npos;
}

// The epoch is a number in some records and a string in others.
std::string epoch_of(JsonValue package) {
  const auto number = number_at(package, "epoch");
  if (number && *number >= 0 && *number <= 4294967295.0) return std::to_string(static_cast<std::uint64_t>(*number));
  return std::string(text_at(package, "epoch"));
}

// {"name": "nodejs", "stream": "18", …}; empty for any other value.
std::string module_of(JsonValue owner) {
  const auto module = object_at(owner, "module");
  const std::string_view name = module ? text_at(*module, "name") : std::string_view();
  return name.empty() ? std::string() : std::string(name) + ":" + std::string(text_at(*module, "stream"));
}

// The views of an Update need text that outlives it: epochs live here.
struct Notice {
  Update update;
  std::deque<std::string> epochs;
};

void read_packages(JsonValue pkglist, Notice& notice) {
  const std::string module = module_of(pkglist);
  each_at(pkglist, "packages", [&](JsonValue package) {
    if (notice.update.packages.size() >= kMaxPackages) return;
    const std::string_view arch = text_at(package, "arch");
    if (arch == "src" || !package.is_object()) return;
    const std::string own = module_of(package);
    notice.epochs.push_back(epoch_of(package));
    notice.update.packages.push_back({text_at(package, "name"), notice.epochs.back(), text_at(package, "version"),
                                      text_at(package, "release"), arch, own.empty() ? module : own});
  });
}

void read_references(JsonValue erratum, Update& update) {
  std::string ids;
  each_at(erratum, "references", [&](JsonValue reference) {
    ids.append(text_at(reference, "id")).append("\n");
    if (text_at(reference, "href").starts_with("http")) update.references.push_back(text_at(reference, "href"));
  });
  update.cves = cve_ids(ids);
}

void read_erratum(JsonValue erratum, const UpdateScope& scope, FeedSink& sink) {
  Notice notice;
  Update& update = notice.update;
  update.id = text_at(erratum, "updateinfo_id");
  if (update.id.empty()) {
    sink.problem("errata.json", "a notice without updateinfo_id");
    return;
  }
  update.type = text_at(erratum, "type");
  update.title = text_at(erratum, "title");
  update.severity = text_at(erratum, "severity");
  update.description = text_at(erratum, "description");
  read_references(erratum, update);
  if (const auto pkglist = object_at(erratum, "pkglist")) read_packages(*pkglist, notice);
  each_at(erratum, "pkglist", [&](JsonValue collection) { read_packages(collection, notice); });
  claim_update(update, scope, sink);
}

Status read(const FeedFile& file, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string release(next_field(path, '/'));
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path, kLimits));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  JsonArray bare;
  const auto errata = root.get_array().get(bare) == simdjson::SUCCESS ? std::optional(bare) : array_at(root, "data");
  if (!errata) return fail(ErrorCode::invalid, file.path, "is not a list of notices");
  const UpdateScope scope{"alma:" + release, "alma", {}};
  sink.covers(scope.ecosystem);
  for (const JsonValue erratum : *errata) read_erratum(erratum, scope, sink);
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
