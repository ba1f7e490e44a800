#include "advisories/verdict.h"

#include <algorithm>
#include <set>

#include "advisories/qualifiers.h"

namespace oakum::advisories {

namespace {

enum class Standing : std::uint8_t { outside, affected, closed, not_affected, unreadable };

// Streams that a system may be subscribed to. Where `silence_means_open` is set, a fix that only the stream has means
// that the release itself stays vulnerable.
struct Subscription {
  std::string_view prefix;
  std::string_view title;
  bool silence_means_open;
};
constexpr Subscription kSubscriptions[] = {
    {"esm-", "Ubuntu Pro", true},
    {"eus:", "Extended Update Support", false},
    {"aus:", "Advanced Update Support", false},
    {"tus:", "Telecommunications Update Service", false},
    {"e4s:", "Update Services for SAP Solutions", false},
};

const Subscription* subscription_of(std::string_view channel) {
  const auto* found =
      std::ranges::find_if(kSubscriptions, [&](const Subscription& row) { return channel.starts_with(row.prefix); });
  return found == std::end(kSubscriptions) ? nullptr : found;
}

const std::string& key_for(const StoredRange& range, const InstalledKeys& keys) {
  const bool no_epoch = !range.end_text.empty() && range.end_text.find(':') == std::string_view::npos;
  return no_epoch ? keys.no_epoch : keys.full;
}

bool contains(const StoredRange& range, std::string_view key) {
  if (range.unreadable || key < range.introduced_key) return false;
  return range.end_key.empty() || key < range.end_key || (range.end_inclusive && key == range.end_key);
}

bool fixes(const StoredRange& range) { return !range.unreadable && !range.end_inclusive && !range.end_key.empty(); }

bool lists(const StoredClaim& claim, std::string_view key) {
  return std::ranges::binary_search(claim.version_keys, key);
}

bool claims_affected(const StoredClaim& claim, std::string_view key) {
  return claim.status != FixStatus::not_affected &&
         (lists(claim, key) ||
          std::ranges::any_of(claim.ranges, [&](const auto& range) { return contains(range, key); }));
}

bool is_within(const StoredClaim& claim, const InstalledKeys& keys) {
  return lists(claim, keys.full) || std::ranges::any_of(claim.ranges, [&](const StoredRange& range) {
           return contains(range, key_for(range, keys));
         });
}

Standing standing_of(const StoredClaim& claim, const InstalledKeys& keys) {
  const bool everything = claim.ranges.empty() && claim.version_keys.empty();
  const bool within = everything ? claim.status != FixStatus::fixed : is_within(claim, keys);
  if (claim.status == FixStatus::not_affected) return within ? Standing::not_affected : Standing::outside;
  if (within) return Standing::affected;
  if (std::ranges::any_of(claim.ranges, &StoredRange::unreadable)) return Standing::unreadable;
  const bool closed = std::ranges::any_of(
      claim.ranges, [&](const StoredRange& range) { return fixes(range) && range.end_key <= key_for(range, keys); });
  return closed ? Standing::closed : Standing::outside;
}

struct Judged {
  ClaimAndKeys at;
  Standing standing = Standing::outside;
};

// A claim that is open for all its version of a fix: that one lies in no repository from which it could be installed.
bool offers_fix(const StoredClaim& claim) {
  return claim.status == FixStatus::fixed || claim.status == FixStatus::unknown;
}

bool has_fix(const Judged& judged) {
  return offers_fix(*judged.at.claim) && std::ranges::any_of(judged.at.claim->ranges, fixes);
}

struct Parts {
  std::vector<Judged> active;  // hold for this system
  std::vector<Judged> beyond;  // of streams that it does not get
};

Parts divide(const std::vector<ClaimAndKeys>& claims, const std::vector<std::string>& channels,
             std::string_view flavour) {
  std::vector<Judged> base;
  std::vector<Judged> subscribed;
  Parts parts;
  for (const ClaimAndKeys& at : claims) {
    if (flavour_of_channel(at.claim->channel) != flavour) continue;
    const Judged judged{at, standing_of(*at.claim, *at.keys)};
    if (at.claim->channel.empty()) {
      base.push_back(judged);
    } else if (!flavour.empty() || std::ranges::find(channels, at.claim->channel) != channels.end()) {
      subscribed.push_back(judged);
    } else {
      parts.beyond.push_back(judged);
    }
  }
  // What a subscribed stream says replaces "no fix" of the release, not a fix.
  if (!subscribed.empty()) std::erase_if(base, [](const Judged& judged) { return !has_fix(judged); });
  parts.active = std::move(base);
  parts.active.insert(parts.active.end(), subscribed.begin(), subscribed.end());
  return parts;
}

bool any(const std::vector<Judged>& claims, Standing standing) {
  return std::ranges::find(claims, standing, &Judged::standing) != claims.end();
}

Outcome outcome_of(const std::vector<Judged>& active, Merge merge) {
  if (any(active, Standing::not_affected)) return Outcome::safe;
  const bool closed = merge == Merge::first_fix && any(active, Standing::closed);
  if (closed) return Outcome::safe;
  if (any(active, Standing::affected)) return Outcome::vulnerable;
  return any(active, Standing::unreadable) ? Outcome::unreadable : Outcome::safe;
}

// The lowest version from which no claim says vulnerable any more; with `first_fix`, the lowest that a claim names.
const StoredRange* lowest_fix(const std::vector<Judged>& active, Merge merge) {
  const StoredRange* best = nullptr;
  for (const Judged& judged : active) {
    if (!offers_fix(*judged.at.claim)) continue;
    for (const StoredRange& range : judged.at.claim->ranges) {
      if (!fixes(range) || range.end_key <= key_for(range, *judged.at.keys)) continue;
      if (best != nullptr && best->end_key <= range.end_key) continue;
      const bool still = merge == Merge::any_says_so && std::ranges::any_of(active, [&](const Judged& other) {
                           return claims_affected(*other.at.claim, range.end_key);
                         });
      if (!still) best = &range;
    }
  }
  return best;
}

void add_advisories(const std::vector<Judged>& claims, Verdict& verdict) {
  std::set<std::string> advisories;
  for (const Judged& judged : claims) {
    if (judged.standing == Standing::affected && !judged.at.claim->advisory.empty()) {
      advisories.emplace(judged.at.claim->advisory);
    }
  }
  verdict.advisories.assign(advisories.begin(), advisories.end());
}

// The most telling of what the claims say without a fix.
void add_words(const std::vector<Judged>& claims, Verdict& verdict) {
  for (const Judged& judged : claims) {
    const StoredClaim& claim = *judged.at.claim;
    if (judged.standing != Standing::affected) continue;
    if (verdict.claim == nullptr) verdict.claim = &claim;
    verdict.severity = std::max(verdict.severity, claim.severity);
    if (verdict.reason.empty()) verdict.reason = claim.reason;
    const bool plain =
        claim.status == FixStatus::fixed || claim.status == FixStatus::affected || claim.status == FixStatus::unknown;
    if (verdict.status == FixStatus::affected && !plain) verdict.status = claim.status;
  }
}

// "fixed only with Ubuntu Pro (esm-infra) in 1.2-3ubuntu0.1+esm1"
std::string beyond_reason(const StoredClaim& claim, const StoredRange& range) {
  const Subscription* subscription = subscription_of(claim.channel);
  const std::string channel(claim.channel);
  const std::string stream =
      subscription != nullptr ? std::string(subscription->title) + " (" + channel + ")" : "the channel " + channel;
  return "fixed only with " + stream + " in " + std::string(range.end_text);
}

void add_beyond(const std::vector<Judged>& beyond, Verdict& verdict) {
  for (const Judged& judged : beyond) {
    if (judged.standing != Standing::affected) continue;
    const StoredRange* fix = lowest_fix({judged}, Merge::first_fix);
    if (fix == nullptr) continue;
    verdict.reason = beyond_reason(*judged.at.claim, *fix);
    if (verdict.status == FixStatus::affected) verdict.status = FixStatus::will_not_fix;
    return;
  }
}

// Claims of streams alone: where the release's silence means that it is left open.
std::vector<Judged> left_open(const std::vector<Judged>& beyond) {
  std::vector<Judged> open;
  for (const Judged& judged : beyond) {
    const Subscription* subscription = subscription_of(judged.at.claim->channel);
    if (subscription != nullptr && subscription->silence_means_open) open.push_back(judged);
  }
  return open;
}

Verdict vulnerable_by(const std::vector<Judged>& claims) {
  Verdict verdict;
  verdict.outcome = Outcome::vulnerable;
  add_words(claims, verdict);
  add_advisories(claims, verdict);
  return verdict;
}

}  // namespace

Merge merge_for(VersionScheme scheme) { return scheme == VersionScheme::rpm ? Merge::first_fix : Merge::any_says_so; }

Verdict judge(const std::vector<ClaimAndKeys>& claims, const std::vector<std::string>& channels,
              std::string_view flavour, Merge merge) {
  const Parts parts = divide(claims, channels, flavour);
  if (parts.active.empty()) {
    const std::vector<Judged> open = left_open(parts.beyond);
    if (outcome_of(open, merge) != Outcome::vulnerable) return {};
    Verdict verdict = vulnerable_by(open);
    add_beyond(open, verdict);
    return verdict;
  }
  const Outcome outcome = outcome_of(parts.active, merge);
  if (outcome == Outcome::safe) return {};
  if (outcome == Outcome::unreadable) {
    Verdict verdict;
    verdict.outcome = outcome;
    const auto found = std::ranges::find(parts.active, Standing::unreadable, &Judged::standing);
    verdict.claim = found->at.claim;
    const auto range = std::ranges::find_if(verdict.claim->ranges, &StoredRange::unreadable);
    verdict.unreadable = range->end_text;
    return verdict;
  }
  Verdict verdict = vulnerable_by(parts.active);
  if (const StoredRange* fix = lowest_fix(parts.active, merge); fix != nullptr) {
    verdict.fixed = fix->end_text;
    verdict.status = FixStatus::fixed;
  } else {
    add_beyond(parts.beyond, verdict);
  }
  return verdict;
}

}  // namespace oakum::advisories
