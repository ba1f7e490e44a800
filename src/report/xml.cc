#include "report/xml.h"

#include "base/text.h"

namespace oakum::report {

namespace {

// U+FFFE and U+FFFF are valid UTF-8 and no characters of XML.
bool is_noncharacter(std::string_view rest) {
  return rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF");
}

std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&apos;";
    default:
      return {};
  }
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  const std::string clean = printable(text);
  const std::string_view view = clean;
  std::string escaped;
  escaped.reserve(view.size());
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (const std::string_view entity = entity_of(view[i]); !entity.empty()) {
      escaped += entity;
    } else if (is_noncharacter(view.substr(i))) {
      escaped += "\xEF\xBF\xBD";
      i += 2;
    } else {
      escaped += view[i];
    }
  }
  return escaped;
}

std::string xml_attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_escaped(value) + "\"";
}

}  // namespace oakum::report
