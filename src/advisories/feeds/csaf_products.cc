#include "advisories/feeds/csaf_products.h"

#include <algorithm>
#include <array>

#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr int kMaxDepth = 32;  // of branches; Red Hat's have four

std::string_view first_number(std::string_view version) { return version.substr(0, version.find('.')); }

bool is_release(std::string_view version) {
  return !version.empty() && version.size() <= 8 &&
         std::ranges::all_of(version, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// CPE product names of RHEL, and the stream that each is.
struct StreamName {
  std::string_view product;
  std::string_view channel;  // empty: the release itself
};
constexpr StreamName kStreams[] = {
    {"enterprise_linux", ""},
    {"rhel_eus", "eus"},
    {"enterprise_linux_eus", "eus"},
    {"rhel_eus_long_life", "eus-long-life"},
    {"rhel_aus", "aus"},
    {"rhel_tus", "tus"},
    {"rhel_e4s", "e4s"},
    {"rhel_els", "els"},
    {"rhel_extras", "extras"},
};

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const std::string_view digits = text.substr(std::min(i + 1, text.size()), 2);
    if (text[i] == '%' && digits.size() == 2 &&
        std::from_chars(digits.data(), digits.data() + 2, value, 16).ptr == digits.data() + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string_view qualifier(std::string_view qualifiers, std::string_view key) {
  while (!qualifiers.empty()) {
    std::string_view item = next_field(qualifiers, '&');
    if (next_field(item, '=') == key) return item;
  }
  return {};
}

// "container-tools:rhel8:8090020230825121312:e7857ab1" → "container-tools:rhel8"
std::string name_and_stream(std::string_view module) {
  const std::size_t colon = module.find(':');
  if (colon == std::string_view::npos) return std::string(module);
  return std::string(module.substr(0, module.find(':', colon + 1)));
}

}  // namespace

std::optional<RhelStream> rhel_stream(std::string_view cpe) {
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) part = next_field(cpe, ':');
  if (parts[0] != "cpe" || parts[2] != "redhat" || !is_release(parts[4])) return std::nullopt;
  if (parts[1] != "/o" && parts[1] != "/a") return std::nullopt;
  const auto* found = std::ranges::find(kStreams, parts[3], &StreamName::product);
  if (found == std::end(kStreams)) return std::nullopt;
  RhelStream stream{"redhat:" + std::string(first_number(parts[4])), std::string(found->channel)};
  if (!stream.channel.empty()) stream.channel += ":" + std::string(parts[4]);
  return stream;
}

std::optional<RpmProduct> rpm_of_purl(std::string_view purl) {
  constexpr std::string_view kRpm = "pkg:rpm/redhat/";
  constexpr std::string_view kModule = "pkg:rpmmod/redhat/";
  std::string_view path = next_field(purl, '?');
  RpmProduct product;
  if (path.starts_with(kModule)) {
    path.remove_prefix(kModule.size());
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;  // the module, not a package of it
    product.module = name_and_stream(percent_decoded(path.substr(0, slash)));
    path.remove_prefix(slash + 1);
  } else if (path.starts_with(kRpm)) {
    path.remove_prefix(kRpm.size());
    product.module = name_and_stream(percent_decoded(qualifier(purl, "rpmmod")));
  } else {
    return std::nullopt;
  }
  product.name = percent_decoded(next_field(path, '@'));
  product.arch = qualifier(purl, "arch");
  if (!path.empty()) product.evr = evr_text(qualifier(purl, "epoch"), percent_decoded(path), {});
  if (product.name.empty() || product.name.find('/') != std::string::npos) return std::nullopt;
  return product;
}

Result<ProductTree> ProductTree::read(JsonValue document, std::string_view name) {
  ProductTree tree;
  const auto root = object_at(document, "product_tree");
  if (!root) return tree;
  if (const auto branches = array_at(*root, "branches")) OAKUM_CHECK(tree.read_branches(*branches, name, 0));
  each_at(*root, "relationships", [&](JsonValue relationship) { tree.read_relationship(relationship); });
  return tree;
}

Status ProductTree::read_branches(JsonArray branches, std::string_view name, int depth) {
  if (depth > kMaxDepth) return fail(ErrorCode::limit, std::string(name), "its product tree is more than 32 deep");
  for (const JsonValue branch : branches) {
    if (const auto product = object_at(branch, "product")) read_product(*product);
    if (const auto nested = array_at(branch, "branches")) OAKUM_CHECK(read_branches(*nested, name, depth + 1));
  }
  return {};
}

void ProductTree::read_product(JsonValue product) {
  const std::string_view id = text_at(product, "product_id");
  const auto helper = object_at(product, "product_identification_helper");
  if (id.empty() || !helper) return;
  if (auto stream = rhel_stream(text_at(*helper, "cpe"))) streams_.emplace(id, std::move(*stream));
  if (auto package = rpm_of_purl(text_at(*helper, "purl"))) packages_.emplace(id, std::move(*package));
}

void ProductTree::read_relationship(JsonValue relationship) {
  const auto stream = streams_.find(text_at(relationship, "relates_to_product_reference"));
  const auto package = packages_.find(text_at(relationship, "product_reference"));
  if (stream == streams_.end() || package == packages_.end()) return;
  if (const auto full = object_at(relationship, "full_product_name")) {
    pairs_.emplace(text_at(*full, "product_id"), ProductPair{&stream->second, &package->second});
  }
}

std::optional<ProductPair> ProductTree::find(std::string_view product_id) const {
  const auto found = pairs_.find(product_id);
  if (found == pairs_.end()) return std::nullopt;
  return found->second;
}

}  // namespace oakum::advisories
