#include "advisories/feeds/cvss.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "advisories/feeds/cvss4.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

struct Weight {
  std::string_view metric;  // "AV:N"
  double value;
};

// The weight of the one component of `vector` that is "METRIC:…"; nullopt when it is missing, twice, or unknown.
std::optional<double> weight(std::string_view vector, std::string_view metric, std::span<const Weight> weights) {
  std::optional<double> found;
  while (!vector.empty()) {
    const std::string_view part = next_field(vector, '/');
    if (part.size() <= metric.size() || !part.starts_with(metric) || part[metric.size()] != ':') continue;
    const auto row = std::ranges::find(weights, part, &Weight::metric);
    if (found || row == weights.end()) return std::nullopt;
    found = row->value;
  }
  return found;
}

bool has_component(std::string_view vector, std::string_view component) {
  while (!vector.empty()) {
    if (next_field(vector, '/') == component) return true;
  }
  return false;
}

// CVSS v2 guide, section 3.2.1.
std::optional<double> score_v2(std::string_view vector) {
  constexpr Weight kAv[] = {{"AV:L", 0.395}, {"AV:A", 0.646}, {"AV:N", 1.0}};
  constexpr Weight kAc[] = {{"AC:H", 0.35}, {"AC:M", 0.61}, {"AC:L", 0.71}};
  constexpr Weight kAu[] = {{"Au:M", 0.45}, {"Au:S", 0.56}, {"Au:N", 0.704}};
  constexpr Weight kC[] = {{"C:N", 0.0}, {"C:P", 0.275}, {"C:C", 0.660}};
  constexpr Weight kI[] = {{"I:N", 0.0}, {"I:P", 0.275}, {"I:C", 0.660}};
  constexpr Weight kA[] = {{"A:N", 0.0}, {"A:P", 0.275}, {"A:C", 0.660}};
  const auto av = weight(vector, "AV", kAv);
  const auto ac = weight(vector, "AC", kAc);
  const auto au = weight(vector, "Au", kAu);
  const auto c = weight(vector, "C", kC);
  const auto i = weight(vector, "I", kI);
  const auto a = weight(vector, "A", kA);
  if (!av || !ac || !au || !c || !i || !a) return std::nullopt;
  const double impact = 10.41 * (1 - (1 - *c) * (1 - *i) * (1 - *a));
  const double exploitability = 20 * *av * *ac * *au;
  const double factor = impact == 0 ? 0 : 1.176;
  return std::round((0.6 * impact + 0.4 * exploitability - 1.5) * factor * 10) / 10;
}

// Specification v3.1, appendix A: the smallest number of one decimal that is not less, without floating-point drift.
double round_up_31(double value) {
  const long scaled = std::lround(value * 100'000);
  if (scaled % 10'000 == 0) return static_cast<double>(scaled) / 100'000;
  return (std::floor(static_cast<double>(scaled) / 10'000) + 1) / 10;
}

// Specification v3.0, section 8.1.
double round_up_30(double value) { return std::ceil(value * 10) / 10; }

// Specification v3.0 and v3.1, sections 7.1 and 7.4; only the rounding differs for base scores.
std::optional<double> score_v3(std::string_view vector, double (*round_up)(double)) {
  constexpr Weight kAv[] = {{"AV:N", 0.85}, {"AV:A", 0.62}, {"AV:L", 0.55}, {"AV:P", 0.2}};
  constexpr Weight kAc[] = {{"AC:L", 0.77}, {"AC:H", 0.44}};
  constexpr Weight kPrUnchanged[] = {{"PR:N", 0.85}, {"PR:L", 0.62}, {"PR:H", 0.27}};
  constexpr Weight kPrChanged[] = {{"PR:N", 0.85}, {"PR:L", 0.68}, {"PR:H", 0.5}};
  constexpr Weight kUi[] = {{"UI:N", 0.85}, {"UI:R", 0.62}};
  constexpr Weight kS[] = {{"S:U", 0.0}, {"S:C", 1.0}};
  constexpr Weight kC[] = {{"C:H", 0.56}, {"C:L", 0.22}, {"C:N", 0.0}};
  constexpr Weight kI[] = {{"I:H", 0.56}, {"I:L", 0.22}, {"I:N", 0.0}};
  constexpr Weight kA[] = {{"A:H", 0.56}, {"A:L", 0.22}, {"A:N", 0.0}};
  const bool changed = has_component(vector, "S:C");
  const auto scope = weight(vector, "S", kS);
  const auto av = weight(vector, "AV", kAv);
  const auto ac = weight(vector, "AC", kAc);
  const auto pr = weight(vector, "PR", changed ? std::span<const Weight>(kPrChanged) : kPrUnchanged);
  const auto ui = weight(vector, "UI", kUi);
  const auto c = weight(vector, "C", kC);
  const auto i = weight(vector, "I", kI);
  const auto a = weight(vector, "A", kA);
  if (!scope || !av || !ac || !pr || !ui || !c || !i || !a) return std::nullopt;
  const double base = 1 - (1 - *c) * (1 - *i) * (1 - *a);
  const double impact = changed ? 7.52 * (base - 0.029) - 3.25 * std::pow(base - 0.02, 15) : 6.42 * base;
  if (impact <= 0) return 0.0;
  const double exploitability = 8.22 * *av * *ac * *pr * *ui;
  return round_up(std::min((changed ? 1.08 : 1.0) * (impact + exploitability), 10.0));
}

struct Scored {
  std::string_view version;
  double score;
};

std::optional<Scored> scored(std::string_view version, std::optional<double> score) {
  if (!score) return std::nullopt;
  return Scored{version, *score};
}

std::optional<Scored> score_of(std::string_view vector) {
  constexpr std::size_t kLongest = 512;
  if (vector.size() > kLongest) return std::nullopt;
  if (vector.starts_with("CVSS:3.1/")) return scored("3.1", score_v3(vector.substr(9), round_up_31));
  if (vector.starts_with("CVSS:3.0/")) return scored("3.0", score_v3(vector.substr(9), round_up_30));
  if (vector.starts_with("CVSS:4.0/")) return scored("4.0", cvss4_score(vector.substr(9)));
  if (vector.starts_with('(') && vector.ends_with(')')) vector = vector.substr(1, vector.size() - 2);
  return scored("2.0", score_v2(vector));
}

}  // namespace

std::optional<double> cvss_score(std::string_view vector) {
  const std::optional<Scored> result = score_of(trim(vector));
  if (!result) return std::nullopt;
  return result->score;
}

std::optional<Cvss> cvss_of(std::string_view source, std::string_view vector) {
  const std::string_view text = trim(vector);
  const std::optional<Scored> result = score_of(text);
  if (!result) return std::nullopt;
  return Cvss{std::string(source), std::string(result->version), std::string(text), result->score};
}

}  // namespace oakum::advisories
