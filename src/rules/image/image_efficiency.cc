#include <string>

#include "base/text.h"
#include "rules/image/files.h"

namespace oakum::rules {

namespace {

// dive's own figures, as it runs in CI.
constexpr double kLowestEfficiency = 0.9;
constexpr double kHighestUserWaste = 0.1;
// Less than this is no burden on anybody.
constexpr std::uint64_t kNegligible = 1'000'000;

std::string percent(double part) { return std::to_string(static_cast<int>(part * 100)) + " %"; }

// What was put on top of the lowest layer, the base.
std::uint64_t user_bytes(const ImageFacts& image) {
  bool base = true;
  std::uint64_t bytes = 0;
  for (const HistoryStep& step : image.history) {
    if (step.empty_layer) continue;
    if (!base) bytes += step.size;
    base = false;
  }
  return bytes;
}

void check(const ImageFacts& image, Judge& judge) {
  if (!files_known(image, judge) || image.wasted_bytes < kNegligible) return;
  const auto wasted = static_cast<double>(image.wasted_bytes);
  const double efficiency = 1 - wasted / static_cast<double>(image.total_bytes);
  const std::uint64_t of_user = user_bytes(image);
  const double user_waste = of_user == 0 ? 0 : wasted / static_cast<double>(of_user);
  const bool inefficient = efficiency < kLowestEfficiency;
  const bool wasteful = user_waste > kHighestUserWaste;
  if (!inefficient && !wasteful) return;
  Finding& finding =
      judge.found(image, join({human_bytes(image.wasted_bytes), " of ", human_bytes(image.total_bytes),
                               " are replaced or deleted by later layers: efficiency ", percent(efficiency)}));
  if (!inefficient) only_aliases(finding, {"dive:highestUserWastedPercent"});
  if (!wasteful) only_aliases(finding, {"dive:lowestEfficiency"});
}

}  // namespace

extern constinit const Rule image_efficiency{
    .info = checked({
        .id = "image-efficiency",
        .title = "much of the image is thrown away by later layers",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "dive:highestUserWastedPercent dive:lowestEfficiency",
        .fix = FixSafety::advice,
        .fix_summary = "delete in the step that creates, or build in one stage and copy the result into another",
        .why = "A file that a later layer replaces or deletes is still pulled, stored and readable. It costs every "
               "host its "
               "size, and keeps what was meant to be gone.",
        .bad =
            {Surface::image,
             R"({"layers": 2, "files": [{"path": "/big", "size": 900000}, {"path": "/app", "size": 100000}, {"path": "/big2", "size": 300000}, {"path": "/.wh.big", "layer": 1}, {"path": "/.wh.big2", "layer": 1}]})"},
        .good = {Surface::image, R"({"files": [{"path": "/app", "size": 100000}]})"},
        .references =
            "https://docs.docker.com/build/building/multi-stage/ https://github.com/wagoodman/dive#ci-integration",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
