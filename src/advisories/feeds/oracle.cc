// Oracle Linux: OVAL, https://linux.oracle.com/security/oval/. One definition per notice (ELSA, class patch); criteria
// name the release, the architecture, the module and the package.
#include <string>

#include "advisories/feeds/oval.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path.starts_with("oracle/") && path.find(".xml") != std::string_view::npos;
}

struct Context {
  std::string ecosystem;
  std::string arch;
  std::string module;
};

// What is between a prefix and a suffix of the criterion's comment; empty when it is not so written.
std::string_view between(std::string_view comment, std::string_view prefix, std::string_view suffix) {
  if (comment.size() <= prefix.size() + suffix.size()) return {};
  if (!comment.starts_with(prefix) || !comment.ends_with(suffix)) return {};
  return comment.substr(prefix.size(), comment.size() - prefix.size() - suffix.size());
}

Context context_of(const OvalPackage& package) {
  Context context;
  for (const std::string_view comment : package.conditions) {
    if (const auto release = between(comment, "Oracle Linux ", " is installed"); !release.empty()) {
      context.ecosystem = "oracle:" + std::string(release.substr(0, release.find('.')));
    }
    if (const auto arch = between(comment, "Oracle Linux arch is ", ""); !arch.empty()) context.arch = arch;
    if (const auto module = between(comment, "Module ", " is enabled"); !module.empty()) context.module = module;
  }
  return context;
}

// Builds of their own kind: a plain package is never fixed by one of them, nor they by a plain one.
std::string_view flavour_of(std::string_view evr) {
  if (evr.find(".ksplice") != std::string_view::npos) return "ksplice";
  if (evr.ends_with("_fips") || evr.find("_fips.") != std::string_view::npos) return "fips";
  return {};
}

// "ELSA-2024-1234:  openssl security update (IMPORTANT)"
std::string_view notice_of(const OvalDefinition& definition) {
  for (const OvalReference& reference : definition.references) {
    if (equals_ignoring_case(reference.source, "elsa")) return reference.id;
  }
  return definition.title.substr(0, definition.title.find(':'));
}

void read_definition(const OvalDefinition& definition, FeedSink& sink) {
  if (definition.kind != "patch") return;
  const auto cves = definition.cve_ids();
  for (const OvalPackage& package : definition.packages) {
    const Context context = context_of(package);
    if (package.fixed.empty()) continue;
    if (context.ecosystem.empty()) {
      sink.problem(definition.id, "does not say which release its package " + printable(package.name, 200) + " is of");
      continue;
    }
    sink.covers(context.ecosystem);
    Claim claim;
    claim.ecosystem = context.ecosystem;
    claim.package = package.name;
    claim.advisory = notice_of(definition);
    claim.status = FixStatus::fixed;
    claim.severity = parse_severity(definition.severity).value_or(Severity::unknown);
    claim.ranges = {range_of(package)};
    claim.module = context.module;
    claim.channel = flavour_of(package.fixed);
    if (!context.arch.empty()) claim.arches = {context.arch, "noarch"};
    for (const std::string& cve : cves) {
      claim.vulnerability = cve;
      sink.claim(claim);
    }
  }
  for (const std::string& cve : cves) sink.vulnerability(record_of(definition, cve, "oracle"));
}

Status read(const FeedFile& file, FeedSink& sink) {
  return read_oval(file, sink,
                   [&](const OvalHeader&, const OvalDefinition& definition) { read_definition(definition, sink); });
}

std::span<const Download> downloads() {
  static const Download list[] = {
      {"https://linux.oracle.com/security/oval/com.oracle.elsa-all.xml.bz2", "oracle/com.oracle.elsa-all.xml.bz2"},
  };
  return list;
}

}  // namespace

const Feed kOracleFeed = {
    .name = "oracle",
    .title = "Oracle Linux OVAL",
    .licence = "Oracle, as its security data's terms say",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
