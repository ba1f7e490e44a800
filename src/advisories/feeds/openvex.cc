#include "advisories/feeds/openvex.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "advisories/feeds/names.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

struct Product {
  std::string package;
  std::string_view release;
  std::string channel;
};

// "pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.20?arch=source&distro=esm-apps/jammy" (also with %2F); sources only.
std::optional<Product> product_of(std::string_view purl) {
  constexpr std::string_view kPrefix = "pkg:deb/ubuntu/";
  if (!purl.starts_with(kPrefix)) return std::nullopt;
  purl.remove_prefix(kPrefix.size());
  std::string_view qualifiers = purl;
  std::string_view name = next_field(qualifiers, '?');
  name = name.substr(0, name.find('@'));
  bool source = false;
  std::string distro;
  while (!qualifiers.empty()) {
    std::string_view value = next_field(qualifiers, '&');
    const std::string_view key = next_field(value, '=');
    source = source || (key == "arch" && value == "source");
    if (key == "distro") distro = value;
  }
  if (const std::size_t at = distro.find("%2F"); at != std::string::npos) distro.replace(at, 3, "/");
  const std::size_t slash = distro.find('/');
  Product product;
  product.package = name;
  if (slash != std::string::npos) product.channel = distro.substr(0, slash);
  const std::string codename = slash == std::string::npos ? distro : distro.substr(slash + 1);
  product.release = ubuntu_release(codename);
  if (!source || name.empty() || product.release.empty()) return std::nullopt;
  return product;
}

// The wording of action_statement tells a refusal from work to come.
FixStatus open_status(std::string_view action) {
  constexpr std::string_view kRefusals[] = {"decided not to fix", "no longer supported", "will not be fixed"};
  const std::string words = to_lower(action);
  const bool refused =
      std::ranges::any_of(kRefusals, [&](std::string_view word) { return words.find(word) != std::string::npos; });
  if (words.find("no longer supported") != std::string::npos) return FixStatus::end_of_life;
  if (refused) return FixStatus::will_not_fix;
  return words.find("deferred") != std::string::npos ? FixStatus::fix_deferred : FixStatus::affected;
}

struct StatementState {
  FixStatus status;
  std::string reason;
};

std::optional<StatementState> state_of(JsonValue statement) {
  const std::string_view status = text_at(statement, "status");
  const std::string_view action = text_at(statement, "action_statement");
  if (status == "not_affected") return StatementState{FixStatus::not_affected, {}};
  if (status == "under_investigation") {
    return StatementState{FixStatus::under_investigation, std::string(text_at(statement, "status_notes"))};
  }
  if (status == "affected") return StatementState{open_status(action), std::string(action.substr(0, 500))};
  return std::nullopt;
}

// The CVE of a statement: `vulnerability` is an object with `name` (older: a text).
std::string cve_of(JsonValue statement) {
  std::string_view name = text_at(statement, "vulnerability");
  if (const std::optional<JsonValue> object = object_at(statement, "vulnerability")) name = text_at(*object, "name");
  const std::vector<std::string> cves = cves_in(name.substr(0, 200));
  return cves.empty() ? std::string() : cves.front();
}

Claim claim_of(const Product& product, const std::string& cve, const StatementState& state) {
  Claim claim;
  claim.ecosystem = "ubuntu:" + std::string(product.release);
  claim.by = PackageName::source;
  claim.package = product.package;
  claim.vulnerability = cve;
  claim.status = state.status;
  claim.reason = state.reason;
  if (state.status != FixStatus::not_affected) claim.ranges.emplace_back();
  return claim;
}

}  // namespace

Status read_ubuntu_vex(JsonValue document, FeedSink& sink, OsvTally& tally) {
  if (!array_at(document, "statements")) return fail(ErrorCode::invalid, "OpenVEX document", "has no statements");
  ++tally.records;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  each_at(document, "statements", [&](JsonValue statement) {
    const std::string cve = cve_of(statement);
    const std::optional<StatementState> state = state_of(statement);
    if (cve.empty() || !state) return;
    each_at(statement, "products", [&](JsonValue item) {
      const std::optional<Product> product = product_of(text_at(item, "@id"));
      // What holds in a stream of Ubuntu Pro says nothing of the release itself.
      if (!product || !product->channel.empty()) return;
      Claim claim = claim_of(*product, cve, *state);
      tally.ecosystems.insert(claim.ecosystem);
      if (seen.emplace(claim.ecosystem, claim.package, cve).second) sink.claim(std::move(claim));
    });
  });
  const std::string_view day = text_at(document, "timestamp").substr(0, 10);
  if (day > tally.newest) tally.newest = day;
  return {};
}

}  // namespace oakum::advisories
