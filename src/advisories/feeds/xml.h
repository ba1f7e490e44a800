// XML of feeds: a whole document, parsed where its bytes lie.
#pragma once

#include <pugixml.hpp>

#include "advisories/feeds/archive.h"
#include "base/error.h"

namespace oakum::advisories {

// `xml` borrows the document's bytes and changes them. A DOCTYPE is passed over unread, so entities cannot be declared.
Status parse_xml(Document& document, std::string_view name, pugi::xml_document& xml);

}  // namespace oakum::advisories
