// Which feed is believed where several speak of one vulnerability in one package. docs/database.md, "Precedence".
#pragma once

#include <string_view>

namespace oakum::advisories {

// Lower is better. The claims of the best feed count alone; worse ones only fill gaps.
int precedence(std::string_view ecosystem, std::string_view feed);

// Feeds that see fixes only as they are published: their silence says nothing of open issues.
bool knows_open_issues(std::string_view feed);

// "debian" of "debian:12".
std::string_view family_of(std::string_view ecosystem);

}  // namespace oakum::advisories
