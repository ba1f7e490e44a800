#include "advisories/feeds/xml.h"

#include <string>

namespace oakum::advisories {

Status parse_xml(Document& document, std::string_view name, pugi::xml_document& xml) {
  const std::span<char> bytes = document.writable();
  const auto parsed = xml.load_buffer_inplace(
      bytes.data(), bytes.size(), pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata | pugi::parse_eol);
  if (parsed) return {};
  return fail(ErrorCode::invalid, std::string(name) + ", byte " + std::to_string(parsed.offset), parsed.description());
}

}  // namespace oakum::advisories
