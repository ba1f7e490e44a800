// Gem requirements (Gem::Requirement): comma-separated, all must hold; "~> 2.1" is at least 2.1 and, pre-releases of
// the bound left out, below 3.
#include <array>
#include <optional>

#include "base/text.h"
#include "versions/comparison.h"
#include "versions/gem.h"
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

namespace {

using Segments = std::vector<std::string_view>;

constexpr std::array kOps = {
    OpName{">=", Op::greater_equal}, OpName{"<=", Op::less_equal}, OpName{"!=", Op::not_equal},
    OpName{"=", Op::equal},          OpName{">", Op::greater},     OpName{"<", Op::less},
};

// The version without its pre-release part.
Segments release_of(Segments segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_alpha(segments[i].front())) continue;
    segments.resize(i);
    break;
  }
  return segments;
}

bool is_roughly(const Segments& version, const Segments& bound) {
  if (gem_key_of(version) < gem_key_of(bound)) return false;
  Segments next = release_of(bound);
  if (next.size() > 1) next.pop_back();
  const std::string last = increment(next.back());
  next.back() = last;
  return gem_key_of(release_of(version)) < gem_key_of(next);
}

std::optional<bool> clause_holds(std::string_view text, const Segments& version) {
  const bool roughly = take(text, "~>");
  Op op = Op::equal;
  if (!roughly) {
    for (const OpName& name : kOps) {
      if (!take(text, name.name)) continue;
      op = name.op;
      break;
    }
  }
  text = trim(text);
  if (text.empty()) return std::nullopt;
  const std::optional<Segments> bound = parse_gem(text);
  if (!bound) return std::nullopt;
  if (roughly) return is_roughly(version, *bound);
  return holds(op, gem_key_of(version) <=> gem_key_of(*bound));
}

}  // namespace

Result<bool> gem_satisfies(std::string_view text, std::string_view constraint) {
  if (auto key = gem_key(text); !key) return std::unexpected(std::move(key.error()));
  const Segments version = parse_gem(text).value_or(Segments{});
  bool all = true;
  for (const std::string_view part : split(constraint, ',')) {
    const std::optional<bool> held = clause_holds(trim(part), version);
    if (!held) return refuse_constraint(VersionScheme::gem, constraint, "RubyGems does not read a part of it");
    all = all && *held;
  }
  return all;
}

}  // namespace oakum::versions
