// The products of a Red Hat CSAF document (CSAF 2.0 section 3.2.2): which rpm package of which RHEL stream a product
// id of product_status stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "advisories/feeds/json.h"
#include "base/error.h"

namespace oakum::advisories {

// A release of RHEL, or one of its streams beside it.
struct RhelStream {
  std::string ecosystem;  // "redhat:9"
  std::string channel;    // "", "eus:9.2", "aus:8.4", "tus:8.6", "e4s:8.2", "els:7"
};

// An rpm as product_tree names it.
struct RpmProduct {
  std::string name;
  std::string evr;     // empty: the package in any version
  std::string arch;    // empty: not stated
  std::string module;  // "nodejs:18"
};

// "cpe:/a:redhat:enterprise_linux:9::appstream" → redhat:9. Nullopt for other products.
std::optional<RhelStream> rhel_stream(std::string_view cpe);

// "pkg:rpm/redhat/curl@7.76.1-26.el9_3.2?arch=x86_64&epoch=1", "pkg:rpmmod/redhat/php:7.2/php". Nullopt for others.
std::optional<RpmProduct> rpm_of_purl(std::string_view purl);

struct ProductPair {
  const RhelStream* stream = nullptr;
  const RpmProduct* package = nullptr;
};

// Views into the document, which must outlive it.
class ProductTree {
 public:
  // Only what is of RHEL and an rpm is kept; a document that is too deep or too large is an error.
  static Result<ProductTree> read(JsonValue document, std::string_view name);

  // Nullopt for a product that is not an rpm of RHEL.
  std::optional<ProductPair> find(std::string_view product_id) const;

 private:
  Status read_branches(JsonArray branches, std::string_view name, int depth);
  void read_product(JsonValue product);
  void read_relationship(JsonValue relationship);

  std::unordered_map<std::string_view, RhelStream> streams_;
  std::unordered_map<std::string_view, RpmProduct> packages_;
  std::unordered_map<std::string_view, ProductPair> pairs_;
};

}  // namespace oakum::advisories
