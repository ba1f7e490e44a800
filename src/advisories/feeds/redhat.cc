// Red Hat Enterprise Linux: CSAF 2.0, https://security.access.redhat.com/data/csaf/v2/. VEX documents (one per CVE) and
// advisories (one per RHSA), as single files or whole archives. Only packages of RHEL are read, not layered products.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/csaf_products.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"
#include "advisories/package_mirror.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr ArchiveLimits kLimits = {.member_bytes = 256ULL << 20, .total_bytes = 256ULL << 30};
constexpr std::size_t kMaxVulnerabilities = 10'000;  // of one document

bool accepts(std::string_view path) {
  return path.starts_with("redhat/csaf/v2/") &&
         (path.find(".tar") != std::string_view::npos || path.find(".json") != std::string_view::npos) &&
         !path.ends_with(".asc") && !path.ends_with(".sha256");
}

bool is_debug_package(std::string_view name) {
  return name.ends_with("-debuginfo") || name.ends_with("-debugsource") || name.ends_with("-debuginfo-common");
}

// What Red Hat's words for a product without fix mean (remediations, "details").
struct NoFix {
  std::string_view words;
  FixStatus status;
};
constexpr NoFix kNoFix[] = {
    {"Will not fix", FixStatus::will_not_fix},
    {"Out of support scope", FixStatus::end_of_life},
    {"Fix deferred", FixStatus::fix_deferred},
    {"Affected", FixStatus::affected},
    {"Under investigation", FixStatus::under_investigation},
};

struct Remediation {
  std::string_view category;
  std::string_view details;
  std::string_view url;
};

// One vulnerability of a document, turned into claims.
class VulnerabilityReader {
 public:
  VulnerabilityReader(const ProductTree& products, JsonValue vulnerability, FeedSink& sink)
      : products_(products), vulnerability_(vulnerability), sink_(sink), id_(text_at(vulnerability, "cve")) {}

  void run() {
    if (id_.empty()) return;
    read_remediations();
    read_impacts();
    if (const auto status = object_at(vulnerability_, "product_status")) read_status(*status);
    for (auto& [key, claim] : claims_) {
      std::ranges::sort(claim.arches);
      sink_.claim(std::move(claim));
    }
  }
  const std::set<std::string>& ecosystems() const { return ecosystems_; }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string, PackageName, FixStatus>;

  void read_remediations() {
    each_at(vulnerability_, "remediations", [&](JsonValue item) {
      const Remediation remediation{text_at(item, "category"), text_at(item, "details"), text_at(item, "url")};
      if (remediation.category == "workaround") return;
      each_text_at(item, "product_ids", [&](std::string_view product) {
        if (products_.find(product)) remediations_.emplace(product, remediation);
      });
    });
  }

  // One word for all products is the rule; the map is kept for documents where they differ.
  void read_impacts() {
    each_at(vulnerability_, "threats", [&](JsonValue item) {
      if (text_at(item, "category") != "impact") return;
      const Severity severity = parse_severity(text_at(item, "details")).value_or(Severity::unknown);
      if (impact_ != Severity::unknown && impact_ != severity) impacts_differ_ = true;
      impact_ = std::max(impact_, severity);
    });
    if (!impacts_differ_) return;
    each_at(vulnerability_, "threats", [&](JsonValue item) {
      if (text_at(item, "category") != "impact") return;
      const Severity severity = parse_severity(text_at(item, "details")).value_or(Severity::unknown);
      each_text_at(item, "product_ids", [&](std::string_view product) { impacts_.emplace(product, severity); });
    });
  }

  void read_status(JsonValue status) {
    bool binaries = false;
    each_text_at(status, "fixed", [&](std::string_view product) {
      const auto pair = products_.find(product);
      binaries = binaries || (pair && !pair->package->evr.empty() && pair->package->arch != "src");
    });
    each_text_at(status, "fixed", [&](std::string_view product) { fixed(product, binaries); });
    each_text_at(status, "known_affected", [&](std::string_view product) { affected(product); });
    each_text_at(status, "under_investigation",
                 [&](std::string_view product) { add(product, FixStatus::under_investigation); });
    each_text_at(status, "known_not_affected", [&](std::string_view product) {
      // A build that is named with its version was shipped in the same update; saying so again is of no use.
      const auto pair = products_.find(product);
      if (pair && pair->package->evr.empty()) add(product, FixStatus::not_affected);
    });
  }

  void fixed(std::string_view product, bool binaries) {
    const auto pair = products_.find(product);
    if (!pair || pair->package->evr.empty() || (binaries && pair->package->arch == "src")) return;
    Claim* claim = add(product, FixStatus::fixed);
    if (claim == nullptr) return;
    const auto remediation = remediations_.find(product);
    if (remediation == remediations_.end() || remediation->second.category != "vendor_fix") return;
    const std::string_view url = remediation->second.url;
    claim->advisory = url.substr(url.rfind('/') + 1);  // https://access.redhat.com/errata/RHSA-2024:2011
  }

  void affected(std::string_view product) {
    const auto remediation = remediations_.find(product);
    const std::string_view words = remediation == remediations_.end() ? "" : remediation->second.details;
    const auto* known = std::ranges::find(kNoFix, words, &NoFix::words);
    Claim* claim = add(product, known == std::end(kNoFix) ? FixStatus::affected : known->status);
    if (claim != nullptr && known != std::end(kNoFix)) claim->reason = words;
  }

  // The claim that this product is part of, made on first sight; null for products that are not of RHEL.
  Claim* add(std::string_view product, FixStatus status) {
    const auto pair = products_.find(product);
    if (!pair || is_debug_package(pair->package->name)) return nullptr;
    const RpmProduct& package = *pair->package;
    const PackageName by = package.arch == "src" ? PackageName::source : PackageName::binary;
    const std::string evr = status == FixStatus::fixed ? package.evr : std::string();
    Claim& claim =
        claims_[{pair->stream->ecosystem, pair->stream->channel, package.name, package.module, evr, by, status}];
    if (claim.package.empty()) fill(claim, *pair, by, status, evr);
    if (const auto own = impacts_.find(product); own != impacts_.end()) claim.severity = own->second;
    const bool one_arch = by == PackageName::binary && !package.arch.empty();
    if (one_arch && std::ranges::find(claim.arches, package.arch) == claim.arches.end()) {
      claim.arches.push_back(package.arch);
    }
    return &claim;
  }

  void fill(Claim& claim, const ProductPair& pair, PackageName by, FixStatus status, const std::string& evr) {
    claim.ecosystem = pair.stream->ecosystem;
    claim.channel = pair.stream->channel;
    claim.by = by;
    claim.package = pair.package->name;
    claim.module = pair.package->module;
    claim.vulnerability = id_;
    claim.status = status;
    claim.severity = impact_;
    if (status != FixStatus::not_affected) claim.ranges = {AffectedRange{{}, evr, {}}};
    ecosystems_.insert(claim.ecosystem);
  }

  const ProductTree& products_;
  JsonValue vulnerability_;
  FeedSink& sink_;
  std::string id_;
  std::unordered_map<std::string_view, Remediation> remediations_;
  Severity impact_ = Severity::unknown;
  bool impacts_differ_ = false;
  std::unordered_map<std::string_view, Severity> impacts_;
  std::map<Key, Claim> claims_;
  std::set<std::string> ecosystems_;
};

std::optional<Cvss> cvss_of(JsonValue score) {
  for (const char* key : {"cvss_v4", "cvss_v3", "cvss_v2"}) {
    const auto value = object_at(score, key);
    const auto base = value ? number_at(*value, "baseScore") : std::nullopt;
    if (!base || *base < 0 || *base > 10) continue;
    return Cvss{"redhat", std::string(text_at(*value, "version")), std::string(text_at(*value, "vectorString")), *base};
  }
  return std::nullopt;
}

// The highest of the scores: they differ by product in a few documents.
std::optional<Cvss> highest_score(JsonValue vulnerability) {
  std::optional<Cvss> highest;
  each_at(vulnerability, "scores", [&](JsonValue score) {
    auto cvss = cvss_of(score);
    if (cvss && (!highest || cvss->score > highest->score)) highest = std::move(cvss);
  });
  return highest;
}

Severity worst_impact(JsonValue vulnerability) {
  Severity worst = Severity::unknown;
  each_at(vulnerability, "threats", [&](JsonValue item) {
    if (text_at(item, "category") != "impact") return;
    worst = std::max(worst, parse_severity(text_at(item, "details")).value_or(Severity::unknown));
  });
  return worst;
}

VulnerabilityRecord record_of(JsonValue vulnerability) {
  VulnerabilityRecord record;
  record.id = text_at(vulnerability, "cve");
  record.title = text_at(vulnerability, "title");
  record.published = text_at(vulnerability, "release_date");
  each_at(vulnerability, "notes", [&](JsonValue note) {
    if (text_at(note, "category") == "description") record.description = text_at(note, "text");
  });
  each_at(vulnerability, "references", [&](JsonValue reference) {
    if (text_at(reference, "url").starts_with("http")) record.references.emplace_back(text_at(reference, "url"));
  });
  if (const auto cwe = object_at(vulnerability, "cwe")) record.cwes.emplace_back(text_at(*cwe, "id"));
  record.severities.push_back({"redhat", worst_impact(vulnerability), highest_score(vulnerability)});
  return record;
}

class DocumentReader {
 public:
  explicit DocumentReader(FeedSink& sink) : sink_(sink) {}

  Status read(std::string_view padded, std::string_view name) {
    OAKUM_TRY(const JsonValue document, reader_.parse(padded, name));
    const auto vulnerabilities = array_at(document, "vulnerabilities");
    if (!vulnerabilities) return {};  // RHBA, RHEA
    OAKUM_TRY(const ProductTree products, ProductTree::read(document, name));
    std::size_t count = 0;
    for (const JsonValue vulnerability : *vulnerabilities) {
      if (++count > kMaxVulnerabilities)
        return fail(ErrorCode::limit, std::string(name), "has over 10,000 vulnerabilities");
      read_vulnerability(products, vulnerability);
    }
    note_date(document);
    return {};
  }

  void finish() {
    if (newest_.size() == 10) sink_.dated(newest_);
  }

 private:
  void read_vulnerability(const ProductTree& products, JsonValue vulnerability) {
    VulnerabilityReader reader(products, vulnerability, sink_);
    reader.run();
    if (reader.ecosystems().empty()) return;  // of other products only
    for (const std::string& ecosystem : reader.ecosystems()) {
      if (covered_.insert(ecosystem).second) sink_.covers(ecosystem);
    }
    sink_.vulnerability(record_of(vulnerability));
  }

  void note_date(JsonValue document) {
    const auto about = object_at(document, "document");
    const auto tracking = about ? object_at(*about, "tracking") : std::nullopt;
    if (!tracking) return;
    newest_ = std::max(newest_, std::string(text_at(*tracking, "current_release_date").substr(0, 10)));
  }

  FeedSink& sink_;
  JsonReader reader_;
  std::set<std::string> covered_;
  std::string newest_;
};

bool is_document(std::string_view name) { return name.ends_with(".json"); }

Status read(const FeedFile& file, FeedSink& sink) {
  DocumentReader reader(sink);
  if (file.path.find(".tar") == std::string::npos) {
    OAKUM_TRY(const Document document, Document::read(file.disk, file.path, kLimits));
    OAKUM_CHECK(reader.read(document.bytes(), file.path));
  } else {
    const auto visit = [&](const ArchiveMember& member) -> Status {
      const std::string place = file.path + ": " + printable(member.name, 300);
      const Status status = reader.read(member.bytes, place);
      if (!status) sink.problem(place, status.error().message());
      return {};
    };
    OAKUM_CHECK(read_archive(file.disk, file.path, is_document, visit, kLimits));
  }
  reader.finish();
  return {};
}

// The archive carries its day in its name, which archive_latest.txt gives: "csaf_vex_2026-11-20.tar.zst". It is kept
// without the day, so that the next one takes its place.
Result<IndexContent> read_latest(std::string_view bytes, const DownloadIndex& self) {
  const std::string_view name = trim(bytes);
  const bool plain = is_safe_path(name) && name.find_first_of("/ ?#%") == std::string_view::npos;
  if (!plain || !name.starts_with("csaf_vex_") || !name.ends_with(".tar.zst")) {
    return fail(ErrorCode::invalid, self.url, "names no archive: \"" + printable(name, 100) + "\"");
  }
  const std::string folder = self.url.substr(0, self.url.rfind('/') + 1);
  return IndexContent{{{folder + std::string(name), "redhat/csaf/v2/vex/csaf_vex.tar.zst", {}, {}}}, {}};
}

std::span<const DownloadIndex> indexes() {
  static const DownloadIndex all[] = {{"https://security.access.redhat.com/data/csaf/v2/vex/archive_latest.txt",
                                       "redhat/csaf/v2/vex/archive_latest.txt", read_latest}};
  return all;
}

}  // namespace

const Feed kRedHatFeed = {
    .name = "redhat",
    .title = "Red Hat CSAF VEX and advisories",
    .licence = "CC BY 4.0, Red Hat",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
    .indexes = indexes,
};

}  // namespace oakum::advisories
