#include "advisories/feeds/oval.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "advisories/changelog.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/xml.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr ArchiveLimits kLimits = {.member_bytes = 512U << 20, .total_bytes = 512U << 20};
constexpr int kMaxDepth = 24;                  // of nested criteria; published ones have five
constexpr std::size_t kMaxConditions = 1000;   // of one package
constexpr std::size_t kMaxPackages = 200'000;  // of one definition
constexpr std::size_t kMaxDefinitions = 500'000;

std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Prefixes differ by publisher ("linux-def:name", "name"); the local name says which element it is.
pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
  for (const pugi::xml_node node : parent.children()) {
    if (local_name(node) == name) return node;
  }
  return {};
}

std::string_view text_of(pugi::xml_node node) { return trim(node.child_value()); }
std::string_view attribute(pugi::xml_node node, const char* name) { return node.attribute(name).as_string(); }

enum class Comparison : std::uint8_t { none, less, less_or_equal, greater, greater_or_equal, other };

Comparison comparison_of(std::string_view operation) {
  if (operation == "less than") return Comparison::less;
  if (operation == "less than or equal") return Comparison::less_or_equal;
  if (operation == "greater than") return Comparison::greater;
  if (operation == "greater than or equal") return Comparison::greater_or_equal;
  return Comparison::other;
}

// An rpminfo_test with its object and states resolved.
struct RpmTest {
  std::string_view package;
  Comparison comparison = Comparison::none;  // none: the test is not about epoch-version-release
  std::string_view evr;
  std::string_view arches;
};

using NodeIndex = std::unordered_map<std::string_view, pugi::xml_node>;

NodeIndex by_id(pugi::xml_node section) {
  NodeIndex index;
  for (const pugi::xml_node node : section.children()) index.emplace(attribute(node, "id"), node);
  return index;
}

class Reader {
 public:
  explicit Reader(pugi::xml_node root)
      : tests_(by_id(child(root, "tests"))),
        objects_(by_id(child(root, "objects"))),
        states_(by_id(child(root, "states"))) {}

  OvalDefinition definition(pugi::xml_node node) {
    OvalDefinition definition;
    definition.id = attribute(node, "id");
    definition.kind = attribute(node, "class");
    read_metadata(child(node, "metadata"), definition);
    truncated_ = false;
    if (const auto criteria = child(node, "criteria")) walk(criteria, {}, definition.packages, 0);
    return definition;
  }
  bool truncated() const { return truncated_; }

 private:
  using Conditions = std::vector<std::string_view>;

  static void read_metadata(pugi::xml_node metadata, OvalDefinition& definition) {
    for (const pugi::xml_node node : metadata.children()) {
      const std::string_view name = local_name(node);
      if (name == "title") definition.title = text_of(node);
      if (name == "description") definition.description = text_of(node);
      if (name == "severity") definition.severity = text_of(node);
      if (name == "patchable") definition.patchable = text_of(node);
      if (name == "advisory_date") definition.issued = text_of(node);
      if (name == "reference") {
        definition.references.push_back(
            {attribute(node, "source"), attribute(node, "ref_id"), attribute(node, "ref_url")});
      }
      if (name == "affected") {
        for (const pugi::xml_node platform : node.children()) definition.platforms.push_back(text_of(platform));
      }
      if (name == "advisory") read_advisory(node, definition);
    }
  }

  static void read_advisory(pugi::xml_node advisory, OvalDefinition& definition) {
    for (const pugi::xml_node node : advisory.children()) {
      const std::string_view name = local_name(node);
      if (name == "severity") definition.severity = text_of(node);
      if (name == "issued") definition.issued = attribute(node, "date");
      if (name == "updated") definition.updated = attribute(node, "date");
      if (name == "cve") definition.cves.push_back({text_of(node), attribute(node, "cvss3")});
    }
  }

  std::optional<RpmTest> resolve(std::string_view id) const {
    const auto test = tests_.find(id);
    if (test == tests_.end() || local_name(test->second) != "rpminfo_test") return std::nullopt;
    RpmTest out;
    const auto object = objects_.find(attribute(child(test->second, "object"), "object_ref"));
    if (object != objects_.end()) out.package = text_of(child(object->second, "name"));
    for (const pugi::xml_node node : test->second.children()) {
      if (local_name(node) != "state") continue;
      const auto state = states_.find(attribute(node, "state_ref"));
      if (state != states_.end()) read_state(state->second, out);
    }
    return out;
  }

  static void read_state(pugi::xml_node state, RpmTest& test) {
    if (const auto evr = child(state, "evr")) {
      test.evr = text_of(evr);
      test.comparison = comparison_of(attribute(evr, "operation"));
    }
    if (const auto arch = child(state, "arch")) test.arches = text_of(arch);
  }

  // A criteria element that says nothing of versions: which product, architecture or module it must be.
  bool only_conditions(pugi::xml_node criteria, int depth) const {
    if (depth > kMaxDepth) return false;
    for (const pugi::xml_node node : criteria.children()) {
      const std::string_view name = local_name(node);
      if (name == "criteria" && !only_conditions(node, depth + 1)) return false;
      if (name != "criterion") continue;
      const auto test = resolve(attribute(node, "test_ref"));
      if (test && test->comparison != Comparison::none) return false;
    }
    return true;
  }

  static void collect_comments(pugi::xml_node criteria, Conditions& out, int depth) {
    if (depth > kMaxDepth) return;
    for (const pugi::xml_node node : criteria.children()) {
      if (out.size() >= kMaxConditions) return;
      if (local_name(node) == "criteria") collect_comments(node, out, depth + 1);
      if (local_name(node) == "criterion") out.push_back(attribute(node, "comment"));
    }
  }

  static void apply(const RpmTest& test, OvalPackage& package) {
    switch (test.comparison) {
      case Comparison::less:
        package.fixed = test.evr;
        break;
      case Comparison::less_or_equal:
        package.last_affected = test.evr;
        break;
      case Comparison::greater:
      case Comparison::greater_or_equal:
        package.introduced = test.evr;
        break;
      case Comparison::none:
      case Comparison::other:
        break;
    }
    if (!test.arches.empty()) package.arches = test.arches;
  }

  // One criterion: to the packages when it compares a version, else to the conditions. A version that must be equal
  // (the kernel that a live patch is for) is a condition too.
  void read_criterion(pugi::xml_node node, std::vector<OvalPackage>& packages, Conditions& conditions) const {
    const std::string_view comment = attribute(node, "comment");
    if (node.attribute("negate").as_bool()) return;
    const auto test = resolve(attribute(node, "test_ref"));
    const bool about_version =
        test && !test->package.empty() && test->comparison != Comparison::none && test->comparison != Comparison::other;
    if (!about_version) {
      if (conditions.size() < kMaxConditions) conditions.push_back(comment);
      return;
    }
    auto known = std::ranges::find(packages, test->package, &OvalPackage::name);
    if (known == packages.end()) {
      packages.push_back({.name = test->package, .comment = comment});
      known = std::prev(packages.end());
    }
    apply(*test, *known);
  }

  void emit(std::vector<OvalPackage> packages, const Conditions& conditions, std::vector<OvalPackage>& out) {
    for (OvalPackage& package : packages) {
      if (out.size() >= kMaxPackages) {
        truncated_ = true;
        return;
      }
      package.conditions = conditions;
      out.push_back(std::move(package));
    }
  }

  void walk(pugi::xml_node criteria, Conditions conditions, std::vector<OvalPackage>& out, int depth) {
    if (depth > kMaxDepth || conditions.size() > kMaxConditions) {
      truncated_ = true;
      return;
    }
    if (criteria.attribute("negate").as_bool()) return;
    attribute(criteria, "operator") == "OR" ? walk_or(criteria, conditions, out, depth)
                                            : walk_and(criteria, std::move(conditions), out, depth);
  }

  void walk_and(pugi::xml_node criteria, Conditions conditions, std::vector<OvalPackage>& out, int depth) {
    std::vector<OvalPackage> packages;
    std::vector<pugi::xml_node> nested;
    for (const pugi::xml_node node : criteria.children()) {
      if (local_name(node) == "criterion") read_criterion(node, packages, conditions);
      if (local_name(node) != "criteria") continue;
      only_conditions(node, depth + 1) ? collect_comments(node, conditions, depth + 1) : nested.push_back(node);
    }
    emit(std::move(packages), conditions, out);
    for (const pugi::xml_node node : nested) walk(node, conditions, out, depth + 1);
  }

  void walk_or(pugi::xml_node criteria, const Conditions& conditions, std::vector<OvalPackage>& out, int depth) {
    for (const pugi::xml_node node : criteria.children()) {
      if (local_name(node) == "criteria") walk(node, conditions, out, depth + 1);
      if (local_name(node) != "criterion") continue;
      std::vector<OvalPackage> packages;
      Conditions ignored;
      read_criterion(node, packages, ignored);
      emit(std::move(packages), conditions, out);
    }
  }

  NodeIndex tests_;
  NodeIndex objects_;
  NodeIndex states_;
  bool truncated_ = false;
};

Status visit_definitions(pugi::xml_node root, const FeedFile& file, FeedSink& sink, const OvalVisitor& visit) {
  const pugi::xml_node generator = child(root, "generator");
  const OvalHeader header{text_of(child(generator, "product_name")), text_of(child(generator, "timestamp"))};
  if (header.timestamp.size() >= 10) sink.dated(header.timestamp.substr(0, 10));
  Reader reader(root);
  std::size_t count = 0;
  for (const pugi::xml_node node : child(root, "definitions").children()) {
    if (local_name(node) != "definition") continue;
    if (++count > kMaxDefinitions) return fail(ErrorCode::limit, file.path, "has more than 500,000 definitions");
    const OvalDefinition definition = reader.definition(node);
    visit(header, definition);
    if (reader.truncated()) sink.problem(file.path + ": " + std::string(definition.id), "has too many criteria");
  }
  if (count == 0) return fail(ErrorCode::invalid, file.path, "has no OVAL definitions");
  return {};
}

// Microsoft writes "0: 1.20.10-1.azl3" now and then.
std::string without_space(std::string_view evr) {
  std::string text(evr);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  return text;
}

// "5.9/CVSS:3.0/AV:N/AC:H/…"
std::optional<Cvss> cvss_of(std::string_view text, std::string_view source) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view vector = text.substr(slash + 1);
  const auto score = parse_number<double>(text.substr(0, slash));
  if (!score || *score < 0 || *score > 10 || !vector.starts_with("CVSS:3.") || vector.size() > 200) return std::nullopt;
  return Cvss{std::string(source), std::string(vector.substr(5, 3)), std::string(vector), *score};
}

}  // namespace

std::vector<std::string> OvalDefinition::cve_ids() const {
  std::string text;
  for (const OvalCve& cve : cves) text.append(cve.text).push_back('\n');
  std::vector<std::string> ids = advisories::cve_ids(text);
  if (!ids.empty()) return ids;
  for (const OvalReference& reference : references) text.append(reference.id).push_back('\n');
  ids = advisories::cve_ids(text);
  return ids.empty() ? advisories::cve_ids(title) : ids;
}

Status read_oval(const FeedFile& file, FeedSink& sink, const OvalVisitor& visit) {
  OAKUM_TRY(Document document, Document::read(file.disk, file.path, kLimits));
  pugi::xml_document xml;
  OAKUM_CHECK(parse_xml(document, file.path, xml));
  const pugi::xml_node root = child(xml, "oval_definitions");
  if (!root) return fail(ErrorCode::invalid, file.path, "is not an OVAL definitions document");
  return visit_definitions(root, file, sink, visit);
}

std::vector<std::string> oval_arches(std::string_view pattern) {
  if (pattern.starts_with('^')) pattern.remove_prefix(1);
  if (pattern.ends_with('$')) pattern.remove_suffix(1);
  if (pattern.starts_with('(') && pattern.ends_with(')')) pattern = pattern.substr(1, pattern.size() - 2);
  std::vector<std::string> arches;
  for (const std::string_view arch : split(pattern, '|')) {
    const bool plain = !arch.empty() && std::ranges::all_of(arch, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) return {};
    arches.emplace_back(arch);
  }
  return arches;
}

AffectedRange range_of(const OvalPackage& package) {
  AffectedRange range{without_space(package.introduced), without_space(package.fixed), {}};
  if (range.fixed.empty()) range.last_affected = without_space(package.last_affected);
  return range;
}

VulnerabilityRecord record_of(const OvalDefinition& definition, const std::string& cve, std::string_view source) {
  VulnerabilityRecord record;
  record.id = cve;
  const bool of_one = definition.cve_ids().size() == 1;  // else the texts are the notice's, not the vulnerability's
  if (of_one) record.description = definition.description;
  SeverityStatement statement{std::string(source), parse_severity(definition.severity).value_or(Severity::unknown), {}};
  for (const OvalCve& item : definition.cves) {
    if (item.text == cve) statement.cvss = cvss_of(item.cvss3, source);
  }
  if (of_one || statement.cvss) record.severities.push_back(std::move(statement));
  for (const OvalReference& reference : definition.references) {
    const bool about_it = of_one || advisories::cve_ids(reference.id) == std::vector<std::string>{cve};
    if (about_it && reference.url.starts_with("http")) record.references.emplace_back(reference.url);
  }
  return record;
}

}  // namespace oakum::advisories
