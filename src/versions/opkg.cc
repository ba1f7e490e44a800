// opkg versions: dpkg's order, read by a parser that refuses nothing but the empty text (opkg, libopkg/pkg_parse.c):
// the epoch is what strtoul() reads before the first colon, the revision may be empty.
#include "versions/dpkg_order.h"
#include "versions/schemes.h"

namespace oakum::versions {

Result<std::string> opkg_key(std::string_view text) {
  if (text.empty()) return refuse(VersionScheme::opkg, text, "it is empty");
  KeyBuilder key;
  std::string_view epoch;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    std::string_view before = text.substr(0, colon);
    epoch = take_digits(before);
    text.remove_prefix(colon + 1);
  }
  key.number(epoch);
  std::string_view revision;
  if (const std::size_t hyphen = text.rfind('-'); hyphen != std::string_view::npos) {
    revision = text.substr(hyphen + 1);
    text = text.substr(0, hyphen);
  }
  append_dpkg_part(key, text);
  append_dpkg_part(key, revision);
  return std::move(key).take();
}

}  // namespace oakum::versions
