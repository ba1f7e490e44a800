// SUSE Linux Enterprise and openSUSE: OVAL, https://ftp.suse.com/pub/projects/security/oval/. One definition per CVE
// (class vulnerability) or per update (class patch); criteria name the product, the package and its version.
#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "advisories/feeds/oval.h"
#include "advisories/feeds/table.h"
#include "base/text.h"
#include "model/distribution.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path.starts_with("suse/oval/") && path.find(".xml") != std::string_view::npos;
}

struct Product {
  std::string ecosystem;
  std::string channel;
  auto operator<=>(const Product&) const = default;
};

// Products that share the release of SLES, and streams beside its general support.
struct Stream {
  std::string_view word;
  std::string_view channel;
};
constexpr Stream kStreams[] = {
    {"LTSS", "ltss"},         {"ESPOS", "espos"},          {"TERADATA", "teradata"},
    {"Teradata", "teradata"}, {"SAP Applications", "sap"}, {"Live Patching", "live-patching"},
    {"Real Time", "rt"},
};

std::string_view channel_of(std::string_view product) {
  for (const Stream& stream : kStreams) {
    if (product.find(stream.word) != std::string_view::npos) return stream.channel;
  }
  return {};
}

bool is_number(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// "… Server 15 SP4-LTSS" → "15.4", "… Server 12" → "12", "… Micro 5.3" → "5.3": the number, and the service pack.
std::string version_in(std::string_view product) {
  std::string version;
  for (const std::string_view word : split(product, ' ')) {
    if (is_number(word)) version = word.substr(0, word.find('-'));
    if (!version.empty() && word.starts_with("SP") && is_number(word.substr(2))) {
      version += "." + std::string(word.substr(2, word.find_first_not_of("0123456789", 2) - 2));
    }
  }
  return version;
}

struct ProductName {
  std::string_view prefix;
  std::string_view id;  // of os-release
};
constexpr ProductName kProducts[] = {
    {"openSUSE Leap Micro ", "sle-micro"},
    {"openSUSE Leap ", "opensuse-leap"},
    {"openSUSE Tumbleweed", "opensuse-tumbleweed"},
    {"SUSE Linux Enterprise Micro ", "sle-micro"},
    {"SUSE Linux Micro ", "sl-micro"},
    {"SUSE Linux Enterprise ", "sles"},
};

// "openSUSE Leap 15.3 is installed"; nullopt for a criterion that is about something else.
std::optional<Product> product_of(std::string_view comment) {
  constexpr std::string_view kEnd = " is installed";
  if (!comment.ends_with(kEnd)) return std::nullopt;
  comment.remove_suffix(kEnd.size());
  const auto* found =
      std::ranges::find_if(kProducts, [&](const ProductName& p) { return comment.starts_with(p.prefix); });
  if (found == std::end(kProducts)) return std::nullopt;
  Distribution distribution;
  distribution.id = found->id;
  distribution.version_id = version_in(comment);
  auto ecosystem = ecosystem_of(distribution);
  if (!ecosystem) return std::nullopt;
  return Product{std::move(*ecosystem), std::string(found->id == "sles" ? channel_of(comment) : "")};
}

std::set<Product> products_of(const OvalPackage& package) {
  std::set<Product> products;
  for (const std::string_view comment : package.conditions) {
    if (auto product = product_of(comment)) products.insert(std::move(*product));
  }
  return products;
}

// Versions that no package is below: how SUSE writes that the package never had the vulnerability.
bool is_zero(std::string_view evr) { return evr == "0" || evr == "0:0" || evr == "0:0-0" || evr == "0-0"; }

// The notice, where there is only one that it can be: a CVE of many updates does not say which fixed this package.
std::string notice_of(const OvalDefinition& definition) {
  if (definition.kind == "patch") return std::string(definition.title.substr(0, definition.title.find(' ')));
  std::string notice;
  for (const OvalReference& reference : definition.references) {
    if (reference.source != "SUSE-SU") continue;
    if (!notice.empty()) return {};
    notice = reference.id;
  }
  return notice;
}

std::optional<Claim> claim_of(const OvalDefinition& definition, const OvalPackage& package) {
  Claim claim;
  claim.package = package.name;
  claim.severity = parse_severity(definition.severity).value_or(Severity::unknown);
  claim.arches = oval_arches(package.arches);
  if (package.comment.ends_with(" is not affected") || is_zero(package.fixed)) {
    claim.status = FixStatus::not_affected;
  } else if (package.comment.ends_with(" is affected")) {
    claim.status = FixStatus::affected;
    claim.ranges = {AffectedRange{}};
  } else if (!package.fixed.empty()) {
    claim.status = FixStatus::fixed;
    claim.advisory = notice_of(definition);
    claim.ranges = {range_of(package)};
  } else {
    return std::nullopt;  // a lower end alone: the live patch that must be there
  }
  return claim;
}

using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

void read_definition(const OvalDefinition& definition, std::set<std::string>& covered, FeedSink& sink) {
  const auto cves = definition.cve_ids();
  std::set<Key> seen;  // several modules of a release ship the same package
  for (const OvalPackage& package : definition.packages) {
    auto claim = claim_of(definition, package);
    if (!claim) continue;
    for (const Product& product : products_of(package)) {
      if (covered.insert(product.ecosystem).second) sink.covers(product.ecosystem);
      Key key{product.ecosystem, product.channel, claim->package, package.fixed, package.arches};
      if (!seen.insert(std::move(key)).second) continue;
      claim->ecosystem = product.ecosystem;
      claim->channel = product.channel;
      for (const std::string& cve : cves) {
        claim->vulnerability = cve;
        sink.claim(*claim);
      }
    }
  }
  for (const std::string& cve : cves) sink.vulnerability(record_of(definition, cve, "suse"));
}

Status read(const FeedFile& file, FeedSink& sink) {
  std::set<std::string> covered;
  OAKUM_CHECK(read_oval(file, sink, [&](const OvalHeader&, const OvalDefinition& definition) {
    read_definition(definition, covered, sink);
  }));
  if (covered.empty()) return fail(ErrorCode::unsupported, file.path, "is for no release of SUSE that oakum knows");
  return {};
}

Download release(std::string_view name) {
  const std::string file = std::string(name) + ".xml.gz";
  return {"https://ftp.suse.com/pub/projects/security/oval/" + file, "suse/oval/" + file};
}

std::span<const Download> downloads() {
  static const Download list[] = {
      release("suse.linux.enterprise.server.12"),
      release("suse.linux.enterprise.server.15"),
      release("suse.linux.enterprise.micro.5"),
      release("suse.linux.micro.6"),
      release("opensuse.leap.15.3"),
      release("opensuse.leap.15.4"),
      release("opensuse.leap.15.5"),
      release("opensuse.leap.15.6"),
      release("opensuse.tumbleweed"),
  };
  return list;
}

}  // namespace

const Feed kSuseFeed = {
    .name = "suse",
    .title = "SUSE and openSUSE OVAL",
    .licence = "CC BY 4.0, SUSE",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
