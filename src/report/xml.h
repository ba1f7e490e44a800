// Text inside XML 1.0 documents.
#pragma once

#include <string>
#include <string_view>

namespace oakum::report {

// Fit for an attribute in double quotes and for an element's text: the five special characters become entities; what
// XML cannot hold (XML 1.0, production 2: control characters, U+FFFE, U+FFFF, invalid UTF-8) becomes U+FFFD or \xNN.
std::string xml_escaped(std::string_view text);

// ` name="value"`, escaped.
std::string xml_attribute(std::string_view name, std::string_view value);

}  // namespace oakum::report
