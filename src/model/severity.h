// How bad a thing is, and what its vendor does about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace oakum {

// In order: a greater value is worse. `unknown` sorts lowest and is never read as harmless.
enum class Severity : std::uint8_t { unknown, info, low, medium, high, critical };
inline constexpr Severity kSeverities[] = {Severity::critical, Severity::high, Severity::medium,
                                           Severity::low,      Severity::info, Severity::unknown};

// What the vendor of a package says of one vulnerability in it; the names are those of the report and --ignore-status.
enum class FixStatus : std::uint8_t {
  unknown,
  not_affected,
  affected,  // no fix yet
  fixed,     // a fixed version exists
  under_investigation,
  will_not_fix,
  fix_deferred,  // the vendor postponed it
  end_of_life,   // the release gets no fixes any more
};
inline constexpr FixStatus kFixStatuses[] = {
    FixStatus::unknown,      FixStatus::not_affected,        FixStatus::affected,
    FixStatus::fixed,        FixStatus::under_investigation, FixStatus::will_not_fix,
    FixStatus::fix_deferred, FixStatus::end_of_life};

std::string_view to_string(Severity severity);  // "critical" … "info", "unknown"
std::string_view to_string(FixStatus status);   // "will_not_fix" …

// Accept any case, and the synonyms that peers use (negligible → info, moderate → medium, important → high, …).
std::optional<Severity> parse_severity(std::string_view text);
std::optional<FixStatus> parse_fix_status(std::string_view text);

// The CVSS v3/v4 qualitative scale (specification section 5); 0.0 is info.
Severity severity_of_cvss(double base_score);

}  // namespace oakum
