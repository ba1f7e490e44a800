#include "rules/build/labels.h"

#include <utility>

namespace oakum::rules {

namespace {

constexpr std::pair<std::string_view, std::string_view> kOci[] = {
    {"org.opencontainers.image.authors", "text"},     {"org.opencontainers.image.base.digest", "text"},
    {"org.opencontainers.image.base.name", "text"},   {"org.opencontainers.image.created", "rfc3339"},
    {"org.opencontainers.image.description", "text"}, {"org.opencontainers.image.documentation", "url"},
    {"org.opencontainers.image.licenses", "spdx"},    {"org.opencontainers.image.ref.name", "text"},
    {"org.opencontainers.image.revision", "text"},    {"org.opencontainers.image.source", "url"},
    {"org.opencontainers.image.title", "text"},       {"org.opencontainers.image.url", "url"},
    {"org.opencontainers.image.vendor", "text"},      {"org.opencontainers.image.version", "text"},
};

template <class Rows>
std::string_view type_in(const Rows& rows, std::string_view label) {
  for (const auto& [name, type] : rows) {
    if (name == label) return type;
  }
  return {};
}

}  // namespace

std::string_view schema_type(const Settings& settings, std::string_view label) {
  return type_in(settings.label_schema, label);
}

std::string_view oci_type(std::string_view label) { return type_in(kOci, label); }

std::vector<std::string_view> oci_labels() {
  std::vector<std::string_view> names;
  for (const auto& [name, type] : kOci) names.push_back(name);
  return names;
}

}  // namespace oakum::rules
