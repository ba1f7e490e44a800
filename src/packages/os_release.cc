// os-release(5), and the older files of the same shape (lsb-release, openwrt_release); the one-liners of other
// distributions are in release_files.cc.
#include "base/text.h"
#include "packages/reading.h"
#include "packages/release_files.h"

namespace oakum::packages {

namespace {

// Shell quoting as os-release(5) allows it: single quotes keep everything, double quotes know \ before " $ ` \,
// unquoted text ends at white space and knows \ before anything. No expansion of any kind.
std::string unquote(std::string_view text) {
  std::string value;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool last = i + 1 == text.size();
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else if (c == '\\' && quote != '\'' && !last) {
      const char next = text[i + 1];
      const bool escapes = quote == 0 || next == '"' || next == '$' || next == '`' || next == '\\';
      if (!escapes) value += c;
      value += next;
      ++i;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      break;
    } else {
      value += c;
    }
  }
  return printable(value, 1024);
}

template <class Take>
void for_each_assignment(std::string_view bytes, Take take) {
  while (const auto line = next_line(bytes)) {
    std::string_view rest = trim(*line);
    if (rest.empty() || rest.front() == '#' || rest.size() > kMaxLine) continue;
    if (rest.find('=') == std::string_view::npos) continue;
    const std::string_view key = next_field(rest, '=');
    take(key, unquote(rest));
  }
}

// CentOS Stream calls itself ID=centos like CentOS Linux did, but is another distribution.
void note_stream(Distribution& distribution, std::string_view name) {
  const bool stream = distribution.id == "centos" && name.find("Stream") != std::string_view::npos;
  if (stream) distribution.channels = {"stream"};
}

Distribution read_os_release_file(std::string_view bytes) {
  Distribution distribution;
  std::string name;
  std::string ubuntu_codename;
  for_each_assignment(bytes, [&](std::string_view key, std::string value) {
    if (key == "ID") distribution.id = to_lower(value);
    if (key == "ID_LIKE")
      distribution.id_like = std::move(value);
    else if (key == "VERSION_ID")
      distribution.version_id = std::move(value);
    else if (key == "VERSION_CODENAME")
      distribution.codename = to_lower(value);
    else if (key == "UBUNTU_CODENAME")
      ubuntu_codename = to_lower(value);
    else if (key == "PRETTY_NAME")
      distribution.name = std::move(value);
    else if (key == "NAME")
      name = std::move(value);
    else if (key == "VARIANT_ID")
      distribution.variant = std::move(value);
  });
  note_stream(distribution, name.empty() ? distribution.name : name);
  if (distribution.name.empty()) distribution.name = std::move(name);
  if (distribution.id == "ubuntu" && distribution.codename.empty()) distribution.codename = std::move(ubuntu_codename);
  return distribution;
}

// lsb-release and openwrt_release: DISTRIB_ID, DISTRIB_RELEASE, DISTRIB_CODENAME, DISTRIB_DESCRIPTION.
Distribution read_distrib_file(std::string_view bytes) {
  Distribution distribution;
  for_each_assignment(bytes, [&](std::string_view key, std::string value) {
    if (key == "DISTRIB_ID")
      distribution.id = id_of_name(value);
    else if (key == "DISTRIB_RELEASE")
      distribution.version_id = std::move(value);
    else if (key == "DISTRIB_CODENAME")
      distribution.codename = to_lower(value);
    else if (key == "DISTRIB_DESCRIPTION")
      distribution.name = std::move(value);
  });
  return distribution;
}

Distribution read_by_name(std::string_view file, std::string_view bytes) {
  if (file == "os-release") return read_os_release_file(bytes);
  if (file == "lsb-release" || file == "openwrt_release") return read_distrib_file(bytes);
  Distribution distribution = read_release_file(file, bytes);
  note_stream(distribution, distribution.name);
  return distribution;
}

}  // namespace

void read_os_release(std::string_view bytes, Finding& finding) {
  Distribution distribution = read_by_name(base_name(finding.path), bytes);
  if (distribution == Distribution{}) return;  // an empty or foreign file says nothing
  distribution.path = finding.path;
  finding.distribution = std::move(distribution);
}

}  // namespace oakum::packages
