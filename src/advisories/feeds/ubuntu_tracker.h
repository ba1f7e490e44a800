// One file of the Ubuntu CVE Tracker (active/CVE-2024-1234): "Key: value" with indented continuation lines.
#pragma once

#include <string_view>

#include "advisories/feed.h"

namespace oakum::advisories {

// Pushes what the file says of its CVE and of each source package in each release. An error where it names no CVE.
Status read_ubuntu_cve(std::string_view text, std::string_view place, FeedSink& sink);

}  // namespace oakum::advisories
