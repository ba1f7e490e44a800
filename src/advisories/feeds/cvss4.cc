#include "advisories/feeds/cvss4.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

#include "base/text.h"

namespace oakum::advisories {

namespace {

// Metrics that count, each with its values from the most to the least severe; a value's index is its level.
enum Metric : std::uint8_t { kAv, kPr, kUi, kAc, kAt, kVc, kVi, kVa, kSc, kSi, kSa, kE, kCr, kIr, kAr, kMetrics };
struct MetricRow {
  std::string_view name;
  std::string_view values;
  bool base;  // mandatory; the others default to their worst value (section 2, "Not Defined")
};
// SC has no Safety value, but shares the levels of SI and SA (table 24): '-' keeps the place.
constexpr std::array<MetricRow, kMetrics> kRows = {{{"AV", "NALP", true},
                                                    {"PR", "NLH", true},
                                                    {"UI", "NPA", true},
                                                    {"AC", "LH", true},
                                                    {"AT", "NP", true},
                                                    {"VC", "HLN", true},
                                                    {"VI", "HLN", true},
                                                    {"VA", "HLN", true},
                                                    {"SC", "-HLN", true},
                                                    {"SI", "SHLN", true},
                                                    {"SA", "SHLN", true},
                                                    {"E", "APU", false},
                                                    {"CR", "HML", false},
                                                    {"IR", "HML", false},
                                                    {"AR", "HML", false}}};

// Supplemental metrics do not change the score (section 5).
constexpr std::string_view kSupplemental[] = {"S", "AU", "R", "V", "RE", "U"};

using Levels = std::array<std::uint8_t, kMetrics>;
constexpr std::uint8_t kUnset = 0xff;

struct Parsed {
  Levels plain;
  Levels modified;
};

// Sets the level of one component; false when it is unknown or repeated.
bool set_metric(Parsed& parsed, std::string_view component) {
  const std::string_view name = next_field(component, ':');
  if (component.empty()) return false;
  if (std::ranges::find(kSupplemental, name) != std::end(kSupplemental)) return true;
  const bool modified = name.size() == 3 && name.front() == 'M';
  const auto row = std::ranges::find(kRows, modified ? name.substr(1) : name, &MetricRow::name);
  if (row == kRows.end() || (modified && !row->base)) return false;
  const auto metric = static_cast<std::size_t>(row - kRows.begin());
  if (component == "X") return !row->base || modified;
  const std::size_t level = component.size() == 1 ? row->values.find(component.front()) : std::string_view::npos;
  if (level == std::string_view::npos || component == "-") return false;
  // Safety is a value of the modified metrics alone.
  if (component == "S" && !modified) return false;
  std::uint8_t& place = modified ? parsed.modified[metric] : parsed.plain[metric];
  if (place != kUnset) return false;
  place = static_cast<std::uint8_t>(level);
  return true;
}

std::optional<Levels> parse(std::string_view metrics) {
  Parsed parsed;
  parsed.plain.fill(kUnset);
  parsed.modified.fill(kUnset);
  while (!metrics.empty()) {
    if (!set_metric(parsed, next_field(metrics, '/'))) return std::nullopt;
  }
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    if (parsed.plain[metric] == kUnset) {
      if (kRows[metric].base) return std::nullopt;
      parsed.plain[metric] = 0;
    }
    if (parsed.modified[metric] != kUnset) parsed.plain[metric] = parsed.modified[metric];
  }
  return parsed.plain;
}

// Equivalence sets 1 to 6 (tables 24 to 29), index 0 for the first.
using MacroVector = std::array<int, 6>;

int equivalence1(const Levels& l) {
  const bool network = l[kAv] == 0;
  const bool open = l[kPr] == 0;
  const bool alone = l[kUi] == 0;
  if (network && open && alone) return 0;
  return (network || open || alone) && l[kAv] != 3 ? 1 : 2;
}

int equivalence3(const Levels& l) {
  if (l[kVc] == 0 && l[kVi] == 0) return 0;
  return l[kVc] == 0 || l[kVi] == 0 || l[kVa] == 0 ? 1 : 2;
}

int equivalence4(const Levels& l) {
  if (l[kSi] == 0 || l[kSa] == 0) return 0;
  return l[kSc] == 1 || l[kSi] == 1 || l[kSa] == 1 ? 1 : 2;
}

int equivalence6(const Levels& l) {
  const bool critical = (l[kCr] == 0 && l[kVc] == 0) || (l[kIr] == 0 && l[kVi] == 0) || (l[kAr] == 0 && l[kVa] == 0);
  return critical ? 0 : 1;
}

MacroVector macro_vector(const Levels& l) {
  return {equivalence1(l), l[kAc] == 0 && l[kAt] == 0 ? 0 : 1, equivalence3(l), equivalence4(l), l[kE],
          equivalence6(l)};
}

// Scores of the MacroVectors times ten, as the specification publishes them (cvss_lookup); a line is EQ1 to EQ4, in it
// EQ5 and EQ6 count up. -1: no such vector.
constexpr std::array<std::int8_t, 3 * 2 * 3 * 3 * 3 * 2> kScores = {
    // clang-format off
    100, 99, 98, 95, 95, 92,  // 0000
    100, 96, 93, 87, 91, 81,  // 0001
    93, 90, 89, 80, 81, 68,  // 0002
    98, 95, 95, 92, 90, 84,  // 0010
    93, 92, 89, 81, 81, 65,  // 0011
    88, 80, 78, 70, 69, 48,  // 0012
    -1, 92, -1, 82, -1, 72,  // 0020
    -1, 79, -1, 69, -1, 50,  // 0021
    -1, 69, -1, 55, -1, 27,  // 0022
    99, 97, 95, 92, 92, 85,  // 0100
    95, 91, 90, 83, 84, 71,  // 0101
    92, 81, 82, 71, 72, 53,  // 0102
    95, 93, 92, 85, 85, 73,  // 0110
    92, 82, 80, 72, 70, 59,  // 0111
    84, 70, 71, 52, 50, 30,  // 0112
    -1, 86, -1, 75, -1, 52,  // 0120
    -1, 71, -1, 52, -1, 29,  // 0121
    -1, 63, -1, 29, -1, 17,  // 0122
    98, 95, 94, 87, 91, 81,  // 1000
    94, 89, 86, 74, 77, 64,  // 1001
    87, 75, 74, 63, 63, 49,  // 1002
    94, 89, 88, 77, 76, 67,  // 1010
    86, 76, 74, 58, 59, 50,  // 1011
    72, 57, 57, 52, 52, 25,  // 1012
    -1, 83, -1, 70, -1, 54,  // 1020
    -1, 65, -1, 58, -1, 26,  // 1021
    -1, 53, -1, 21, -1, 13,  // 1022
    95, 90, 88, 76, 76, 70,  // 1100
    90, 77, 75, 62, 61, 53,  // 1101
    77, 66, 68, 59, 52, 30,  // 1102
    89, 78, 76, 67, 62, 58,  // 1110
    74, 59, 57, 57, 47, 23,  // 1111
    61, 52, 57, 29, 24, 16,  // 1112
    -1, 71, -1, 59, -1, 30,  // 1120
    -1, 58, -1, 26, -1, 15,  // 1121
    -1, 23, -1, 13, -1, 6,  // 1122
    93, 87, 86, 72, 75, 58,  // 2000
    86, 74, 74, 61, 56, 34,  // 2001
    70, 54, 52, 40, 40, 22,  // 2002
    85, 75, 74, 55, 62, 51,  // 2010
    72, 57, 55, 41, 46, 19,  // 2011
    53, 36, 34, 19, 19, 8,  // 2012
    -1, 64, -1, 51, -1, 20,  // 2020
    -1, 47, -1, 21, -1, 11,  // 2021
    -1, 24, -1, 9, -1, 4,  // 2022
    88, 75, 73, 53, 60, 50,  // 2100
    73, 55, 59, 40, 41, 20,  // 2101
    54, 43, 45, 22, 20, 11,  // 2102
    75, 55, 58, 45, 40, 21,  // 2110
    61, 51, 48, 18, 20, 9,  // 2111
    46, 18, 17, 7, 8, 2,  // 2112
    -1, 53, -1, 24, -1, 14,  // 2120
    -1, 24, -1, 12, -1, 5,  // 2121
    -1, 10, -1, 3, -1, 1,  // 2122
    // clang-format on
};

constexpr MacroVector kSizes = {3, 2, 3, 3, 3, 2};

// The MacroVector's score, nullopt where there is none.
std::optional<double> lookup(const MacroVector& v) {
  std::size_t index = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (v[i] >= kSizes[i]) return std::nullopt;
    index = index * static_cast<std::size_t>(kSizes[i]) + static_cast<std::size_t>(v[i]);
  }
  if (kScores[index] < 0) return std::nullopt;
  return kScores[index] / 10.0;
}

// The most severe vectors of each level of an equivalence set (tables 24 to 30), as levels of its metrics.
struct Highest {
  std::uint8_t level;  // EQ3 and EQ6 together: 10 * EQ3 + EQ6
  std::array<std::uint8_t, 6> levels;
};
struct EquivalenceSet {
  std::array<Metric, 6> metrics;
  std::size_t metric_count;
  std::span<const Highest> highest;
};
constexpr Highest kHighest1[] = {{0, {0, 0, 0}}, {1, {1, 0, 0}}, {1, {0, 1, 0}},
                                 {1, {0, 0, 1}}, {2, {3, 0, 0}}, {2, {1, 1, 1}}};
constexpr Highest kHighest2[] = {{0, {0, 0}}, {1, {1, 0}}, {1, {0, 1}}};
constexpr Highest kHighest36[] = {{0, {0, 0, 0, 0, 0, 0}},  {1, {0, 0, 1, 1, 1, 0}},  {1, {0, 0, 0, 1, 1, 1}},
                                  {10, {1, 0, 0, 0, 0, 0}}, {10, {0, 1, 0, 0, 0, 0}}, {11, {1, 0, 1, 0, 1, 0}},
                                  {11, {1, 0, 0, 0, 1, 1}}, {11, {0, 1, 0, 1, 0, 1}}, {11, {0, 1, 1, 1, 0, 0}},
                                  {11, {1, 1, 0, 0, 0, 1}}, {21, {1, 1, 1, 0, 0, 0}}};
constexpr Highest kHighest4[] = {{0, {1, 0, 0}}, {1, {1, 1, 1}}, {2, {2, 2, 2}}};
constexpr EquivalenceSet kSet1 = {{kAv, kPr, kUi}, 3, kHighest1};
constexpr EquivalenceSet kSet2 = {{kAc, kAt}, 2, kHighest2};
constexpr EquivalenceSet kSet36 = {{kVc, kVi, kVa, kCr, kIr, kAr}, 6, kHighest36};
constexpr EquivalenceSet kSet4 = {{kSc, kSi, kSa}, 3, kHighest4};

// Steps from the first highest vector of `level` that is at least as severe in each metric down to `l`.
int distance(const EquivalenceSet& set, int level, const Levels& l) {
  for (const Highest& highest : set.highest) {
    if (highest.level != level) continue;
    int steps = 0;
    bool above = true;
    for (std::size_t i = 0; i < set.metric_count; ++i) {
      const int step = l[set.metrics[i]] - highest.levels[i];
      above = above && step >= 0;
      steps += step;
    }
    if (above) return steps;
  }
  return 0;
}

MacroVector lowered(MacroVector v, std::size_t index) {
  ++v[index];
  return v;
}

// The next lower MacroVector's score for EQ3 and EQ6 together: of two possible ones the higher (section 8.2).
std::optional<double> lower36(const MacroVector& v) {
  if (v[2] == 0 && v[5] == 0) {
    const std::optional<double> left = lookup(lowered(v, 5));
    const std::optional<double> right = lookup(lowered(v, 2));
    return left && right ? std::max(left, right) : left;
  }
  if (v[2] == 1 && v[5] == 0) return lookup(lowered(v, 5));
  return v[2] == 2 ? std::nullopt : lookup(lowered(v, 2));
}

// Depths of the equivalence sets (table 31): the steps from the highest to the lowest vector, plus one.
constexpr std::array<int, 3> kDepth1 = {1, 4, 5};
constexpr std::array<int, 2> kDepth2 = {1, 2};
constexpr std::array<int, 3> kDepth4 = {6, 5, 4};
int depth36(const MacroVector& v) {
  if (v[2] == 0) return v[5] == 0 ? 7 : 6;
  return v[2] == 1 ? 8 : 10;
}

bool without_impact(const Levels& l) {
  return l[kVc] == 2 && l[kVi] == 2 && l[kVa] == 2 && l[kSc] == 3 && l[kSi] == 3 && l[kSa] == 3;
}

}  // namespace

std::optional<double> cvss4_score(std::string_view metrics) {
  const std::optional<Levels> parsed = parse(metrics);
  if (!parsed) return std::nullopt;
  const Levels& l = *parsed;
  if (without_impact(l)) return 0.0;
  const MacroVector v = macro_vector(l);
  const std::optional<double> value = lookup(v);
  if (!value) return std::nullopt;
  struct Step {
    std::optional<double> lower;
    int distance;
    int depth;
  };
  const std::array<Step, 5> steps = {{
      {lookup(lowered(v, 0)), distance(kSet1, v[0], l), kDepth1[static_cast<std::size_t>(v[0])]},
      {lookup(lowered(v, 1)), distance(kSet2, v[1], l), kDepth2[static_cast<std::size_t>(v[1])]},
      {lower36(v), distance(kSet36, 10 * v[2] + v[5], l), depth36(v)},
      {lookup(lowered(v, 3)), distance(kSet4, v[3], l), kDepth4[static_cast<std::size_t>(v[3])]},
      {lookup(lowered(v, 4)), 0, 1},
  }};
  double sum = 0;
  int count = 0;
  for (const Step& step : steps) {
    if (!step.lower) continue;
    sum += (*value - *step.lower) * step.distance / step.depth;
    ++count;
  }
  const double score = count == 0 ? *value : *value - sum / count;
  // The half is taken up although 8.65 has no exact binary form.
  return std::clamp(std::floor(score * 10 + 0.5 + 1e-6) / 10, 0.0, 10.0);
}

}  // namespace oakum::advisories
