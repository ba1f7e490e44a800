#include "advisories/support.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "advisories/collector.h"
#include "advisories/precedence.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr int kOldAfterDays = 90;

void add(Target& target, Unevaluated::Kind kind, std::string subject, std::string detail) {
  target.unevaluated.push_back({kind, std::move(subject), std::move(detail)});
}

std::optional<std::chrono::sys_days> day_of(std::string_view text) {
  const std::string_view day = iso_day(text);
  if (day.empty()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{parse_number<int>(day.substr(0, 4)).value_or(0)},
                                         std::chrono::month{parse_number<unsigned>(day.substr(5, 2)).value_or(0)},
                                         std::chrono::day{parse_number<unsigned>(day.substr(8, 2)).value_or(0)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// Debian's long-term support is for everyone; Ubuntu's extended one for systems attached to Pro.
bool extension_counts(std::string_view product, const Target& target) {
  if (product == "debian") return true;
  const auto& channels = target.distribution->channels;
  return product == "ubuntu" && std::ranges::find(channels, "esm-infra") != channels.end();
}

void assess_lifecycle(const Database& database, std::string_view today, Target& target) {
  const auto cycle = lifecycle_of(target.ecosystem);
  const auto record = cycle ? database.lifecycle(cycle->product, cycle->cycle) : std::nullopt;
  if (!record) return;
  const bool extended = !record->end_of_extended.empty() && extension_counts(cycle->product, target);
  target.end_of_life = extended ? std::max(record->end_of_life, record->end_of_extended) : record->end_of_life;
  target.past_end_of_life = target.end_of_life.empty() ? record->ended_without_date : target.end_of_life < today;
  if (!target.past_end_of_life) return;
  std::string when = target.end_of_life.empty() ? std::string() : " since " + target.end_of_life;
  if (!extended && record->end_of_extended >= today) {
    when += fmt::format(" (extended support, for those who have it, ends {})", record->end_of_extended);
  }
  add(target, Unevaluated::Kind::end_of_life, target.ecosystem,
      fmt::format("past its end of life{}: judged by the last data, newer vulnerabilities are not known", when));
}

void assess_age(const Database& database, const std::vector<std::string>& feeds, std::string_view today,
                Target& target) {
  std::string newest;
  for (const FeedInfo& feed : database.info().feeds) {
    if (std::ranges::find(feeds, feed.name) != feeds.end()) newest = std::max(newest, feed.date);
  }
  const auto then = day_of(newest);
  const auto now = day_of(today);
  if (!then || !now || *now - *then <= std::chrono::days(kOldAfterDays)) return;
  add(target, Unevaluated::Kind::no_feed, target.ecosystem,
      fmt::format("its advisories are of {}, {} days old: later ones are not known; run `oakum db update`", newest,
                  (*now - *then).count()));
}

void assess_coverage(const Database& database, std::string_view today, Target& target) {
  const std::vector<std::string> feeds = database.covered_by(target.ecosystem);
  if (feeds.empty()) {
    const std::vector<std::string> known = database.ecosystems();
    const bool some = std::ranges::binary_search(known, target.ecosystem);
    add(target, Unevaluated::Kind::no_data, target.ecosystem,
        some ? "the database has some advisories for it, but no feed that speaks for all of it"
             : "the database holds no advisories for it");
    return;
  }
  if (std::ranges::none_of(feeds, [](const std::string& feed) { return knows_open_issues(feed); })) {
    add(target, Unevaluated::Kind::no_feed, target.ecosystem,
        fmt::format("only {} speaks for it: issues that have no fix yet are not known", fmt::join(feeds, " and ")));
  }
  assess_age(database, feeds, today, target);
}

}  // namespace

std::string today() {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

void assess_support(const Database& database, std::string_view today, Target& target) {
  if (!target.distribution || target.distribution->id.empty()) {
    add(target, Unevaluated::Kind::unknown_distribution, target.name,
        "says of no distribution, so that no advisories apply to its packages");
    return;
  }
  if (target.ecosystem.empty()) {
    const Distribution& distribution = *target.distribution;
    add(target, Unevaluated::Kind::unknown_distribution,
        printable(distribution.name.empty() ? distribution.id : distribution.name, 100),
        "a distribution or release whose advisories oakum does not read");
    return;
  }
  assess_lifecycle(database, today, target);
  assess_coverage(database, today, target);
}

}  // namespace oakum::advisories
