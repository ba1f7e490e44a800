// endoflife.date: the full list (API v1), or single products of the older API.
#include <array>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kFull = "endoflife/api/v1/products/full.json";
constexpr std::string_view kProducts = "endoflife/api/";

bool accepts(std::string_view path) {
  if (path == kFull) return true;
  return path.starts_with(kProducts) && path.ends_with(".json") &&
         path.substr(kProducts.size()).find('/') == std::string_view::npos && !path.ends_with("/all.json");
}

// A date, where the member is one; the older API has true or false in its place.
std::string date_at(JsonValue release, std::string_view key) {
  const std::string_view text = text_at(release, key);
  return text.size() == 10 && text[4] == '-' && text[7] == '-' ? std::string(text) : std::string();
}

void read_product(JsonValue product, FeedSink& sink) {
  const std::string_view name = text_at(product, "name");
  each_at(product, "releases", [&](JsonValue release) {
    LifecycleRecord record;
    record.product = name;
    record.cycle = text_at(release, "name");
    record.codename = to_lower(text_at(release, "codename"));
    record.released = date_at(release, "releaseDate");
    record.end_of_support = date_at(release, "eoasFrom");
    record.end_of_life = date_at(release, "eolFrom");
    record.end_of_extended = date_at(release, "eoesFrom");
    record.ended_without_date = record.end_of_life.empty() && bool_at(release, "isEol").value_or(false);
    if (!record.product.empty() && !record.cycle.empty()) sink.lifecycle(std::move(record));
  });
}

void read_cycle(JsonValue cycle, std::string_view product, FeedSink& sink) {
  LifecycleRecord record;
  record.product = product;
  record.cycle = text_at(cycle, "cycle");
  record.codename = to_lower(text_at(cycle, "codename"));
  record.released = date_at(cycle, "releaseDate");
  record.end_of_support = date_at(cycle, "support");
  record.end_of_life = date_at(cycle, "eol");
  record.end_of_extended = date_at(cycle, "extendedSupport");
  record.ended_without_date = bool_at(cycle, "eol").value_or(false);
  if (!record.cycle.empty()) sink.lifecycle(std::move(record));
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  if (file.path == kFull) {
    if (!array_at(root, "result")) return fail(ErrorCode::invalid, file.path, "has no list of products");
    each_at(root, "result", [&](JsonValue product) { read_product(product, sink); });
    sink.dated(text_at(root, "generated_at").substr(0, 10));
    return {};
  }
  JsonArray cycles;
  if (root.get_array().get(cycles) != simdjson::SUCCESS) {
    return fail(ErrorCode::invalid, file.path, "is not a list of release cycles");
  }
  std::string_view product = std::string_view(file.path).substr(kProducts.size());
  product.remove_suffix(std::string_view(".json").size());
  for (const JsonValue cycle : cycles) read_cycle(cycle, product, sink);
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {Download{"https://endoflife.date/api/v1/products/full", std::string(kFull)}};
  return kDownloads;
}

}  // namespace

const Feed kEndOfLifeFeed = {.name = "endoflife",
                             .title = "endoflife.date",
                             .licence = "MIT",
                             .accepts = accepts,
                             .read = read,
                             .downloads = downloads};

}  // namespace oakum::advisories
