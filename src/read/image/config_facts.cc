#include "read/image/config_facts.h"

#include "net/json.h"
#include "read/image/health.h"
#include "read/image/history.h"
#include "read/image/oci_manifest.h"

namespace oakum::image {

namespace {

using net::Json;
using net::member;
using net::string_member;

constexpr std::size_t kMaxHistory = 10'000;

HistoryStep step_of(const Json& entry) {
  HistoryStep step;
  step.created_by = string_member(entry, "created_by");
  step.comment = string_member(entry, "comment");
  step.created = string_member(entry, "created");
  step.empty_layer = net::bool_member(entry, "empty_layer");
  step.instruction = instruction_of({.created_by = step.created_by, .comment = step.comment});
  return step;
}

// Without a history every layer is a step of which nothing is known.
std::vector<HistoryStep> steps_of(const Json& history, const Image& image) {
  std::vector<HistoryStep> steps;
  if (history.is_array()) {
    for (const Json& entry : history) {
      if (steps.size() == kMaxHistory) break;
      steps.push_back(step_of(entry));
    }
  }
  if (!steps.empty()) return steps;
  for (const Layer& layer : image.layers) {
    HistoryStep step{.created_by = layer.created_by, .comment = layer.comment};
    step.instruction = instruction_of(layer);
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

ImageFacts facts_of_config(const Image& image, std::string name) {
  ImageFacts facts;
  facts.name = std::move(name);
  facts.image = image;
  facts.origin.surface = Surface::image;
  const auto parsed = net::parse_json(image.config_json, kConfigLimit, facts.name);
  const Json document = parsed ? *parsed : Json();
  const Json& config = member(document, "config");
  facts.history = steps_of(member(document, "history"), image);
  facts.build = build_of(facts.name, facts.history);
  facts.healthcheck = health_check_of(member(config, "Healthcheck"));
  facts.shell = net::strings_member(config, "Shell");
  facts.on_build = net::strings_member(config, "OnBuild");
  facts.stop_signal = string_member(config, "StopSignal");
  return facts;
}

}  // namespace oakum::image
