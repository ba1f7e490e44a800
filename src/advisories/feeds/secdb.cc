#include "advisories/feeds/secdb.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kLongestId = 200;

// An id that is no CVE: "XSA-207", "GHSA-…", "ZBX-11023", "GNUTLS-SA-2020-03-31"; remarks in brackets and bare words
// are none.
bool is_other_id(std::string_view word) {
  const bool spelled = std::ranges::all_of(word, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  });
  const bool numbered = std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
  return spelled && numbered && word.find('-') != std::string_view::npos && word.front() >= 'A' && word.front() <= 'Z';
}

// "CVE-2020-11501 GNUTLS-SA-2020-03-31" is one vulnerability with two names, "CVE-1 CVE-2" are two. Without a CVE the
// first id stands.
std::vector<std::string> ids_in(std::string_view text) {
  std::vector<std::string> ids = cves_in(text);
  while (ids.empty() && !text.empty()) {
    const std::string_view word = next_field(text, ' ');
    if (!word.empty() && is_other_id(word)) ids.emplace_back(word);
  }
  return ids;
}

struct Fix {
  std::string version;
  bool not_affected = false;
};

// The later of two fixes of one vulnerability in one package: a first one that was not complete is followed by another.
bool is_later(const std::string& version, const std::string& than) {
  const Result<std::strong_ordering> order = versions::compare(VersionScheme::apk, version, than);
  return order && *order > 0;
}

void note(std::map<std::string, Fix>& fixes, const std::string& id, std::string_view version) {
  const bool never = version == "0";
  auto [it, fresh] = fixes.try_emplace(id, Fix{std::string(version), never});
  if (fresh || never) return;
  // A version says more than "never affected", whichever comes first.
  if (it->second.not_affected || is_later(std::string(version), it->second.version)) {
    it->second = Fix{std::string(version), false};
  }
}

void note_all(JsonValue texts, std::string_view version, std::map<std::string, Fix>& fixes) {
  JsonArray list;
  if (texts.get_array().get(list) != simdjson::SUCCESS) return;
  for (const JsonValue item : list) {
    std::string_view text;
    if (item.get_string().get(text) != simdjson::SUCCESS || text.size() > kLongestId) continue;
    for (const std::string& id : ids_in(text)) note(fixes, id, version);
  }
}

Claim claim_of(std::string_view ecosystem, std::string_view package, std::string id, Fix fix) {
  Claim claim;
  claim.ecosystem = ecosystem;
  claim.by = PackageName::source;
  claim.package = package;
  claim.vulnerability = std::move(id);
  claim.status = fix.not_affected ? FixStatus::not_affected : FixStatus::fixed;
  if (!fix.not_affected)
    claim.ranges.push_back({.introduced = {}, .fixed = std::move(fix.version), .last_affected = {}});
  return claim;
}

void read_package(JsonValue package, std::string_view place, std::string_view ecosystem, FeedSink& sink) {
  const std::string_view name = text_at(package, "name");
  const std::optional<JsonValue> secfixes = object_at(package, "secfixes");
  if (name.empty() || !secfixes) return sink.problem(place, "a package without name or secfixes");
  std::map<std::string, Fix> fixes;
  each_member(*secfixes, [&](std::string_view version, JsonValue texts) {
    // Alpine names versions as "1.2.3-r0", sometimes with a remark after a space.
    const std::string_view plain = trim(version).substr(0, trim(version).find(' '));
    if (!plain.empty()) note_all(texts, plain, fixes);
  });
  for (auto& [id, fix] : fixes) sink.claim(claim_of(ecosystem, name, id, std::move(fix)));
}

}  // namespace

Status read_secdb(std::string_view bytes, std::string_view place, std::string_view ecosystem, FeedSink& sink) {
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(bytes, place));
  const std::optional<JsonArray> packages = array_at(root, "packages");
  if (!packages) return fail(ErrorCode::invalid, std::string(place), "has no list of packages, so it is no secdb");
  for (const JsonValue item : *packages) {
    const std::optional<JsonValue> package = object_at(item, "pkg");
    if (package) {
      read_package(*package, place, ecosystem, sink);
    } else {
      sink.problem(place, "an entry of packages without pkg");
    }
  }
  sink.covers(ecosystem);
  return {};
}

Status read_secdb_file(const FeedFile& file, std::string_view ecosystem, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  return read_secdb(document.bytes(), file.path, ecosystem, sink);
}

}  // namespace oakum::advisories
