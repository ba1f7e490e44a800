// Names as the other side allows them, each once.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace oakum::convert {

// A name of a Compose service or volume: letters, digits, "._-"; "app" when nothing is left.
std::string compose_name(std::string_view text);
// RFC 1123 label: lower-case letters, digits and '-', at most 63 bytes, begins with a letter; "app" when nothing is
// left.
std::string dns_label(std::string_view text);
// Of an image: the last part of its repository ("ghcr.io/acme/shop:1" → "shop").
std::string name_of_image(std::string_view repository);

// "web", then "web-2", "web-3".
class UniqueNames {
 public:
  std::string take(std::string name, std::size_t limit = 255);
  bool has(const std::string& name) const { return taken_.contains(name); }

 private:
  std::set<std::string> taken_;
};

}  // namespace oakum::convert
