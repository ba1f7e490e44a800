// What a label's value may have to look like.
#pragma once

#include <string_view>

namespace oakum::rules {

bool is_web_url(std::string_view text);   // absolute, RFC 3986: scheme, "//", host
bool is_rfc3339(std::string_view text);   // "2026-01-31T12:00:00Z"
bool is_semver(std::string_view text);    // semver.org 2.0.0
bool is_git_hash(std::string_view text);  // 7 or 40 hexadecimal digits
bool is_email(std::string_view text);     // RFC 5321's everyday form: local@host.domain

}  // namespace oakum::rules
